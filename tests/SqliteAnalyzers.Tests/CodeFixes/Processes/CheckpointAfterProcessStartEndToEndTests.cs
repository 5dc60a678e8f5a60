using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Processes;

/// <summary>SQLITE1003, the rule and its fix together.</summary>
public sealed class CheckpointAfterProcessStartEndToEndTests
{
    /// <summary>A database in WAL mode.</summary>
    private const string Store =
        """

         static class Store
         {
             public static SqliteConnection Open()
             {
                 var connection = new SqliteConnection("Data Source=app.db");
                 connection.Open();
                 connection.Execute("PRAGMA journal_mode = WAL");
                 return connection;
             }

             public static void Write(SqliteConnection connection) => connection.Execute("INSERT INTO t VALUES (1)");

             public static void Flush(SqliteConnection connection)
             {
                 if (connection.ExecuteScalar<long>("PRAGMA wal_checkpoint(FULL)") != 0)
                 {
                     throw new InvalidOperationException();
                 }
             }
         }
        """;

    [Fact]
    public Task A_call_of_the_helper() => FixAsync(
        """
                 Store.Write(connection);
        +        SqliteAnalyzers.Runtime.SqliteConnectionExtensions.Checkpoint(connection); // all rows
                 using var worker = Process.Start("worker");
        -        [|SqliteAnalyzers.Runtime.SqliteConnectionExtensions.Checkpoint(connection)|]; // all rows
                 worker.WaitForExit();
        """);

    [Fact]
    public Task A_method_of_the_program_past_other_statements() => FixAsync(
        """
                 Store.Write(connection);
                 var workers = new List<Process>();
        +        // The rows go into the file.
        +        Store.Flush(connection);
                 // Ten workers.
                 for (var number = 0; number < 10; number++)
                 {
                     workers.Add(Process.Start("worker", number.ToString()));
                 }

                 Console.WriteLine("started");
        -        // The rows go into the file.
        -        [|Store.Flush(connection)|];
                 workers.ForEach(worker => worker.WaitForExit());
        """);

    [Fact]
    public Task A_command_made_for_it() => FixAsync(
        """
                 Store.Write(connection);
        +        using var command = connection.CreateCommand();
        +        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        +        command.ExecuteNonQuery();
                 using var worker = Process.Start("worker");
        -        using var command = connection.CreateCommand();
        -        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        -        [|command.ExecuteNonQuery()|];
                 worker.WaitForExit();
        """);

    [Fact]
    public Task A_using_statement_made_for_it() => FixAsync(
        """
                 Store.Write(connection);
        +        using (var command = connection.CreateCommand())
        +        {
        +            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        +            command.ExecuteNonQuery();
        +        }
                 Process.Start("worker");
        -        using (var command = connection.CreateCommand())
        -        {
        -            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        -            [|command.ExecuteNonQuery()|];
        -        }
                 Console.WriteLine("done");
        """);

    [Fact]
    public Task Asynchronous() => FixAsync(
        """
                 await connection.ExecuteAsync("DELETE FROM t");
        +        await connection.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
                 using var worker = Process.Start("worker");
        -        await [|connection.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)")|];
                 await worker.WaitForExitAsync();
        """, "async Task");

    [Fact]
    public Task On_one_line() => FixAsync(
        """
                 Store.Write(connection);
        -        Process.Start("worker"); [|Store.Flush(connection)|];
        +        Store.Flush(connection);
        +        Process.Start("worker");
        """);

    [Fact]
    public Task In_each_round() => FixAsync(
        """
                 foreach (var item in args)
                 {
                     Store.Write(connection);
        +            Store.Flush(connection);
                     Process.Start("worker", item);
        -            [|Store.Flush(connection)|];
                 }
        """);

    [Fact]
    public Task In_top_level_statements() => FixVerifier.VerifyAsync(
        Descriptors.CheckpointAfterProcessStart,
        "CheckpointAfterProcessStart.Plain",
        """
         using var connection = Store.Open();
         Store.Write(connection);
        +Store.Flush(connection);
         using var worker = Process.Start("worker");
        -[|Store.Flush(connection)|];
         worker.WaitForExit();
        """ + "\n" + Store);

    [Theory]
    [InlineData("using (var worker = Process.Start(\"worker\")) { [|Store.Flush(connection)|]; }")]
    [InlineData("Process.Start(\"worker\"); if (args.Length > 0) { [|Store.Flush(connection)|]; }")]
    [InlineData("Process.Start(\"worker\"); var busy = [|connection.ExecuteScalar<long>(\"PRAGMA wal_checkpoint(FULL)\")|]; Console.WriteLine(busy);")]
    [InlineData("Process.Start(\"worker\"); if ([|connection.ExecuteScalar<long>(\"PRAGMA wal_checkpoint(FULL)\")|] != 0) { return; }")]
    [InlineData("var worker = Process.Start(\"worker\"); if (worker is null) { return; } [|Store.Flush(connection)|];")]
    [InlineData("var worker = Process.Start(\"worker\") ?? throw new InvalidOperationException(); [|Store.Flush(connection)|];")]
    [InlineData("Process.Start(\"worker\"); Console.WriteLine(connection.Query<long>(\"SELECT count(*) FROM t\").Count()); [|Store.Flush(connection)|];")]
    [InlineData("var mode = \"PASSIVE\"; Process.Start(\"worker\"); mode = \"FULL\"; [|connection.Execute(\"PRAGMA wal_checkpoint(\" + mode + \")\")|];")]
    [InlineData("using var command = connection.CreateCommand(); Process.Start(\"worker\"); command.CommandText = \"PRAGMA wal_checkpoint(FULL)\"; Console.WriteLine(); [|command.ExecuteNonQuery()|];")]
    [InlineData("try { Process.Start(\"worker\"); } catch (Exception) { return; } [|Store.Flush(connection)|];")]
    public Task No_fix_where_it_cannot_be_moved(string statements) => FixVerifier.VerifyNothingOfferedAsync(
        Descriptors.CheckpointAfterProcessStart,
        Source("Store.Write(connection); " + statements + "\n", "void").Replace("\n ", "\n", StringComparison.Ordinal)[1..]);

    private static Task FixAsync(string statements, string returns = "void") => FixVerifier.VerifyAsync(
        Descriptors.CheckpointAfterProcessStart,
        "CheckpointAfterProcessStart.Plain",
        Source(statements + "\n", returns));

    private static string Source(string statements, string returns) =>
        $$"""
         static class Program
         {
             static {{returns}} Main(string[] args)
             {
                 using var connection = Store.Open();
        {{statements}}     }
         }
        """ + "\n" + Store;
}
