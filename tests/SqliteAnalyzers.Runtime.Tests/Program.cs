namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>The test run, or one of the processes that a test starts: this same program with a worker's name and arguments.</summary>
internal static class Program
{
    public static int Main(string[] args) => args switch
    {
        [Worker.Verb, .. var rest] => Worker.Run(rest),
        [ChildProgram.Verb, .. var rest] => ChildProgram.Run(rest),
        _ => Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args).GetAwaiter().GetResult(),
    };
}
