using SqliteAnalyzers.CodeFixes.Configuration;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Configuration;

public sealed class UnknownPragmaFixTests
{
    private readonly FixHarness _fix = new(new UnknownPragmaFix(), Descriptors.UnknownPragma, nameof(Descriptors.UnknownPragma));

    [Theory]
    [InlineData("connection.Execute(\"PRAGMA ", " = WAL\");")]
    [InlineData("connection.Execute(@\"PRAGMA \"\"main\"\".", " = WAL\");")]
    [InlineData("connection.Execute(\"\"\"\n    PRAGMA ", " = WAL;\n    \"\"\");")]
    [InlineData("connection.Execute(\"PRAGMA \" + \"", "\");")]
    [InlineData("using var command = connection.CreateCommand();\ncommand.CommandText = \"PRAGMA ", "\"; // jurnal_mode\ncommand.ExecuteScalar();")]
    public Task The_name_alone_is_replaced(string before, string after) => _fix.VerifyAsync(
        "Plain",
        Source.Method($"{before}[|jurnal_mode|]{after}"),
        Source.Method($"{before}journal_mode{after}"),
        (DiagnosticProperties.Replacement, "journal_mode"));

    [Fact]
    public async Task The_title_says_both_names() => Assert.Equal(
        ["Change 'jurnal_mode' to 'journal_mode'"],
        await _fix.TitlesAsync(Source.Method("connection.Execute(\"PRAGMA [|jurnal_mode|]\");"), (DiagnosticProperties.Replacement, "journal_mode")));

    [Fact]
    public async Task Without_a_nearest_name_nothing_is_offered() => Assert.Empty(await _fix.OfferedAsync(
        Source.Method("connection.Execute(\"PRAGMA [|group_concat_max_len|] = 1\");")));
}
