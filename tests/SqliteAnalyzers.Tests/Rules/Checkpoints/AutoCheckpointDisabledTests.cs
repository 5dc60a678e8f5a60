using Microsoft.CodeAnalysis.Testing;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Checkpoints;

/// <summary>SQLITE2004 where nothing else checkpoints, and nowhere else.</summary>
public sealed class AutoCheckpointDisabledTests
{
    [Theory]
    [InlineData("PRAGMA wal_autocheckpoint = [|0|]")]
    [InlineData("PRAGMA wal_autocheckpoint([|0|])")]
    [InlineData("pragma main.WAL_AutoCheckpoint=[|-1|];")]
    [InlineData("PRAGMA wal_autocheckpoint = [|'0'|]")]
    [InlineData("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = [|- 1|]; PRAGMA synchronous = NORMAL")]
    public Task Every_form_of_the_statement(string sql) => VerifyAsync($"connection.Execute(\"{sql}\");");

    [Theory]
    [InlineData("PRAGMA wal_autocheckpoint")]
    [InlineData("PRAGMA wal_autocheckpoint = 1")]
    [InlineData("PRAGMA wal_autocheckpoint = 1000")]
    [InlineData("PRAGMA wal_autocheckpoint = 10000;")]
    [InlineData("PRAGMA wal_autocheckpoint =")]
    [InlineData("PRAGMA wal_autocheckpoint = 0 is off")]
    [InlineData("PRAGMA busy_timeout = 0")]
    [InlineData("SELECT 'PRAGMA wal_autocheckpoint = 0'")]
    [InlineData("-- PRAGMA wal_autocheckpoint = 0")]
    public Task Clean_statements(string sql) => VerifyAsync($"connection.Execute(\"{sql}\");");

    [Theory]
    [InlineData("connection.Execute(\"PRAGMA wal_checkpoint(TRUNCATE)\");")]
    [InlineData("connection.ExecuteScalar<long>(\"PRAGMA wal_checkpoint\");")]
    [InlineData("SQLitePCL.raw.sqlite3_wal_checkpoint_v2(connection.Handle, null, 1, out _, out _);")]
    [InlineData("SqliteAnalyzers.Runtime.SqliteConnectionExtensions.Checkpoint(connection);")]
    public Task Clean_where_the_project_checkpoints(string checkpoint) =>
        VerifyAsync($"connection.Execute(\"PRAGMA wal_autocheckpoint = 0\"); {checkpoint}");

    [Theory]
    [InlineData("foreach (var sql in new[] { \"PRAGMA wal_autocheckpoint = [|0|]\", \"PRAGMA optimize\" }) connection.Execute(sql);")]
    [InlineData("using var command = connection.CreateCommand(); command.CommandText = \"PRAGMA wal_autocheckpoint = [|0|]\"; command.ExecuteNonQuery();")]
    public Task Every_place_of_the_text(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("connection.Execute($\"PRAGMA wal_autocheckpoint = {items[0]}\");")]
    [InlineData("connection.Execute(\"PRAGMA wal_autocheckpoint = 0\"); connection.Execute($\"PRAGMA wal_autocheckpoint = {items.Length}\");")]
    [InlineData("connection.Execute(\"PRAGMA wal_autocheckpoint = 0\"); connection.Execute(\"PRAGMA wal_autocheckpoint(\" + items.Length + \")\");")]
    [InlineData("using var other = new SqliteConnection(\"Data Source=:memory:\"); other.Open(); other.Execute(\"PRAGMA wal_autocheckpoint = 0\");")]
    [InlineData("Console.WriteLine(\"wal_autocheckpoint = 0\");")]
    [InlineData("connection.Execute(\"PRAGMA wal_autocheckpoint = 0\"); try { connection.Execute(\"DELETE FROM items\"); } finally { connection.Execute(\"PRAGMA wal_autocheckpoint = 1000\"); }")]
    public Task Clean(string statements) => VerifyAsync(statements);

    [Fact]
    public Task Clean_without_SQLite() => RuleVerifier.VerifyAsync(
        Descriptors.AutoCheckpointDisabled,
        "class Program { const string Sql = \"PRAGMA wal_autocheckpoint = 0\"; }",
        test => test.References = TestReferences.Net);

    [Fact]
    public Task Another_provider_of_SQLite() => RuleVerifier.VerifyAsync(
        Descriptors.AutoCheckpointDisabled,
        "class Program { void Run(System.Data.SQLite.SQLiteCommand command) => command.CommandText = \"PRAGMA wal_autocheckpoint = [|0|]\"; }",
        test => test.References = TestReferences.OnlySystemDataSqlite);

    [Fact]
    public Task The_message_names_the_value() => RuleVerifier.VerifyAsync(
        Descriptors.AutoCheckpointDisabled,
        Source("connection.Execute(\"PRAGMA wal_autocheckpoint = {|#0:-1|}\");"),
        test => test.ExpectedDiagnostics.Add(new DiagnosticResult(Descriptors.AutoCheckpointDisabled).WithLocation(0).WithArguments("-1")));

    private static Task VerifyAsync(string statements) => RuleVerifier.VerifyAsync(Descriptors.AutoCheckpointDisabled, Source(statements));

    private static string Source(string statements) => RuleSource.Alone(
        $$"""
        class Program
        {
            static void Run(string[] items)
            {
                using var connection = new SqliteConnection("Data Source=app.db");
                connection.Open();
                connection.Execute("PRAGMA journal_mode = WAL");
                {{statements}}
            }
        }
        """);
}
