using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Libraries;

/// <summary>MedallionShell: Command.Run and Shell.Run start the process at once.</summary>
internal static class MedallionShell
{
    public static void Describe(LibraryTable table)
    {
        if (table.Find("Medallion.Shell.Command") is not { } command)
        {
            return;
        }

        foreach (var type in new[] { command, table.Find("Medallion.Shell.Shell") })
        {
            table.Method(type, ["Run"], call =>
            {
                call.Effects.Raise(new StartsProcess(call.At, call.Argument("executable") ?? Value.Unknown, call.Argument("arguments") ?? Value.Unknown));
                return Value.Unknown;
            }, Words.Starts);
            table.Own(type);
            table.Mention(type?.Name ?? "Shell", Words.Process);
        }
    }
}
