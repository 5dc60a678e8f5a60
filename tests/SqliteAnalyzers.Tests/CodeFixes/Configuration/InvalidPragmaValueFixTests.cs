using SqliteAnalyzers.CodeFixes.Configuration;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Configuration;

public sealed class InvalidPragmaValueFixTests
{
    private readonly FixHarness _fix = new(new InvalidPragmaValueFix(), Descriptors.InvalidPragmaValue, nameof(Descriptors.InvalidPragmaValue));

    [Theory]
    [InlineData("connection.Execute(\"PRAGMA journal_mode = ", "\");")]
    [InlineData("connection.Execute(@\"PRAGMA \"\"main\"\".journal_mode(", ")\");")]
    [InlineData("connection.Execute(\"\"\"\n    PRAGMA journal_mode=", ";\n    \"\"\");")]
    [InlineData("using var command = connection.CreateCommand();\ncommand.CommandText = \"PRAGMA journal_mode = ", "\"; // WALL\ncommand.ExecuteScalar();")]
    public Task The_value_alone_is_replaced(string before, string after) => _fix.VerifyAsync(
        "Plain",
        Source.Method($"{before}[|WALL|]{after}"),
        Source.Method($"{before}WAL{after}"),
        (DiagnosticProperties.Replacement, "WAL"));

    [Fact]
    public async Task The_title_says_both_values() => Assert.Equal(
        ["Change 'WALL' to 'WAL'"],
        await _fix.TitlesAsync(Source.Method("connection.Execute(\"PRAGMA journal_mode = [|'WALL'|]\");"), (DiagnosticProperties.Replacement, "WAL")));

    [Fact]
    public async Task Without_a_nearest_value_nothing_is_offered() => Assert.Empty(await _fix.OfferedAsync(
        Source.Method("connection.Execute(\"PRAGMA busy_timeout = [|@ms|]\");")));
}
