using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes;

/// <summary>What the fixes offer in programs that use linq2db: what can be written there, and nothing else.</summary>
public sealed class Linq2DbFixTests
{
    private static readonly Dictionary<string, DiagnosticDescriptor> s_rules = new[]
    {
        Descriptors.ProcessStartedWithoutCheckpoint,
        Descriptors.ProcessStartedWithOpenTransaction,
        Descriptors.CheckpointBeforeCommit,
        Descriptors.CheckpointResultIgnored,
        Descriptors.ConnectionNotConfigured,
        Descriptors.PragmaInsideTransaction,
        Descriptors.SharedCacheOnFile,
        Descriptors.UnsupportedConnectionStringKeyword,
        Descriptors.WriteInLoopWithoutTransaction,
        Descriptors.TransactionLeftOpen,
        Descriptors.DeferredTransactionUpgrade,
    }.ToDictionary(rule => rule.Id);

    [Theory]
    [InlineData("SQLITE3005", "SharedCacheOnFile.Plain", "using var other = new DataConnection(new DataOptions().UseSQLite(\"Data Source=app.db;[|Cache|]=Shared\"));", "using var other = new DataConnection(new DataOptions().UseSQLite(\"Data Source=app.db\"));")]
    [InlineData("SQLITE3007", "UnsupportedConnectionStringKeyword.Plain", "using var other = new DataConnection(new DataOptions().UseSQLite(\"Data Source=app.db;[|Version|]=3\"));", "using var other = new DataConnection(new DataOptions().UseSQLite(\"Data Source=app.db\"));")]
    [InlineData(
        "SQLITE4006",
        "DeferredTransactionUpgrade.Plain.Once",
        "using var transaction = [|db.BeginTransaction(IsolationLevel.ReadUncommitted)|]; if (db.Execute<int>(\"SELECT count(*) FROM Item\") == 0) db.Insert(item); transaction.Commit();",
        "using var transaction = db.BeginTransaction(); if (db.Execute<int>(\"SELECT count(*) FROM Item\") == 0) db.Insert(item); transaction.Commit();")]
    public Task Is_offered(string rule, string variant, string body, string expected) => VerifyAsync(rule, variant, body, expected);

    [Fact]
    public Task A_checkpoint_before_a_process_has_a_connection_of_its_own() => VerifyAsync(
        "SQLITE1001",
        "ProcessStartedWithoutCheckpoint.Helper",
        """
        db.Insert(item);
                [|Process.Start("worker", "app.db")|];
        """,
        """
        db.Insert(item);
                using (var connection = new SqliteConnection("Data Source=app.db"))
                {
                    connection.Open();
                    connection.Checkpoint();
                }
                Process.Start("worker", "app.db");
        """);

    [Theory]
    [InlineData("SQLITE1002", "using var transaction = db.BeginTransaction(); db.Insert(item); [|Process.Start(\"worker\", \"app.db\")|]; transaction.Commit();")]
    [InlineData("SQLITE2001", "using var transaction = db.BeginTransaction(); db.Insert(item); if ([|db.Execute<int>(\"PRAGMA wal_checkpoint(TRUNCATE)\")|] != 0) return; transaction.Commit();")]
    [InlineData("SQLITE2002", "[|db.Execute(\"PRAGMA wal_checkpoint(TRUNCATE)\")|];")]
    [InlineData("SQLITE2002", "[|db.SetCommand(\"PRAGMA wal_checkpoint(TRUNCATE)\").Execute()|];")]
    [InlineData("SQLITE3001", "using var other = [|new DataConnection(new DataOptions().UseSQLite(\"Data Source=other.db\"))|]; other.Insert(item);")]
    [InlineData("SQLITE3004", "using var transaction = db.BeginTransaction(); db.Insert(item); [|db.Execute(\"PRAGMA foreign_keys = OFF\")|]; transaction.Commit();")]
    [InlineData("SQLITE4001", "foreach (var row in items) { [|db.Insert(row)|]; }")]
    [InlineData("SQLITE4005", "[|db.Execute(\"BEGIN\")|]; db.Insert(item); if (items.Count == 0) return; db.Execute(\"COMMIT\");")]
    public Task Nothing_is_offered(string rule, string body) => VerifyAsync(rule, variant: null, body, body);

    private static Task VerifyAsync(string rule, string? variant, string body, string expected)
    {
        var test = new FixTest(s_rules[rule], variant);
        test.TestState.AdditionalReferences.Clear();
        test.TestState.AdditionalReferences.AddRange(TestReferences.WithLinq2Db);
        test.AddDocument(Source(body), Source(expected));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static string Source(string body) =>
        $$"""
        using LinqToDB;
        using LinqToDB.Data;
        using Microsoft.Data.Sqlite;
        using SqliteAnalyzers.Runtime;
        using System.Collections.Generic;
        using System.Data;
        using System.Diagnostics;

        class Item
        {
            public int Id { get; set; }
        }

        class Program
        {
            static void Run(Item item, List<Item> items)
            {
                using var db = new DataConnection(new DataOptions().UseSQLite("Data Source=app.db"));
                db.Execute("PRAGMA journal_mode = WAL");
                {{body}}
            }
        }
        """;
}
