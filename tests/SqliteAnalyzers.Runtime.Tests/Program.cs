namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>The test run, or one of the processes that a test starts: this same program with the name of a part and its arguments.</summary>
internal static class Program
{
    public static int Main(string[] args) => args is [ChildProgram.Verb, .. var rest]
        ? ChildProgram.Run(rest)
        : Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args).GetAwaiter().GetResult();
}
