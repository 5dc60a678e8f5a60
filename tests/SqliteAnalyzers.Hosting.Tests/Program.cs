using SqliteAnalyzers.Hosting.Tests;

// With one of these words it is a second process of a test; else it is the test run.
return args switch
{
    ["serve", var file, var ending] => await OtherProgram.ServeAsync(file, ending),
    ["read", var file] => OtherProgram.Read(file),
    _ => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args),
};
