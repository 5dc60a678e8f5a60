using SqliteAnalyzers.Commands;
using SqliteAnalyzers.Fuzz;

namespace SqliteAnalyzers.Tests.Fuzzing;

/// <summary>The command line of the fuzz program.</summary>
public sealed class FuzzArgumentsTests
{
    [Fact]
    public async Task Nothing_asks_for_mutants()
    {
        var arguments = await FuzzArguments.ParseAsync();

        Assert.Equal(
            (FuzzCommand.Mutants, null, 0, 0, TimeSpan.MaxValue),
            (arguments.Part, arguments.Count, arguments.First, arguments.OrderEvery, arguments.Time));
        Assert.Equal((TimeSpan.FromSeconds(10), ""), (arguments.Limit, arguments.Only));
        Assert.Empty(arguments.Sources);
        Assert.Equal(40, (await FuzzArguments.ParseAsync("order")).Generated);
    }

    [Fact]
    public async Task A_part_has_its_options()
    {
        var arguments = await FuzzArguments.ParseAsync(
            "mutants", "--count", "7", "--seed", "0", "--first", "3", "--order-every", "5", "--time", "60", "--limit", "2", "--output", "out");

        Assert.Equal((7, 0, 3, 5, "out"), (arguments.Count, arguments.Seed, arguments.First, arguments.OrderEvery, arguments.Output));
        Assert.Equal((TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(2)), (arguments.Time, arguments.Limit));
    }

    [Fact]
    public async Task What_names_the_programs_can_be_handed_on()
    {
        string[] folders = [Path.GetTempPath(), AppContext.BaseDirectory];
        var arguments = await FuzzArguments.ParseAsync("order", "--source", folders[0], "--source", folders[1], "--generated", "3");

        var findings = await FuzzArguments.ParseAsync([.. arguments.ForFindings()]);

        Assert.Equal(folders, findings.Sources);
        Assert.Equal((FuzzCommand.Findings, 3, ""), (findings.Part, findings.Generated, findings.Only));
    }

    [Theory]
    [InlineData("'mutant'", "mutant")]
    [InlineData("'--cuont'", "--cuont", "7")]
    [InlineData("'--count'", "findings", "--count", "7")]
    [InlineData("'--count'", "--count")]
    [InlineData("There is no 'no/such/folder'.", "--source", "no/such/folder")]
    [InlineData("--limit must be a whole number from 1 to 2147483647, and '0' is not.", "--limit", "0")]
    [InlineData("--seed must be a whole number from 0 to 2147483647, and '-1' is not.", "order", "--seed", "-1")]
    public async Task What_is_wrong_is_named_and_nothing_is_run(string message, params string[] args)
    {
        var command = FuzzCommand.Create(_ => throw new InvalidOperationException("It was run."));

        Assert.Contains(CommandProgram.Errors(command, args), error => error.Contains(message, StringComparison.Ordinal));
        Assert.Equal(CommandProgram.CalledWrongly, await CommandProgram.RunAsync(command, args));
    }
}
