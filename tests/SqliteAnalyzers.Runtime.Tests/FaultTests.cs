namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>Disks that are full, files that cannot be written and locks that others hold, each in a process of its own.</summary>
public sealed class FaultTests
{
    public static TheoryData<string> Names => [.. Fault.All.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_caller_gets_the_documented_error_and_nothing_acknowledged_is_lost(string name)
    {
        var result = FaultRun.Run(Fault.All.Single(f => f.Name == name));

        Assert.Empty(result.Problems);
        Assert.Equal(result.WasPossible, result.Got.Count > 0);
    }
}
