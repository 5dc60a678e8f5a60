using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Libraries;

/// <summary>CliWrap: a command is a description until one of these runs it.</summary>
internal static class CliWrap
{
    private static readonly string[] s_runs = ["ExecuteAsync", "ExecuteBufferedAsync", "ListenAsync", "Observe"];

    public static void Describe(LibraryTable table)
    {
        if (table.Find("CliWrap.Command") is not { } command)
        {
            return;
        }

        table.Mention("Cli", Words.Process);
        table.Kind(command, ObjectKind.Plain, Words.None);
        foreach (var type in new[] { "CliWrap.Command", "CliWrap.Buffered.BufferedCommandExtensions", "CliWrap.EventStream.EventStreamCommandExtensions", "CliWrap.EventStream.PullEventStreamCommandExtensions", "CliWrap.EventStream.PushEventStreamCommandExtensions" })
        {
            table.Method(table.Find(type), s_runs, call =>
            {
                call.Effects.Raise(new StartsProcess(call.At));
                return Value.Unknown;
            }, Words.Starts);
        }

        // The other names are anybody's: they count where Cli is mentioned.
        foreach (var name in new[] { "ExecuteBufferedAsync", "ListenAsync" })
        {
            table.Sieve.AddWord(name, Words.Process);
        }

        table.Own(command);
        table.Own(table.Find("CliWrap.Cli"));
    }
}
