namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>Processes that make backups and restore them are killed in the middle, and the same is done again over what they left.</summary>
public sealed class CopyKillTests
{
    private const int Kills = 12;

    [Fact]
    public void A_database_is_whole_after_each_kill_and_after_the_next_try()
    {
        var result = CopyKillRun.Run(Kills, Random.Shared.Next(), () => { });

        Assert.Empty(result.Problems);
        Assert.Equal(Kills, result.Tally.Kills);
        Assert.All(Enum.GetValues<CopyKind>(), kind => Assert.NotEqual(0, result.Tally.KillsOf(kind, inTheMiddle: true) + result.Tally.KillsOf(kind, inTheMiddle: false)));
        Assert.NotEqual(0, result.Tally.LeftOvers);
    }
}
