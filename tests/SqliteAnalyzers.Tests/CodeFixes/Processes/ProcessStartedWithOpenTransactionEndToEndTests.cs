using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Processes;

/// <summary>SQLITE1002, the rule and its fix together.</summary>
public sealed class ProcessStartedWithOpenTransactionEndToEndTests
{
    [Fact]
    public Task A_commit_that_follows() => HelperAsync(
        """
         using var transaction = connection.BeginTransaction();
         connection.Execute("INSERT INTO t VALUES (1)", transaction: transaction);
        +transaction.Commit();
        +connection.Checkpoint();
         [|Process.Start("worker")|];
        -transaction.Commit();
        """);

    [Fact]
    public Task A_commit_that_follows_without_the_helper() => VerifyAsync(
        "Plain",
        """
         using var transaction = connection.BeginTransaction();
         connection.Execute("INSERT INTO t VALUES (1)", transaction: transaction);
        +transaction.Commit();
        +using (var checkpoint = connection.CreateCommand())
        +{
        +    checkpoint.CommandText = "PRAGMA wal_checkpoint(FULL);";
        +    if (checkpoint.ExecuteScalar() is 1L)
        +    {
        +        throw new InvalidOperationException("The checkpoint was blocked by another connection.");
        +    }
        +}
         using var worker = [|Process.Start("worker")|];
        -transaction.Commit();
        """);

    [Fact]
    public Task A_command_with_its_transaction() => HelperAsync(
        """
         using (var transaction = connection.BeginTransaction())
         {
             using var command = connection.CreateCommand();
             command.CommandText = "UPDATE t SET a = 1";
             command.ExecuteNonQuery();
        +    transaction.Commit();
        +    connection.Checkpoint();
             // Start.
             [|Process.Start("worker")|];
             Console.WriteLine("started");
        -    transaction.Commit();
         }
        """);

    [Fact]
    public Task No_commit_at_all() => VerifyAsync(
        "Helper.Once",
        """
         using var transaction = connection.BeginTransaction();
         connection.Execute("DELETE FROM t", transaction: transaction);
         if (Environment.ProcessId > 0)
        +{
        +    transaction.Commit();
        +    connection.Checkpoint();
             [|Process.Start("worker")|];
        +}
        """);

    [Fact]
    public Task In_a_try_that_says_on_failure_that_nothing_was_stored() => FixVerifier.VerifyNothingOfferedAsync(
        Descriptors.ProcessStartedWithOpenTransaction,
        """
        static class Program
        {
            static void Main()
            {
                using var connection = new SqliteConnection("Data Source=app.db");
                connection.Open();
                using var transaction = connection.BeginTransaction();
                try
                {
                    connection.Execute("DELETE FROM t", transaction: transaction);
                    [|Process.Start("worker")|];
                    transaction.Commit();
                }
                catch
                {
                    transaction.Rollback();
                    throw;
                }
            }
        }
        """);

    [Fact]
    public Task In_a_loop() => HelperAsync(
        """
         foreach (var share in new[] { "1", "2" })
         {
             using var transaction = connection.BeginTransaction();
             connection.Execute("DELETE FROM t", transaction: transaction);
        +    transaction.Commit();
        +    connection.Checkpoint();
             [|Process.Start("worker", share)|];
        -
        -    transaction.Commit();
         }
        """);

    [Fact]
    public Task Begun_by_sql() => HelperAsync(
        """
         connection.Execute("BEGIN IMMEDIATE");
         connection.Execute("INSERT INTO t VALUES (1)");
        +connection.Execute("COMMIT");
        +connection.Checkpoint();
         [|Process.Start("worker")|];
        -connection.Execute("COMMIT");
        """);

    [Fact]
    public Task Begun_by_sql_of_one_command() => HelperAsync(
        """
         using var command = connection.CreateCommand();
         command.CommandText = "BEGIN IMMEDIATE";
         command.ExecuteNonQuery();
         connection.Execute("INSERT INTO t VALUES (1)");

        +// Keep it.
        +command.CommandText = "COMMIT"; // now
        +command.ExecuteNonQuery();
        +connection.Checkpoint();
         [|Process.Start("worker")|];

        -// Keep it.
        -command.CommandText = "COMMIT"; // now
        -command.ExecuteNonQuery();
        -
         Console.WriteLine("stored");
        """);

    [Fact]
    public Task On_a_connection_whose_type_does_not_say_so() => FixVerifier.VerifyAsync(
        Descriptors.ProcessStartedWithOpenTransaction,
        "ProcessStartedWithOpenTransaction.Helper",
        """
        +using SqliteAnalyzers.Runtime;
        +
         static class Program
         {
             static void Main()
             {
                 using System.Data.Common.DbConnection connection = new SqliteConnection("Data Source=app.db");
                 connection.Open();
                 using var transaction = connection.BeginTransaction();
                 connection.Execute("INSERT INTO t VALUES (1)", transaction: transaction);
        +        transaction.Commit();
        +        ((SqliteConnection)connection).Checkpoint();
                 [|Process.Start("worker")|];
        -        transaction.Commit();
             }
         }
        """);

