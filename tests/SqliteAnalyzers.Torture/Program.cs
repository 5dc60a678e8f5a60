namespace SqliteAnalyzers.Torture;

/// <summary>
/// Tortures the helper library: kills processes that write with it, takes the disk away from them, and counts what others see. Ends with 0 if nothing
/// was lost, 1 if something was, 2 if it was called wrongly.
/// </summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        if (args is [ChildProgram.Verb, .. var rest])
        {
            return ChildProgram.Run(rest);
        }

        try
        {
            return Run(Arguments.Parse(args));
        }
        catch (ArgumentException exception)
        {
            Console.Error.WriteLine(exception.Message);
            Console.Error.WriteLine(Arguments.Usage);
            return 2;
        }
    }

    private static int Run(Arguments arguments)
    {
        var report = new DurabilityReport(arguments);
        if (arguments.Includes("kills"))
        {
            report.Add(KillRun.Run(arguments.Count, arguments.Seed, () => { }));
        }

        if (arguments.Includes("writer"))
        {
            report.Add(SingleWriterKillRun.Run(arguments.Count, arguments.Seed, () => { }));
        }

        if (arguments.Includes("copies"))
        {
            report.Add(CopyKillRun.Run(arguments.Count, arguments.Seed, () => { }));
        }

        if (arguments.Includes("faults"))
        {
            report.Add(FaultRun.Run());
        }

        if (arguments.Includes("visibility"))
        {
            report.Add(
                VisibilityRun.Run(arguments.Rows, arguments.Workers, arguments.Repeat, Console.Error.WriteLine),
                SharingRun.Run(arguments.Rows, arguments.Workers, arguments.Repeat));
        }

        report.Write();
        foreach (var problem in report.Problems)
        {
            Console.Error.WriteLine(problem);
        }

        return report.Problems.Count == 0 ? 0 : 1;
    }
}
