using SqliteAnalyzers.CodeFixes.Configuration;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Configuration;

public sealed class SynchronousOffFixTests
{
    private readonly FixHarness _fix = new(new SynchronousOffFix(), Descriptors.SynchronousOff, nameof(Descriptors.SynchronousOff));

    [Theory]
    [InlineData("connection.Execute(\"PRAGMA synchronous = ", "\");")]
    [InlineData("connection.Execute(@\"PRAGMA \"\"main\"\".synchronous(", ")\");")]
    [InlineData("using var command = connection.CreateCommand();\ncommand.CommandText = \"PRAGMA synchronous = ", "\"; // OFF\ncommand.ExecuteScalar();")]
    public Task The_value_alone_is_replaced(string before, string after) => _fix.VerifyAsync(
        "Plain",
        Source.Method($"{before}[|OFF|]{after}"),
        Source.Method($"{before}NORMAL{after}"),
        (DiagnosticProperties.Replacement, "NORMAL"));

    [Fact]
    public async Task The_title_says_both_values() => Assert.Equal(
        ["Change '0' to 'NORMAL'"],
        await _fix.TitlesAsync(Source.Method("connection.Execute(\"PRAGMA synchronous = [|0|]\");"), (DiagnosticProperties.Replacement, "NORMAL")));

    [Fact]
    public async Task Where_the_value_stands_elsewhere_nothing_is_offered() => Assert.Empty(await _fix.OfferedAsync(
        Source.Method("const string value = \"OFF\"; connection.Execute($\"PRAGMA synchronous = {[|value|]}\");")));
}