    [Fact]
    public Task On_one_line() => HelperAsync(
        """
        -using (var transaction = connection.BeginTransaction()) { connection.Execute("DELETE FROM t", transaction: transaction); [|Process.Start("worker")|]; transaction.Commit(); }
        +using (var transaction = connection.BeginTransaction()) { connection.Execute("DELETE FROM t", transaction: transaction); transaction.Commit(); connection.Checkpoint(); Process.Start("worker"); }
        """);

    [Fact]
    public Task On_one_line_without_the_helper() => VerifyAsync(
        "Plain",
        """
        -using (var transaction = connection.BeginTransaction()) { connection.Execute("DELETE FROM t", transaction: transaction); [|Process.Start("worker")|]; transaction.Commit(); }
        +using (var transaction = connection.BeginTransaction())
        +{
        +    connection.Execute("DELETE FROM t", transaction: transaction);
        +    transaction.Commit();
        +    using (var checkpoint = connection.CreateCommand())
        +    {
        +        checkpoint.CommandText = "PRAGMA wal_checkpoint(FULL);";
        +        if (checkpoint.ExecuteScalar() is 1L)
        +        {
        +            throw new InvalidOperationException("The checkpoint was blocked by another connection.");
        +        }
        +    }
        +    Process.Start("worker");
        +}
        """);

    [Fact]
    public Task Begun_by_sql_and_never_ended() => VerifyAsync(
        "Helper.Once",
        """
         connection.Execute("BEGIN");
         connection.Execute("INSERT INTO t VALUES (1)");
        +using (var commit = connection.CreateCommand())
        +{
        +    commit.CommandText = "COMMIT;";
        +    commit.ExecuteNonQuery();
        +}
        +connection.Checkpoint();
         [|Process.Start("worker")|];
        """);

    [Fact]
    public Task All_at_once() => FixVerifier.VerifyAsync(
        Descriptors.ProcessStartedWithOpenTransaction,
        "ProcessStartedWithOpenTransaction.Helper",
        """
        +using SqliteAnalyzers.Runtime;
        +
         static class First
         {
             static void Run()
             {
                 using var connection = new SqliteConnection("Data Source=app.db");
                 connection.Open();
                 using (var transaction = connection.BeginTransaction())
                 {
                     connection.Execute("INSERT INTO t VALUES (1)", transaction: transaction);
        +            transaction.Commit();
        +            connection.Checkpoint();
                     [|Process.Start("worker")|];
        -            transaction.Commit();
                 }

                 using (var transaction = connection.BeginTransaction())
                 {
                     connection.Execute("INSERT INTO t VALUES (2)", transaction: transaction);
        +            transaction.Commit();
        +            connection.Checkpoint();
                     [|Process.Start("worker")|];
        -            transaction.Commit();
                 }
             }
         }
        """,
        """
        +using SqliteAnalyzers.Runtime;
        +
         static class Second
         {
             static void Run()
             {
                 using var connection = new SqliteConnection("Data Source=app.db");
                 connection.Open();
                 using var transaction = connection.BeginTransaction();
                 connection.Execute("INSERT INTO t VALUES (1)", transaction: transaction);
        +        transaction.Commit();
        +        connection.Checkpoint();
                 [|Process.Start("worker")|];
        -        transaction.Commit();
             }
         }
        """);

    [Fact]
    public Task In_a_local_function() => HelperAsync(
        """
         Store(1);
         Store(2);

         void Store(int id)
         {
             using var transaction = connection.BeginTransaction();
             connection.Execute("INSERT INTO t VALUES (1)", transaction: transaction);
        +    transaction.Commit();
        +    connection.Checkpoint();
             [|Process.Start("worker" + id)|];
        -    transaction.Commit();
         }
        """);

    [Fact]
    public Task In_a_lambda_that_is_handed_on() => VerifyAsync(
        "Helper.Once",
        """
         new[] { 1, 2 }.ToList().ForEach(id =>
         {
             using var transaction = connection.BeginTransaction();
             connection.Execute("INSERT INTO t VALUES (1)", transaction: transaction);
        +    transaction.Commit();
        +    connection.Checkpoint();
             [|Process.Start("worker" + id)|];
        -    transaction.Commit();
         });
        """);

    [Fact]
    public Task In_a_lambda_with_a_connection_of_its_own() => VerifyAsync(
        "Helper",
        """
         Action<string> store = path =>
         {
             using var own = new SqliteConnection("Data Source=" + path);
             own.Open();
             using var transaction = own.BeginTransaction();
             own.Execute("INSERT INTO t VALUES (1)", transaction: transaction);
        +    transaction.Commit();
        +    own.Checkpoint();
             [|Process.Start("worker")|];
        -    transaction.Commit();
         };
         store("a.db");
        """);

    private static Task HelperAsync(string body) => VerifyAsync("Helper", body);

    private static Task VerifyAsync(string variant, string body) => FixVerifier.VerifyAsync(
        Descriptors.ProcessStartedWithOpenTransaction,
        $"ProcessStartedWithOpenTransaction.{variant}",
        ChangeSource.Program(body, runtime: variant.StartsWith("Helper", StringComparison.Ordinal)));
}
