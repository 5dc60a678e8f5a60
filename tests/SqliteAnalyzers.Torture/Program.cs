using SqliteAnalyzers.Commands;

namespace SqliteAnalyzers.Torture;

/// <summary>
/// Tortures the helper library: kills processes that write with it, takes the disk away from them, and counts what others see. Ends with 0 if nothing
/// was lost, 1 if something was, 2 if it was called wrongly.
/// </summary>
internal static class Program
{
    public static async Task<int> Main(string[] args) =>
        args is [ChildProgram.Verb, .. var rest] ? ChildProgram.Run(rest) : await CommandProgram.RunAsync(TortureCommand.Create(Run), args);

    private static int Run(Arguments arguments)
    {
        var report = new DurabilityReport(arguments);
        if (arguments.Includes(TortureCommand.Kills))
        {
            report.Add(Show("kills", killed => KillRun.Run(arguments.Count, arguments.Seed, killed)));
        }

        if (arguments.Includes(TortureCommand.Writer))
        {
            report.Add(Show("kills of the single writer", killed => SingleWriterKillRun.Run(arguments.Count, arguments.Seed, killed)));
        }

        if (arguments.Includes(TortureCommand.Copies))
        {
            report.Add(Show("kills of backups and restores", killed => CopyKillRun.Run(arguments.Count, arguments.Seed, killed)));
        }

        if (arguments.Includes(TortureCommand.Faults))
        {
            report.Add(ProgressDisplay.Steps("faults", Fault.All.Count, FaultRun.Run));
        }

        if (arguments.Includes(TortureCommand.Visibility))
        {
            report.Add(
                ProgressDisplay.Steps("visibility", arguments.Repeat, done => VisibilityRun.Run(arguments.Rows, arguments.Workers, arguments.Repeat, done)),
                SharingRun.Run(arguments.Rows, arguments.Workers, arguments.Repeat));
        }

        report.Write();
        foreach (var problem in report.Problems)
        {
            Console.Error.WriteLine(problem);
        }

        return report.Problems.Count == 0 ? 0 : 1;

        T Show<T>(string title, Func<Action, T> run) => ProgressDisplay.Steps(title, arguments.Count, run);
    }
}
