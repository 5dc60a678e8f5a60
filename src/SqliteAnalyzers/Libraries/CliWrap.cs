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
        table.Kind(command, ObjectKind.ProcessStart, Words.None);
        table.Method(table.Find("CliWrap.Cli"), ["Wrap"], call =>
        {
            var start = call.Effects.Allocate(ObjectKind.ProcessStart);
            call.Effects.Set(start, Slot.FileName, call.Argument("targetFilePath"));
            return Value.Of(start);
        });
        table.Method(command, ["WithArguments", "WithEnvironmentVariables", "WithWorkingDirectory", "WithStandardInputPipe"], call =>
        {
            Processes.Give(call.Receiver, call.Arguments, call.Effects);
            return call.Instance;
        });
        table.Method(command, ["WithTargetFile"], call =>
        {
            foreach (var start in call.Receivers(ObjectKind.ProcessStart))
            {
                call.Effects.Set(start, Slot.FileName, call.Arguments[0]);
            }

            return call.Instance;
        });
        table.Method(command, ["WithValidation", "WithCredentials", "WithStandardOutputPipe", "WithStandardErrorPipe", "WithResourcePolicy"], call => call.Instance);

        // What is piped into a command runs with it.
        table.Method(command, ["op_BitwiseOr"], call => Value.Of(call.Arguments.SelectMany(argument => argument.Atoms).Where(atom => atom is AbstractObject { Kind: ObjectKind.ProcessStart })));
        foreach (var type in new[] { "CliWrap.Command", "CliWrap.Buffered.BufferedCommandExtensions", "CliWrap.EventStream.EventStreamCommandExtensions", "CliWrap.EventStream.PullEventStreamCommandExtensions", "CliWrap.EventStream.PushEventStreamCommandExtensions" })
        {
            table.Method(table.Find(type), s_runs, call =>
            {
                Processes.Start(call.Receiver, call.At, call.Effects);
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
