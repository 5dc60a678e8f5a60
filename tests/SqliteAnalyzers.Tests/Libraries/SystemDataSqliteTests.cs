using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Libraries;

/// <summary>What the rules say of programs that use System.Data.SQLite, with Microsoft.Data.Sqlite beside it and alone.</summary>
public sealed class SystemDataSqliteTests
{
    private const string Wal = "Data Source=app.db;Journal Mode=WAL";

    private const string Create = $"using var connection = new SQLiteConnection(\"{Wal}\"); connection.Open();";

    [Theory]
    [InlineData("using var connection = new SQLiteConnection(\"Data Source=app.db;Version=3\");")]
    [InlineData("using var connection = new SQLiteConnection(); connection.ConnectionString = \"Data Source=app.db\";")]
    [InlineData("using var connection = new SQLiteConnection($\"Data Source={path};Version=3;\");")]
    [InlineData("using DbConnection connection = new SQLiteConnection(\"Data Source=app.db\");")]
    [InlineData("using var connection = new SQLiteConnection(new SQLiteConnectionStringBuilder { DataSource = path, SyncMode = SynchronizationModes.Normal }.ToString());")]
    [InlineData("using var connection = new SQLiteConnection(new SQLiteConnectionStringBuilder { DataSource = path, ReadOnly = false }.ConnectionString);")]
    public Task Connection_that_nothing_puts_in_WAL_mode(string create) =>
        VerifyAsync(Descriptors.ConnectionNotConfigured, $"{create} [|connection.Open()|]; Work(connection);");

    [Theory]
    [InlineData("using var connection = new SQLiteConnection(\"" + Wal + "\");")]
    [InlineData("using var connection = new SQLiteConnection($\"Data Source={path};journal mode=wal\");")]
    [InlineData("using var connection = new SQLiteConnection(\"DataSource=app.db;JournalMode=WAL\");")]
    [InlineData("using var connection = new SQLiteConnection(\"Data_Source=app.db;Journal_Mode=WAL\");")]
    [InlineData("using var connection = new SQLiteConnection(\"Data Source=app.db;ReadOnly=True\");")]
    [InlineData("using var connection = new SQLiteConnection($\"Data Source=app.db;Journal Mode={path}\");")]
    [InlineData("using var connection = new SQLiteConnection(new SQLiteConnectionStringBuilder { DataSource = path, JournalMode = SQLiteJournalModeEnum.Wal }.ToString());")]
    [InlineData("var builder = new SQLiteConnectionStringBuilder(); builder.DataSource = path; builder.JournalMode = mode; using var connection = new SQLiteConnection(builder.ConnectionString);")]
    [InlineData("using var connection = new SQLiteConnection(\"Data Source=app.db;Journal Mode=Delete\");")]
    [InlineData("using var connection = new SQLiteConnection(\"Data Source=:memory:\");")]
    [InlineData("using var connection = new SQLiteConnection(\"FullUri=file::memory:?cache=shared\");")]
    [InlineData("using var connection = new SQLiteConnection(\"Data Source=app.db;Read Only=True\");")]
    [InlineData("using var connection = new SQLiteConnection(new SQLiteConnectionStringBuilder { DataSource = \"app.db\", ReadOnly = true }.ToString());")]
    [InlineData("using var first = new SQLiteConnection(\"" + Wal + "\"); first.Open(); Work(first); using var connection = new SQLiteConnection(\"Data Source=app.db\");")]
    public Task Clean_connection(string create) =>
        VerifyAsync(Descriptors.ConnectionNotConfigured, $"{create} connection.Open(); Work(connection);");

    [Theory]
    [InlineData("new SQLiteCommand(\"PRAGMA wal_checkpoint(FULL)\", connection).ExecuteNonQuery()")]
    [InlineData("connection.Execute(\"PRAGMA wal_checkpoint(TRUNCATE)\")")]
    public Task Answer_of_a_checkpoint_that_nobody_reads(string checkpoint) =>
        VerifyAsync(Descriptors.CheckpointResultIgnored, $"{Create} [|{checkpoint}|];");

