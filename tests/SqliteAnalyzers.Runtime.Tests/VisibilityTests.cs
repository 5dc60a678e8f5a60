namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>Workers in processes of their own see all that was written for them, whoever else is at work.</summary>
public sealed class VisibilityTests
{
    private const int Rows = 100_000;
    private const int Workers = 10;

    [Fact]
    public void Workers_see_every_row_in_place_and_from_the_file_alone()
    {
        var result = VisibilityRun.Run(Rows, Workers, repeat: 1, () => { });

        Assert.Empty(result.Problems);
        Assert.Equal(3, result.Situations.Count);
        Assert.All(result.Situations, s => Assert.Equal((Workers, Rows, Rows), (s.Workers, s.Expected, s.Seen)));
        Assert.Equal(1, result.Refusals);
    }
}
