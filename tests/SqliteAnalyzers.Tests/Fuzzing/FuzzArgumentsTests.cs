using SqliteAnalyzers.Fuzz;

namespace SqliteAnalyzers.Tests.Fuzzing;

/// <summary>The command line of the fuzz program.</summary>
public sealed class FuzzArgumentsTests
{
    [Fact]
    public void Nothing_asks_for_mutants()
    {
        var arguments = Arguments.Parse([]);

        Assert.Equal(
            (Arguments.Mutants, null, 0, 0, TimeSpan.MaxValue),
            (arguments.Part, arguments.Count, arguments.First, arguments.OrderEvery, arguments.Time));
        Assert.Empty(arguments.Sources);
    }

    [Fact]
    public void A_part_has_its_options()
    {
        var arguments = Arguments.Parse(
            ["mutants", "--count", "7", "--seed", "0", "--first", "3", "--order-every", "5", "--time", "60", "--limit", "2", "--output", "out"]);

        Assert.Equal((7, 0, 3, 5, "out"), (arguments.Count, arguments.Seed, arguments.First, arguments.OrderEvery, arguments.Output));
        Assert.Equal((TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(2)), (arguments.Time, arguments.Limit));
    }

    [Fact]
    public void Several_sources_can_be_named()
    {
        string[] folders = [Path.GetTempPath(), AppContext.BaseDirectory];

        Assert.Equal(folders, Arguments.Parse(["order", "--source", folders[0], "--source", folders[1]]).Sources);
    }

    [Theory]
    [InlineData("There is no part 'mutant'.", "mutant")]
    [InlineData("'mutants' has no option '--cuont'.", "--cuont", "7")]
    [InlineData("'findings' has no option '--count'.", "findings", "--count", "7")]
    [InlineData("--count needs a value.", "--count")]
    [InlineData("There is no 'no/such/folder'.", "--source", "no/such/folder")]
    [InlineData("--limit must be a whole number from 1 to 2147483647, and '0' is not.", "--limit", "0")]
    [InlineData("--seed must be a whole number from 0 to 2147483647, and '-1' is not.", "order", "--seed", "-1")]
    public void What_is_wrong_is_named(string message, params string[] args) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => Arguments.Parse(args)).Message);
}
