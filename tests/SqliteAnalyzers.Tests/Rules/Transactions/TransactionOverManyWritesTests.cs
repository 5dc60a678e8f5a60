using Microsoft.CodeAnalysis.Testing;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Transactions;

/// <summary>SQLITE4003 where a transaction is open over a loop that the source says to be of a million rounds.</summary>
public sealed class TransactionOverManyWritesTests
{
    private const string Insert = "insert.ExecuteNonQuery();";

    [Theory]
    [InlineData("using var transaction = connection.BeginTransaction(); insert.Transaction = transaction; for (var i = 0; i < 1_000_000; i++) { [|insert.ExecuteNonQuery()|]; } transaction.Commit();")]
    [InlineData("using var transaction = connection.BeginTransaction(deferred: true); insert.Transaction = transaction; for (var i = 1; i <= 5 * Million; i++) [|insert.ExecuteNonQuery()|]; transaction.Commit();")]
    [InlineData("Run(\"BEGIN\"); for (int i = 0; i < 1000 * 1000; ++i) { if (i % 7 == 0) { [|insert.ExecuteNonQuery()|]; } } Run(\"COMMIT\");")]
    [InlineData("using (var transaction = connection.BeginTransaction()) { for (var i = 0; i < 2_000_000; i += 1) { [|connection.Execute(\"INSERT INTO items VALUES (1)\", transaction: transaction)|]; } transaction.Commit(); }")]
    [InlineData("using var transaction = connection.BeginTransaction(); insert.Transaction = transaction; for (var i = 0; i < 1_000_000; i++) { for (var j = 0; j < 3; j++) if (j == count) break; if (i == 7) continue; [|insert.ExecuteNonQuery()|]; } transaction.Commit();")]
    [InlineData("using var transaction = connection.BeginTransaction(); for (var i = 0; i < 1_000_000; i++) { [|Add(connection)|]; } transaction.Commit();")]
    [InlineData("using var transaction = connection.BeginTransaction(); for (var i = 0; i < 1_000_000; i++) { [|Execute(connection, \"INSERT INTO items VALUES (1)\")|]; } transaction.Commit();")]
    public Task One_transaction_for_a_million_writes(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("using var transaction = connection.BeginTransaction(); insert.Transaction = transaction; for (var i = 0; i < 999_999; i++) { " + Insert + " } transaction.Commit();")]
    [InlineData("for (var i = 0; i < 1_000_000; i++) { " + Insert + " }")]
    [InlineData("for (var i = 0; i < 1_000_000; i++) { Add(connection); }")]
    [InlineData("using var transaction = connection.BeginTransaction(); for (var i = 0; i < 1_000_000; i++) { Execute(connection, \"SELECT 1\"); } transaction.Commit();")]
    [InlineData("using var transaction = connection.BeginTransaction(); Add(connection); for (var i = 0; i < 999_999; i++) { Add(connection); } transaction.Commit();")]
    [InlineData("for (var i = 0; i < 1_000_000; i++) { using var transaction = connection.BeginTransaction(); insert.Transaction = transaction; " + Insert + " transaction.Commit(); }")]
    [InlineData("var transaction = connection.BeginTransaction(); for (var i = 0; i < 1_000_000; i++) { insert.Transaction = transaction; " + Insert + " if (i % 5000 == 4999) { transaction.Commit(); transaction.Dispose(); transaction = connection.BeginTransaction(); } } transaction.Commit(); transaction.Dispose();")]
    [InlineData("Run(\"BEGIN\"); for (var i = 0; i < 1_000_000; i++) { " + Insert + " if (i % 5000 == 0) { Run(\"COMMIT; BEGIN\"); } } Run(\"COMMIT\");")]
    [InlineData("using var transaction = connection.BeginTransaction(); for (var i = 0; i < 1_000_000; i++) { Console.WriteLine(i); } transaction.Commit();")]
    [InlineData("using var transaction = connection.BeginTransaction(); for (var i = 0; i < 1_000_000; i++) { connection.Query<int>(\"SELECT 1\", transaction: transaction); } transaction.Commit();")]
    [InlineData("using var transaction = connection.BeginTransaction(); insert.Transaction = transaction; for (var i = 0; i < count; i++) { " + Insert + " } transaction.Commit();")]
    [InlineData("using var transaction = connection.BeginTransaction(); insert.Transaction = transaction; for (var i = 1_000_000; i > 0; i--) { " + Insert + " } transaction.Commit();")]
    [InlineData("using var transaction = connection.BeginTransaction(); insert.Transaction = transaction; for (var i = 0; i < 100_000_000; i += 1000) { " + Insert + " } transaction.Commit();")]
    [InlineData("using var transaction = connection.BeginTransaction(); insert.Transaction = transaction; for (var i = 0; i < 1_000_000; i++) { if (i > count) break; " + Insert + " } transaction.Commit();")]
    [InlineData("using var transaction = connection.BeginTransaction(); insert.Transaction = transaction; for (var i = 0; i < 1_000_000; i++) { if (i > count) return; " + Insert + " } transaction.Commit();")]
    [InlineData("using var transaction = connection.BeginTransaction(); insert.Transaction = transaction; for (var i = 0; i < 1_000_000; i++) { if (i % 1000 == 0) " + Insert + " } transaction.Commit();")]
    [InlineData("using var transaction = connection.BeginTransaction(); insert.Transaction = transaction; for (var i = 0; i < 1_000_000; i++) { " + Insert + " i += 1000; } transaction.Commit();")]
    [InlineData("using var transaction = connection.BeginTransaction(); insert.Transaction = transaction; for (var i = 0; i < 1_000_000; i++) { " + Insert + " Skip(ref i); } transaction.Commit(); static void Skip(ref int i) => i += 1000;")]
    [InlineData("var transaction = connection.BeginTransaction(); for (var i = 0; i < 1_000_000; i++) { insert.Transaction = transaction; " + Insert + " if (i % 5000 == 0) Renew(); } transaction.Commit(); void Renew() { transaction.Commit(); transaction.Dispose(); transaction = connection.BeginTransaction(); }")]
    [InlineData("var transaction = connection.BeginTransaction(); for (var i = 0; i < 1_000_000; i++) { insert.Transaction = transaction; " + Insert + " if (i % 5000 == 0) Flush(ref transaction); } transaction.Commit();")]
    [InlineData("Run(\"BEGIN\"); for (var i = 0; i < 1_000_000; i++) { " + Insert + " if (i % 5000 == 0) { Run(\"END; BEGIN\"); } } Run(\"END\");")]
    public Task Smaller_counts_unknown_counts_and_commits_in_between(string body) => VerifyAsync(body);

