using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Configuration;

/// <summary>SQLITE3002, the rule and its fix together.</summary>
public sealed class UnknownPragmaEndToEndTests
{
    [Theory]
    [InlineData("connection.ExecuteScalar<string>(\"PRAGMA ", "jurnal_mode", " = WAL\");", "journal_mode")]
    [InlineData("connection.ExecuteScalar<string>(@\"PRAGMA ", "'synchronus'", " = OFF; -- \"\"now\"\"\");", "synchronous")]
    [InlineData("connection.ExecuteScalar<string>(\"\"\"PRAGMA main.", "Journal_Mod", "(WAL)\"\"\");", "journal_mode")]
    [InlineData("connection.ExecuteScalar<string>(\"PRAGMA \" + \"", "bussy_timeout", " = 1\");", "busy_timeout")]
    [InlineData("connection.ExecuteScalar<string>($\"PRAGMA ", "user_versio", " = {Environment.ProcessId}\");", "user_version")]
    [InlineData("const string sql = \"PRAGMA ", "[foreign_key]", "=1\"; connection.ExecuteScalar<string>(sql);", "foreign_keys")]
    public Task The_nearest_name_is_written(string before, string name, string after, string nearest) =>
        VerifyAsync($"-{before}[|{name}|]{after}\n+{before}{nearest}{after}");

    [Fact]
    public Task All_at_once() => VerifyAsync(
        """
        -connection.ExecuteScalar("PRAGMA [|jurnal_mode|] = WAL; PRAGMA [|synchronus|] = NORMAL");
        +connection.ExecuteScalar("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
        -connection.ExecuteScalar("PRAGMA [|user_versio|]");
        +connection.ExecuteScalar("PRAGMA user_version");
        """);

    private static Task VerifyAsync(string body) => FixVerifier.VerifyAsync(
        Descriptors.UnknownPragma, "UnknownPragma.Plain", ChangeSource.Program(body, runtime: false));
}
