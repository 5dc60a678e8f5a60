namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>The command line of the torture program.</summary>
public sealed class TortureArgumentsTests
{
    [Fact]
    public void Nothing_asks_for_everything()
    {
        var arguments = Arguments.Parse([]);

        Assert.All((string[])["kills", "faults", "visibility"], part => Assert.True(arguments.Includes(part)));
        Assert.Equal((2_000, 2_500_000, 10, 5, null), (arguments.Count, arguments.Rows, arguments.Workers, arguments.Repeat, arguments.Output));
    }

    [Fact]
    public void A_part_is_run_alone_with_its_options()
    {
        var arguments = Arguments.Parse(["kills", "--count", "7", "--seed", "0", "--output", "page.md"]);

        Assert.True(arguments.Includes("kills"));
        Assert.False(arguments.Includes("faults"));
        Assert.Equal((7, 0, "page.md"), (arguments.Count, arguments.Seed, arguments.Output));
    }

    [Theory]
    [InlineData("There is no part 'kill'.", "kill")]
    [InlineData("There is no option '--cuont'.", "--cuont", "7")]
    [InlineData("'faults' has no option '--count'.", "faults", "--count", "7")]
    [InlineData("--count needs a value.", "kills", "--count")]
    [InlineData("--rows must be a whole number from 1 to 2147483647, and '0' is not.", "--rows", "0")]
    [InlineData("--workers must be a whole number from 1 to 2147483647, and 'ten' is not.", "visibility", "--workers", "ten")]
    [InlineData("--seed must be a whole number from 0 to 2147483647, and '-1' is not.", "--seed", "-1")]
    [InlineData("The folder of 'no/such/folder/page.md' does not exist.", "--output", "no/such/folder/page.md")]
    public void What_is_wrong_is_named(string message, params string[] args)
    {
        var exception = Assert.Throws<ArgumentException>(() => new DurabilityReport(Arguments.Parse(args)));
        Assert.Equal(message, exception.Message);
    }
}