    [Fact]
    public Task A_database_in_memory_has_no_other_connection() => RuleVerifier.VerifyAsync(
        Descriptors.BatchSizeOutOfRange,
        Source("using var transaction = connection.BeginTransaction(); insert.Transaction = transaction; for (var i = 0; i < 1_000_000; i++) { " + Insert + " } transaction.Commit();").Replace("app.db", ":memory:"));

    [Fact]
    public Task The_message_says_how_many() => RuleVerifier.VerifyAsync(
        Descriptors.BatchSizeOutOfRange,
        Source("using var transaction = connection.BeginTransaction(); insert.Transaction = transaction; for (var i = 0; i < 1_000_000; i++) { {|#0:insert.ExecuteNonQuery()|}; } transaction.Commit();"),
        test => test.ExpectedDiagnostics.Add(new DiagnosticResult(Descriptors.BatchSizeOutOfRange).WithLocation(0).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations)
            .WithArguments("one transaction holds this write of each of 1,000,000 rounds, and no other connection can write until it ends")));

    private static Task VerifyAsync(string body) => RuleVerifier.VerifyAsync(Descriptors.BatchSizeOutOfRange, Source(body));

    private static string Source(string body) => RuleSource.Alone(
        $$"""
        using Dapper;

        class Import
        {
            const int Million = 1_000_000;

            void Fill(int count)
            {
                using var connection = new SqliteConnection("Data Source=app.db");
                connection.Open();
                using var insert = connection.CreateCommand();
                insert.CommandText = "INSERT INTO items VALUES (1)";
                {{body}}

                void Run(string sql)
                {
                    using var command = new SqliteCommand(sql, connection);
                    command.ExecuteNonQuery();
                }
            }

            static void Add(SqliteConnection connection)
            {
                using var command = connection.CreateCommand();
                command.CommandText = "INSERT INTO items VALUES (1)";
                command.ExecuteNonQuery();
            }

            static void Execute(SqliteConnection connection, string sql)
            {
                using var command = connection.CreateCommand();
                command.CommandText = sql;
                command.ExecuteNonQuery();
            }

            static void Flush(ref SqliteTransaction transaction)
            {
                var connection = transaction.Connection;
                transaction.Commit();
                transaction = connection.BeginTransaction();
            }
        }
        """);
}
