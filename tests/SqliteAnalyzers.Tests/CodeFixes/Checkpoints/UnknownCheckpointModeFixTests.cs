using SqliteAnalyzers.CodeFixes.Checkpoints;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Checkpoints;

public sealed class UnknownCheckpointModeFixTests
{
    private readonly FixHarness _fix = new(
        new UnknownCheckpointModeFix(), Descriptors.UnknownCheckpointMode, nameof(Descriptors.UnknownCheckpointMode));

    [Theory]
    [InlineData("connection.Execute(\"PRAGMA wal_checkpoint({0})\");")]
    [InlineData("connection.Execute(@\"PRAGMA wal_checkpoint({0}); -- \"\"now\"\"\");")]
    [InlineData("connection.Execute(\"\"\"\n    PRAGMA wal_checkpoint({0});\n    \"\"\");")]
    [InlineData("connection.Execute(\"PRAGMA wal_checkpoint(\" + \"{0})\");")]
    [InlineData("connection.Execute($\"PRAGMA {{Environment.NewLine}} wal_checkpoint({0})\");")]
    [InlineData("const string sql = \"PRAGMA main.wal_checkpoint={0}\";\nconnection.Execute(sql);")]
    [InlineData("using var command = new SqliteCommand(\"PRAGMA wal_checkpoint('{0}')\", connection);\ncommand.ExecuteNonQuery();")]
    [InlineData("using var command = connection.CreateCommand();\ncommand.CommandText = \"PRAGMA wal_checkpoint({0})\"; // {0}\ncommand.ExecuteNonQuery();")]
    public Task The_word_alone_is_replaced(string body)
    {
        var marked = Replace(body, "[|FUL|]");
        return _fix.VerifyAsync(
            "Plain", Source.Method(marked), Source.Method(Replace(body, "FULL")), (DiagnosticProperties.Replacement, "FULL"));

        static string Replace(string body, string word)
        {
            var index = body.IndexOf("{0}", StringComparison.Ordinal);
            return (body[..index] + word + body[(index + 3)..]).Replace("{{", "{").Replace("}}", "}").Replace("{0}", "FUL");
        }
    }

    [Fact]
    public async Task The_title_says_both_words() => Assert.Equal(
        ["Change 'TRUNC' to 'TRUNCATE'"],
        await _fix.TitlesAsync(Source.Method("connection.Execute(\"PRAGMA wal_checkpoint([|TRUNC|])\");"), (DiagnosticProperties.Replacement, "TRUNCATE")));

    [Fact]
    public async Task Without_a_nearest_mode_nothing_is_offered() => Assert.Empty(await _fix.OfferedAsync(
        Source.Method("connection.Execute(\"PRAGMA wal_checkpoint([|everything|])\");")));
}
