using System;

namespace SqliteAnalyzers.Runtime;

/// <summary>Times as SQLite takes them: whole milliseconds in 32 bits.</summary>
internal static class Milliseconds
{
    public static bool AreInRange(TimeSpan time) => time >= TimeSpan.Zero && time.TotalMilliseconds <= int.MaxValue;

    public static int Of(TimeSpan time) => (int)time.TotalMilliseconds;
}
