using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Checkpoints;

/// <summary>SQLITE2001, the rule and its fix together.</summary>
public sealed class CheckpointBeforeCommitEndToEndTests
{
    [Fact]
    public Task A_command() => HelperAsync(
        """
         using var transaction = connection.BeginTransaction();
         connection.Execute("INSERT INTO t VALUES (1)", transaction: transaction);
        -using var command = connection.CreateCommand();
        -command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        -[|command.ExecuteNonQuery()|];
         transaction.Commit();
        +connection.Checkpoint(SqliteCheckpointMode.Truncate);
        """);

    [Fact]
    public Task A_command_without_the_helper() => VerifyAsync(
        "Plain",
        """
         using var transaction = connection.BeginTransaction();
         connection.Execute("INSERT INTO t VALUES (1)", transaction: transaction);
        -using (var command = new SqliteCommand("PRAGMA wal_checkpoint(RESTART)", connection, transaction))
        -{
        -    [|command.ExecuteNonQuery()|];
        -}

         transaction.Commit();
        +using (var checkpoint = connection.CreateCommand())
        +{
        +    checkpoint.CommandText = "PRAGMA wal_checkpoint(RESTART);";
        +    if (checkpoint.ExecuteScalar() is 1L)
        +    {
        +        throw new InvalidOperationException("The checkpoint was blocked by another connection.");
        +    }
        +}
        """);

    [Fact]
    public Task Dapper() => HelperAsync(
        """
         using (var transaction = connection.BeginTransaction())
         {
             connection.Execute("INSERT INTO t VALUES (1)", transaction: transaction);
        -    [|connection.Execute("PRAGMA wal_checkpoint(FULL)", transaction: transaction)|];
             transaction.Commit();
        +    connection.Checkpoint();
         }
        """);

    [Fact]
    public Task No_commit_at_all() => VerifyAsync(
        "Helper.Once",
        """
         using var transaction = connection.BeginTransaction();
         connection.Execute("INSERT INTO t VALUES (1)", transaction: transaction);
        -[|connection.Execute("PRAGMA wal_checkpoint(FULL)", transaction: transaction)|];
        +transaction.Commit();
        +connection.Checkpoint();
        """);

    [Fact]
    public Task In_a_try() => HelperAsync(
        """
         using var transaction = connection.BeginTransaction();
         try
         {
             connection.Execute("INSERT INTO t VALUES (1)", transaction: transaction);
        -    [|connection.Execute("PRAGMA wal_checkpoint(FULL)", transaction: transaction)|];
             transaction.Commit();
         }
         catch
         {
             transaction.Rollback();
             throw;
         }
        +connection.Checkpoint();
        """);

    [Fact]
    public Task Begun_by_sql() => HelperAsync(
        """
         connection.Execute("BEGIN IMMEDIATE");
         connection.Execute("INSERT INTO t VALUES (1)");
        -[|connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)")|];
         connection.Execute("COMMIT");
        +connection.Checkpoint(SqliteCheckpointMode.Truncate);
        """);

    [Fact]
    public Task In_a_loop() => HelperAsync(
        """
         for (var share = 0; share < 9; share++)
         {
             using var transaction = connection.BeginTransaction();
             connection.Execute("INSERT INTO t VALUES (1)", transaction: transaction);
        -    [|connection.Execute("PRAGMA wal_checkpoint(FULL)", transaction: transaction)|];
             transaction.Commit();
        +    connection.Checkpoint();
         }
        """);

    [Fact]
    public Task Awaited() => FixVerifier.VerifyAsync(
        Descriptors.CheckpointBeforeCommit,
        "CheckpointBeforeCommit.Helper",
        ChangeSource.Program(
            """
             await using var transaction = connection.BeginTransaction();
             await connection.ExecuteAsync("INSERT INTO t VALUES (1)", transaction: transaction);
            -await [|connection.ExecuteAsync("PRAGMA wal_checkpoint(FULL)", transaction: transaction)|];
             await transaction.CommitAsync();
            +connection.Checkpoint();
            """,
            runtime: true,
            signature: "static async Task Main()"));

    [Fact]
    public Task All_at_once() => HelperAsync(
        """
         using (var transaction = connection.BeginTransaction())
         {
             connection.Execute("INSERT INTO t VALUES (1)", transaction: transaction);
        -    [|connection.Execute("PRAGMA wal_checkpoint(FULL)", transaction: transaction)|];
             transaction.Commit();
        +    connection.Checkpoint();
         }

         using (var transaction = connection.BeginTransaction())
         {
             connection.Execute("INSERT INTO t VALUES (2)", transaction: transaction);
        -    [|connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)", transaction: transaction)|];
             transaction.Commit();
        +    connection.Checkpoint(SqliteCheckpointMode.Truncate);
         }
        """);

    [Fact]
    public Task In_a_local_function() => HelperAsync(
        """
         Store();

         void Store()
         {
             using var transaction = connection.BeginTransaction();
             connection.Execute("INSERT INTO t VALUES (1)", transaction: transaction);
        -    [|connection.Execute("PRAGMA wal_checkpoint(FULL)", transaction: transaction)|];
             transaction.Commit();
        +    connection.Checkpoint();
         }
        """);

    [Fact]
    public Task In_a_lambda() => HelperAsync(
        """
         Func<int> store = () =>
         {
             using var transaction = connection.BeginTransaction();
             var rows = connection.Execute("INSERT INTO t VALUES (1)", transaction: transaction);
        -    [|connection.Execute("PRAGMA wal_checkpoint(FULL)", transaction: transaction)|];
             transaction.Commit();
        +    connection.Checkpoint();
             return rows;
         };
         Console.WriteLine(store());
        """);

    private static Task HelperAsync(string body) => VerifyAsync("Helper", body);

    private static Task VerifyAsync(string variant, string body) => FixVerifier.VerifyAsync(
        Descriptors.CheckpointBeforeCommit,
        $"CheckpointBeforeCommit.{variant}",
        ChangeSource.Program(body, runtime: variant.StartsWith("Helper", StringComparison.Ordinal)));
}
