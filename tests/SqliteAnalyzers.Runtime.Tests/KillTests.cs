namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>Processes that write with the library are killed at moments they do not choose.</summary>
public sealed class KillTests
{
    private const int Kills = 20;

    [Fact]
    public void Nothing_acknowledged_is_lost_and_nothing_is_halved()
    {
        var result = KillRun.Run(Kills, Random.Shared.Next(), () => { });

        Assert.Empty(result.Problems);
        Assert.Equal(Kills, result.Tally.Kills);
        Assert.Equal(Kills, result.Tally.Checks);
        Assert.NotEqual(0, result.Tally.AcknowledgedTransactions);
    }
}
