using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Processes;

/// <summary>SQLITE1001, the rule and its fix together.</summary>
public sealed class ProcessStartedWithoutCheckpointEndToEndTests
{
    private const string Import = "+using SqliteAnalyzers.Runtime;\n+\n";

    /// <summary>A database in WAL mode, and a write.</summary>
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
         }
        """;

    [Fact]
    public Task In_a_straight_line() => HelperAsync(
        """
         static class Program
         {
             static void Main()
             {
                 using var connection = Store.Open();
                 connection.Execute("INSERT INTO t VALUES (1)");
        +        connection.Checkpoint();
                 using var worker = [|Process.Start("worker")|];
             }
         }
        """);

    [Fact]
    public Task Without_the_helper() => ProcessAsync(
        "Plain",
        """
         static class Program
         {
             static void Main()
             {
                 using var connection = Store.Open();
                 connection.Execute("INSERT INTO t VALUES (1)");
        +        using (var checkpoint = connection.CreateCommand())
        +        {
        +            checkpoint.CommandText = "PRAGMA wal_checkpoint(FULL);";
        +            if (checkpoint.ExecuteScalar() is 1L)
        +            {
        +                throw new InvalidOperationException("The checkpoint was blocked by another connection.");
        +            }
        +        }
                 [|Process.Start("worker")|];
             }
         }
        """ + Store);

    [Fact]
    public Task In_a_branch() => HelperAsync(
        """
         static class Program
         {
             static void Main(string[] args)
             {
                 using var connection = Store.Open();
                 if (args.Length > 0)
                 {
                     Store.Write(connection);
                 }

                 if (args.Length > 1)
        +        {
        +            connection.Checkpoint();
                     [|Process.Start("worker")|];
        +        }
             }
         }
        """);

    [Fact]
    public Task In_a_loop() => HelperAsync(
        """
         static class Program
         {
             static void Main()
             {
                 using var connection = Store.Open();
                 foreach (var share in new[] { "1", "2" })
                 {
                     Store.Write(connection);
        +            connection.Checkpoint();
                     [|Process.Start("worker", share)|];
                 }
             }
         }
        """);

    [Fact]
    public Task After_a_commit() => HelperAsync(
        """
         static class Program
         {
             static void Main()
             {
                 using var connection = Store.Open();
                 using (var transaction = connection.BeginTransaction())
                 {
                     connection.Execute("INSERT INTO t VALUES (1)", transaction: transaction);
                     transaction.Commit();
                 }

        +        connection.Checkpoint();
                 // All rows are in.
                 [|Process.Start("worker")|];
             }
         }
        """);

    [Fact]
    public Task Twice_in_one_statement() => HelperAsync(
        """
         static class Program
         {
             static void Main()
             {
                 using var connection = Store.Open();
                 Store.Write(connection);
        +        connection.Checkpoint();
                 Console.WriteLine([|Process.Start("worker", "1")|] == [|Process.Start("worker", "2")|]);
             }
         }
        """);

    [Fact]
    public Task In_a_try() => HelperAsync(
        """
         static class Program
         {
             static void Main()
             {
                 using var connection = Store.Open();
                 Store.Write(connection);
                 try
                 {
        +            connection.Checkpoint();
                     [|Process.Start("worker")|];
                 }
                 catch (InvalidOperationException)
                 {
                 }
             }
         }
        """);

    [Fact]
    public Task In_an_async_method() => HelperAsync(
        """
         static class Program
         {
             static async Task Main()
             {
                 await using var connection = Store.Open();
                 await connection.ExecuteAsync("INSERT INTO t VALUES (1)");
        +        connection.Checkpoint();
                 await [|Cli.Wrap("worker").ExecuteAsync()|];
             }
         }
        """);

    [Fact]
    public Task With_a_connection_in_a_field() => HelperAsync(
        """
         sealed class Importer
         {
             private readonly SqliteConnection _connection = Store.Open();

             public void Run()
             {
                 _connection.Execute("INSERT INTO t VALUES (1)");
        +        _connection.Checkpoint();
                 [|Process.Start("worker")|];
             }
         }
        """);

    [Fact]
    public Task At_the_call_that_starts_the_process() => HelperAsync(
        """
         static class Program
         {
             static void Main()
             {
                 using var connection = Store.Open();
                 Store.Write(connection);
        +        connection.Checkpoint();
                 [|StartWorker()|];
             }

             private static void StartWorker() => Process.Start("worker");
         }
        """);

    [Fact]
    public Task Where_the_connection_is_closed_already() => HelperAsync(
        """
         static class Program
         {
             static void Main()
             {
                 Import();
        +        using (var connection = new SqliteConnection("Data Source=app.db"))
        +        {
        +            connection.Open();
        +            connection.Checkpoint();
        +        }
                 [|Process.Start("worker")|];
             }

             private static void Import()
             {
                 using var connection = Store.Open();
                 Store.Write(connection);
             }
         }
        """);

    [Fact]
    public Task All_at_once_in_several_documents() => ProcessAsync(
        "Helper",
        """
        +using SqliteAnalyzers.Runtime;
        +
         static class First
         {
             static void Run()
             {
                 using var connection = Store.Open();
                 Store.Write(connection);
        +        connection.Checkpoint();
                 [|Process.Start("worker", "1")|];
                 Store.Write(connection);
        +        connection.Checkpoint();
                 [|Process.Start("worker", "2")|];
             }
         }
        """ + Store,
        """
        +using SqliteAnalyzers.Runtime;
        +
         static class Second
         {
             static void Run()
             {
                 using var connection = Store.Open();
                 Store.Write(connection);
        +        connection.Checkpoint();
                 [|Process.Start("worker")|];
             }
         }
        """);

    [Theory]
    [InlineData("connection.Execute(\"BEGIN IMMEDIATE\"); START; connection.Execute(\"COMMIT\");")]
    [InlineData("connection.Execute(\"BEGIN IMMEDIATE\"); if (args.Length > 0) { START; } connection.Execute(\"END\");")]
    [InlineData("connection.Execute(\"BEGIN IMMEDIATE\"); START; Store.Commit(connection);")]
    [InlineData("connection.Execute(\"BEGIN IMMEDIATE\"); try { START; } finally { connection.Execute(\"COMMIT\"); }")]
    [InlineData("connection.Execute(\"SAVEPOINT a\"); connection.ExecuteScalar<long>(\"SELECT count(*) FROM t\"); START; connection.Execute(\"RELEASE a\");")]
    [InlineData("using var transaction = connection.BeginTransaction(); START; transaction.Commit();")]
    [InlineData("using var transaction = connection.BeginTransaction(); if (args.Length > 0) { START; } transaction.Commit();")]
    public Task Nothing_inside_a_transaction_that_is_still_open(string statements) => FixVerifier.VerifyNothingOfferedAsync(
        Descriptors.ProcessStartedWithoutCheckpoint,
        $$"""
        static class Program
        {
            static void Main(string[] args)
            {
                using var connection = Store.Open();
                Store.Write(connection);
                {{statements.Replace("START", "[|Process.Start(\"worker\")|]")}}
            }
        }
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
            public static void Commit(SqliteConnection connection) => connection.Execute("COMMIT");
        }
        """);

    [Theory]
    [InlineData("connection.Execute(\"BEGIN\"); connection.Execute(\"COMMIT\");")]
    [InlineData("connection.Execute(\"BEGIN\"); connection.Execute(\"ROLLBACK\");")]
    [InlineData("using var transaction = connection.BeginTransaction(); transaction.Commit();")]
    [InlineData("connection.Execute(\"SAVEPOINT a\"); connection.Execute(\"RELEASE a\");")]
    public Task After_a_transaction_that_is_over(string statements) => HelperAsync(
        $$"""
         static class Program
         {
             static void Main()
             {
                 using var connection = Store.Open();
                 Store.Write(connection);
                 {{statements}}
        +        connection.Checkpoint();
                 [|Process.Start("worker")|];
             }
         }
        """);

    [Fact]
    public Task In_a_lambda_with_a_connection_of_its_own() => HelperAsync(
        """
         static class Program
         {
             static void Main()
             {
                 Action<int> launch = id =>
                 {
                     using var connection = Store.Open();
                     Store.Write(connection);
        +            connection.Checkpoint();
                     [|Process.Start("worker" + id)|];
                 };
                 launch(1);
             }
         }
        """);

    [Fact]
    public Task In_a_local_function_with_a_connection_of_its_own() => HelperAsync(
        """
         static class Program
         {
             static void Main()
             {
                 Launch(1);

                 static void Launch(int id)
                 {
                     using var connection = Store.Open();
                     Store.Write(connection);
        +            connection.Checkpoint();
                     [|Process.Start("worker" + id)|];
                 }
             }
         }
        """);

    [Theory]
    [InlineData("Parallel.For(0, 9, id =>")]
    [InlineData("Task.Run(() =>")]
    [InlineData("new System.Threading.Thread(() =>")]
    public Task Nothing_on_another_thread(string begin) => FixVerifier.VerifyNothingOfferedAsync(
        Descriptors.ProcessStartedWithoutCheckpoint,
        $$"""
        static class Program
        {
            static void Main()
            {
                {{begin}}
                {
                    using var connection = Store.Open();
                    Store.Write(connection);
                    [|Process.Start("worker")|];
                });
            }
        }
        {{Store.Replace("\n ", "\n", StringComparison.Ordinal)}}
        """);

    private static Task HelperAsync(string change) => ProcessAsync("Helper", Import + change + Store);

    private static Task ProcessAsync(string variant, params string[] changes) => FixVerifier.VerifyAsync(
        Descriptors.ProcessStartedWithoutCheckpoint, $"{nameof(Descriptors.ProcessStartedWithoutCheckpoint)}.{variant}", changes);
}
