using System;

namespace SqliteAnalyzers.Sql;

internal static class CheckpointModes
{
    /// <summary>The modes as SQL writes them.</summary>
    public static readonly string[] Names = ["PASSIVE", "FULL", "RESTART", "TRUNCATE", "NOOP"];

    public static bool TryParse(string word, out CheckpointMode mode)
    {
        var index = Array.FindIndex(Names, name => name.Equals(word, StringComparison.OrdinalIgnoreCase));
        mode = index < 0 ? CheckpointMode.Passive : (CheckpointMode)index;
        return index >= 0;
    }

    public static string ToSql(this CheckpointMode mode) => Names[(int)mode];
}
