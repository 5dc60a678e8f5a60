namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>The test run, or one of the processes that a test starts: this same program with the name of a part and its arguments.</summary>
internal static class Program
{
    public static int Main(string[] args) => args switch
    {
        [ChildProgram.Verb, .. var rest] => ChildProgram.Run(rest),
        [IsolatedScene.Verb, var type, var method, .. var rest] => IsolatedScene.Run(type, method, rest),
        _ => Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args).GetAwaiter().GetResult(),
    };
}
