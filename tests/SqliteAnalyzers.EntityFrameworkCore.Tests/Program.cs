using SqliteAnalyzers.EntityFrameworkCore.Tests;

// With the word "locked" and a number of seconds it shows how often the programs of LockedPrograms meet 'database is locked'; else it is the test run.
return args switch
{
    ["locked"] => LockedPrograms.Show(TimeSpan.FromSeconds(3)),
    ["locked", var seconds] => LockedPrograms.Show(TimeSpan.FromSeconds(double.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture))),
    _ => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args),
};
