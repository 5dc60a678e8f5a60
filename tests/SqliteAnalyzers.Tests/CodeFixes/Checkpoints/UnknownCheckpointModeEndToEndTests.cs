using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Checkpoints;

/// <summary>SQLITE2003, the rule and its fix together.</summary>
public sealed class UnknownCheckpointModeEndToEndTests
{
    [Theory]
    [InlineData("connection.ExecuteScalar<long>(\"PRAGMA wal_checkpoint({0})\");", "FUL", "FULL")]
    [InlineData("connection.ExecuteScalar<long>(@\"PRAGMA wal_checkpoint({0}); -- \"\"now\"\"\");", "TRUNCAT", "TRUNCATE")]
    [InlineData("connection.ExecuteScalar<long>(\"\"\"PRAGMA wal_checkpoint({0})\"\"\");", "RESTRAT", "RESTART")]
    [InlineData("connection.ExecuteScalar<long>(\"PRAGMA wal_checkpoint({0}\" + \")\");", "PASIVE", "PASSIVE")]
    [InlineData("connection.ExecuteScalar<long>($\"PRAGMA main.wal_checkpoint({0}); -- {Environment.ProcessId}\");", "FUL", "FULL")]
    [InlineData("const string sql = \"PRAGMA main.wal_checkpoint={0}\";\nconnection.ExecuteScalar<long>(sql);", "FUL", "FULL")]
    [InlineData("using var command = new SqliteCommand(\"PRAGMA wal_checkpoint({0})\", connection);\ncommand.ExecuteScalar();", "'FUL'", "FULL")]
    [InlineData("using var command = connection.CreateCommand();\ncommand.CommandText = \"SELECT 1;\\nPRAGMA wal_checkpoint ( {0} )\";\ncommand.ExecuteScalar();", "FUL", "FULL")]
    public Task The_nearest_mode_is_written(string body, string word, string mode) => VerifyAsync(Change(body, word, mode));

    [Fact]
    public Task All_at_once() => VerifyAsync(
        """
        -connection.ExecuteScalar("PRAGMA wal_checkpoint([|FUL|]); PRAGMA wal_checkpoint([|RESTRT|])");
        +connection.ExecuteScalar("PRAGMA wal_checkpoint(FULL); PRAGMA wal_checkpoint(RESTART)");
        -connection.ExecuteScalar("PRAGMA wal_checkpoint([|TRUNC|])");
        +connection.ExecuteScalar("PRAGMA wal_checkpoint(TRUNCATE)");
        """);

    private static string Change(string body, string word, string mode) => string.Join('\n', body.Split('\n').Select(line =>
        line.Contains("{0}", StringComparison.Ordinal)
            ? $"-{line.Replace("{0}", $"[|{word}|]", StringComparison.Ordinal)}\n+{line.Replace("{0}", mode, StringComparison.Ordinal)}"
            : " " + line));

    private static Task VerifyAsync(string body) => FixVerifier.VerifyAsync(
        Descriptors.UnknownCheckpointMode, "UnknownCheckpointMode.Plain", ChangeSource.Program(body, runtime: false));
}
