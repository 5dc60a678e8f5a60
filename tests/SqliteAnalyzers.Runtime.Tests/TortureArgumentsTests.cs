using SqliteAnalyzers.Commands;

namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>The command line of the torture program.</summary>
public sealed class TortureArgumentsTests
{
    private static readonly string[] s_parts = [TortureCommand.Kills, TortureCommand.Writer, TortureCommand.Copies, TortureCommand.Faults, TortureCommand.Visibility];

    [Fact]
    public async Task Nothing_asks_for_everything()
    {
        var arguments = await Parse();

        Assert.All(s_parts, part => Assert.True(arguments.Includes(part)));
        Assert.Equal((2_000, 2_500_000, 10, 5, null), (arguments.Count, arguments.Rows, arguments.Workers, arguments.Repeat, arguments.Output));
        Assert.NotEqual(arguments.Seed, (await Parse()).Seed);
    }

    [Fact]
    public async Task A_part_is_run_alone_with_its_options()
    {
        var arguments = await Parse("kills", "--count", "7", "--seed", "0", "--output", "page.md");

        Assert.Equal([TortureCommand.Kills], s_parts.Where(arguments.Includes));
        Assert.Equal((7, 0, "page.md"), (arguments.Count, arguments.Seed, arguments.Output));
    }

    [Theory]
    [InlineData("'kill'", "kill")]
    [InlineData("'--cuont'", "--cuont", "7")]
    [InlineData("'--count'", "faults", "--count", "7")]
    [InlineData("'--count'", "kills", "--count")]
    [InlineData("--rows must be a whole number from 1 to 2147483647, and '0' is not.", "--rows", "0")]
    [InlineData("--workers must be a whole number from 1 to 2147483647, and 'ten' is not.", "visibility", "--workers", "ten")]
    [InlineData("--seed must be a whole number from 0 to 2147483647, and '-1' is not.", "--seed", "-1")]
    [InlineData("--rows belongs behind 'kills'.", "--rows", "7", "kills")]
    [InlineData("The folder of 'no/such/folder/page.md' does not exist.", "--output", "no/such/folder/page.md")]
    public async Task What_is_wrong_is_named_and_nothing_is_run(string message, params string[] args)
    {
        var command = TortureCommand.Create(_ => throw new InvalidOperationException("It was run."));

        Assert.Contains(CommandProgram.Errors(command, args), error => error.Contains(message, StringComparison.Ordinal));
        Assert.Equal(CommandProgram.CalledWrongly, await CommandProgram.RunAsync(command, args));
    }

    private static async Task<Arguments> Parse(params string[] args)
    {
        Arguments? parsed = null;
        await CommandProgram.RunAsync(
            TortureCommand.Create(arguments =>
            {
                parsed = arguments;
                return 0;
            }),
            args);
        return parsed!;
    }
}
