namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>The lengths of phases that the torture learns, to aim its kills by.</summary>
public sealed class PhaseLengthsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(long.MaxValue)]
    public void A_length_stays_one_that_can_be_waited_for_whatever_a_phase_has_taken(long ticks)
    {
        var lengths = new PhaseLengths();
        for (var i = 0; i < 300; i++)
        {
            lengths.Add(KillPhase.Commit, first: false, TimeSpan.FromTicks(ticks));
        }

        Assert.InRange(lengths.Of(KillPhase.Commit, first: false), TimeSpan.FromTicks(1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void A_length_that_has_become_short_becomes_long_again()
    {
        var lengths = new PhaseLengths();
        for (var i = 0; i < 300; i++)
        {
            lengths.Add(KillPhase.Commit, first: false, TimeSpan.Zero);
        }

        for (var i = 0; i < 300; i++)
        {
            lengths.Add(KillPhase.Commit, first: false, TimeSpan.FromMilliseconds(8));
        }

        Assert.InRange(lengths.Of(KillPhase.Commit, first: false).TotalMilliseconds, 7, 8);
    }
}