    [Theory]
    [InlineData("if ((long)new SQLiteCommand(\"PRAGMA wal_checkpoint(FULL)\", connection).ExecuteScalar() != 0) throw new InvalidOperationException();")]
    [InlineData("new SQLiteCommand(\"PRAGMA wal_checkpoint\", connection).ExecuteNonQuery();")]
    [InlineData("using var reader = new SQLiteCommand(\"PRAGMA wal_checkpoint(FULL)\", connection).ExecuteReader(); reader.Read(); if ((long)reader[\"busy\"] != 0) return;")]
    [InlineData("using var reader = new SQLiteCommand(\"PRAGMA wal_checkpoint(FULL)\", connection).ExecuteReader(); reader.Read(); if ((long)reader[0] != 0) return;")]
    public Task Clean_checkpoint(string checkpoint) => VerifyAsync(Descriptors.CheckpointResultIgnored, $"{Create} {checkpoint}");

    [Theory]
    [InlineData("using var transaction = connection.BeginTransaction(); Work(connection); {|SQLITE2001:connection.Execute(\"PRAGMA wal_checkpoint(TRUNCATE)\")|};")]
    [InlineData("using var transaction = connection.BeginTransaction(); Work(connection); {|SQLITE1002:Process.Start(\"worker\", \"app.db\")|}; transaction.Commit();")]
    [InlineData("Work(connection); {|SQLITE1001:Process.Start(\"worker\", \"app.db\")|};")]
    public Task Rules_of_transactions_and_processes(string body) => VerifyAllAsync($"{Create} {body}");

    [Theory]
    [InlineData("using (var transaction = connection.BeginTransaction()) { new SQLiteCommand(\"DELETE FROM t\", connection).ExecuteNonQuery(); transaction.Commit(); } if (connection.ExecuteScalar<long>(\"PRAGMA wal_checkpoint(TRUNCATE)\") != 0) return; Process.Start(\"worker\", \"app.db\");")]
    [InlineData("Work(connection); Process.Start(\"notepad\");")]
    public Task Clean_transactions_and_processes(string body) => VerifyAllAsync($"{Create} {body}");

    /// <summary>A connection that is closed is closed, unless its connection string asks for the pool.</summary>
    [Theory]
    [InlineData("", false)]
    [InlineData(";Pooling=True", true)]
    public Task Closing_checkpoints_where_the_connection_is_not_pooled(string pooling, bool isReported)
    {
        var start = "Process.Start(\"worker\", \"app.db\")";
        return VerifyAllAsync(
            $"using (var connection = new SQLiteConnection(\"{Wal}{pooling}\")) {{ connection.Open(); Work(connection); }} {(isReported ? $"{{|SQLITE1001:{start}|}}" : start)};");
    }

    [Fact]
    public Task Project_that_references_only_System_Data_SQLite() => RuleVerifier.VerifyAsync(
        Descriptors.ConnectionNotConfigured,
        Source("using var connection = new SQLiteConnection(\"Data Source=app.db\"); [|connection.Open()|]; Work(connection);"),
        test => test.References = TestReferences.OnlySystemDataSqlite);

    private static Task VerifyAsync(DiagnosticDescriptor rule, string body) =>
        RuleVerifier.VerifyAsync(rule, Source(body), test => test.References = TestReferences.WithSystemDataSqlite);

    private static Task VerifyAllAsync(string body) =>
        RuleVerifier.VerifyAllRulesAsync(Source(body), test => test.References = TestReferences.WithSystemDataSqlite);

    private static string Source(string body) =>
        $$"""
        using System;
        using System.Data.Common;
        using System.Data.SQLite;
        using System.Diagnostics;
        using Dapper;

        class Program
        {
            static void Run(string path, SQLiteJournalModeEnum mode)
            {
                {{body}}
            }

            static void Work(DbConnection connection) => connection.Execute("DELETE FROM items");
        }
        """;
}
