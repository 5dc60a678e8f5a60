using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Checkpoints;

/// <summary>SQLITE2002, the rule and its fix together.</summary>
public sealed class CheckpointResultIgnoredEndToEndTests
{
    [Fact]
    public Task A_command() => VerifyAsync(
        "Helper",
        """
        -using var command = connection.CreateCommand();
        -command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE);";
        -[|command.ExecuteNonQuery()|]; // empty the -wal file
        +connection.Checkpoint(SqliteCheckpointMode.Truncate); // empty the -wal file
        """);

    [Fact]
    public Task A_command_without_the_helper() => VerifyAsync(
        "Plain",
        """
         using var command = new SqliteCommand("PRAGMA wal_checkpoint(FULL)", connection);
        -[|command.ExecuteNonQuery()|];
        +if (command.ExecuteScalar() is 1L)
        +{
        +    throw new InvalidOperationException("The checkpoint was blocked by another connection.");
        +}
        """);

    [Fact]
    public Task A_scalar_that_nobody_reads() => VerifyAsync(
        "Plain",
        """
         using var command = new SqliteCommand("PRAGMA wal_checkpoint(FULL)", connection);
        -_ = [|command.ExecuteScalar()|];
        +if (command.ExecuteScalar() is 1L)
        +{
        +    throw new InvalidOperationException("The checkpoint was blocked by another connection.");
        +}
        """);

    [Fact]
    public Task A_using_statement() => VerifyAsync(
        "Helper",
        """
        -using (var command = connection.CreateCommand())
        -{
        -    command.CommandText = "PRAGMA wal_checkpoint(RESTART)";
        -    [|command.ExecuteNonQuery()|];
        -}
        +connection.Checkpoint(SqliteCheckpointMode.Restart);
        """);

    [Fact]
    public Task Dapper() => VerifyAsync(
        "Helper",
        """
         if (Environment.ProcessId > 0)
        -    [|connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
        +    connection.Checkpoint();
        """);

    [Fact]
    public Task Dapper_without_the_helper() => VerifyAsync(
        "Plain",
        """
        -[|connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
        +if (connection.ExecuteScalar<long>("PRAGMA wal_checkpoint(FULL)") != 0)
        +{
        +    throw new InvalidOperationException("The checkpoint was blocked by another connection.");
        +}
        """);

    [Theory]
    [InlineData("Helper")]
    [InlineData("Plain")]
    public Task A_reader_whose_columns_nobody_reads(string variant) => VerifyAsync(
        variant,
        variant == "Helper"
            ? """
              -using var command = new SqliteCommand("PRAGMA wal_checkpoint(FULL)", connection);
              -using var reader = [|command.ExecuteReader()|];
              -reader.Read();
              +connection.Checkpoint();
               Console.WriteLine();
              """
            : """
               using var command = new SqliteCommand("PRAGMA wal_checkpoint(FULL)", connection);
              -using var reader = [|command.ExecuteReader()|];
              -reader.Read();
              +if (command.ExecuteScalar() is 1L)
              +{
              +    throw new InvalidOperationException("The checkpoint was blocked by another connection.");
              +}
               Console.WriteLine();
              """);

    [Fact]
    public Task A_count_that_nobody_reads() => VerifyAsync(
        "Helper",
        """
        -var changed = [|connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
        +connection.Checkpoint();
        """);

    [Fact]
    public Task Awaited() => FixVerifier.VerifyAsync(
        Descriptors.CheckpointResultIgnored,
        "CheckpointResultIgnored.Plain",
        ChangeSource.Program(
            """
            -await [|connection.ExecuteAsync("PRAGMA wal_checkpoint(FULL)")|];
            +if (await connection.ExecuteScalarAsync<long>("PRAGMA wal_checkpoint(FULL)") != 0)
            +{
            +    throw new InvalidOperationException("The checkpoint was blocked by another connection.");
            +}
            """,
            runtime: false,
            signature: "static async Task Main()"));

    [Fact]
    public Task A_method_with_an_expression() => FixVerifier.VerifyAsync(
        Descriptors.CheckpointResultIgnored,
        "CheckpointResultIgnored.Helper",
        """
        +using SqliteAnalyzers.Runtime;
        +
         static class Maintenance
         {
        -    public static void Run(SqliteConnection connection) => [|connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
        +    public static void Run(SqliteConnection connection) => connection.Checkpoint();
         }
        """);

    [Fact]
    public Task All_at_once() => VerifyAsync(
        "Helper",
        """
        -[|connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
        +connection.Checkpoint();
         Console.WriteLine();
        -using (var command = connection.CreateCommand())
        -{
        -    command.CommandText = "PRAGMA wal_checkpoint(RESTART)";
        -    [|command.ExecuteNonQuery()|];
        -}
        +connection.Checkpoint(SqliteCheckpointMode.Restart);
        """);

    [Fact]
    public Task A_connection_that_dapper_opens_itself_is_closed_to_the_helper() => FixVerifier.VerifyAsync(
        Descriptors.CheckpointResultIgnored,
        "CheckpointResultIgnored.Plain",
        """
         static class Program
         {
             static void Main()
             {
                 using var connection = new SqliteConnection("Data Source=app.db");
        -        [|connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
        +        if (connection.ExecuteScalar<long>("PRAGMA wal_checkpoint(FULL)") != 0)
        +        {
        +            throw new InvalidOperationException("The checkpoint was blocked by another connection.");
        +        }
             }
         }
        """);

    [Fact]
    public Task Several_statements_in_one_text() => VerifyAsync(
        "Helper",
        """
        -[|connection.Execute("DELETE FROM log; PRAGMA wal_checkpoint(TRUNCATE)")|];
        +connection.Execute("DELETE FROM log;");
        +connection.Checkpoint(SqliteCheckpointMode.Truncate);
        """);

    private static Task VerifyAsync(string variant, string body) => FixVerifier.VerifyAsync(
        Descriptors.CheckpointResultIgnored,
        $"CheckpointResultIgnored.{variant}",
        ChangeSource.Program(body, runtime: variant == "Helper"));
}
