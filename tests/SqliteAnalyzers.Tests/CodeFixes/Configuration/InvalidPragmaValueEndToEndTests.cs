using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Configuration;

/// <summary>SQLITE3003, the rule and its fix together.</summary>
public sealed class InvalidPragmaValueEndToEndTests
{
    [Theory]
    [InlineData("connection.ExecuteScalar<string>(\"PRAGMA journal_mode = ", "WALL", "\");", "WAL")]
    [InlineData("connection.ExecuteScalar<string>(@\"PRAGMA synchronous(", "'NORML'", "); -- \"\"now\"\"\");", "NORMAL")]
    [InlineData("connection.ExecuteScalar<string>(\"\"\"PRAGMA main.Journal_Mode=", "\"WALL\"", ";\"\"\");", "WAL")]
    [InlineData("connection.ExecuteScalar<string>(\"PRAGMA encoding = \" + \"", "'UTF_8'", "\");", "'UTF-8'")]
    [InlineData("connection.ExecuteScalar<string>($\"PRAGMA user_version = {Environment.ProcessId}; PRAGMA temp_store = ", "MEM", "\");", "MEMORY")]
    [InlineData("const string sql = \"PRAGMA foreign_keys=", "OFFF", "\"; connection.ExecuteScalar<string>(sql);", "OFF")]
    public Task The_nearest_value_is_written(string before, string value, string after, string nearest) =>
        VerifyAsync($"-{before}[|{value}|]{after}\n+{before}{nearest}{after}");

    [Fact]
    public Task All_at_once() => VerifyAsync(
        """
        -connection.ExecuteScalar("PRAGMA journal_mode = [|WALL|]; PRAGMA synchronous = [|NORML|]");
        +connection.ExecuteScalar("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
        -connection.ExecuteScalar("PRAGMA temp_store([|MEM|])");
        +connection.ExecuteScalar("PRAGMA temp_store(MEMORY)");
        """);

    private static Task VerifyAsync(string body) => FixVerifier.VerifyAsync(
        Descriptors.InvalidPragmaValue, "InvalidPragmaValue.Plain", ChangeSource.Program(body, runtime: false));
}
