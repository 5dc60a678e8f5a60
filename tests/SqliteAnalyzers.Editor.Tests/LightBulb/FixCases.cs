using Microsoft.CodeAnalysis;

namespace SqliteAnalyzers.Editor.Tests.LightBulb;

/// <summary>
/// What a user sees for a finding of each rule: id, severity, what is underlined, the titles of the light bulb, the code afterwards.
/// </summary>
internal static class FixCases
{
    private const DiagnosticSeverity Warning = DiagnosticSeverity.Warning;
    private const DiagnosticSeverity Info = DiagnosticSeverity.Info;

    public static IReadOnlyList<FixCase> All { get; } =
    [
        new("SQLITE1001", Warning,
            """
            public static void Run()
            {
                using var connection = new SqliteConnection("Data Source=orders.db");
                connection.OpenConfigured();
                connection.Execute("DELETE FROM orders");
                using var worker = [|Process.Start("worker")|];
                worker.WaitForExit();
            }
            """ + Helper,
            ["Checkpoint before the process starts", "Checkpoint before the process starts (ADO.NET only)"],
            """connection.Execute("DELETE FROM orders"); connection.Checkpoint(); using var worker = Process.Start("worker");"""),
        new("SQLITE1002", Warning,
            """
            public static void Run()
            {
                using var connection = new SqliteConnection("Data Source=orders.db");
                connection.OpenConfigured();
                using var transaction = connection.BeginTransaction();
                connection.Execute("DELETE FROM orders", transaction);
                using var worker = [|Process.Start("worker")|];
                worker.WaitForExit();
                transaction.Commit();
            }
            """ + Helper,
            ["Move the commit before the process start, and checkpoint", "Move the commit before the process start, and checkpoint (ADO.NET only)"],
            """connection.Execute("DELETE FROM orders", transaction); transaction.Commit(); connection.Checkpoint(); using var worker = Process.Start("worker"); worker.WaitForExit(); }"""),
        new("SQLITE2001", Warning,
            """
            public static void Run()
            {
                using var connection = new SqliteConnection("Data Source=orders.db");
                connection.OpenConfigured();
                using var transaction = connection.BeginTransaction();
                connection.Execute("DELETE FROM orders", transaction);
                [|connection.Checkpoint()|];
                transaction.Commit();
            }
            """ + Helper,
            ["Move the checkpoint after the commit"],
            "transaction.Commit(); connection.Checkpoint(); }"),
        new("SQLITE2002", Warning,
            """
            public static void Run(SqliteConnection connection)
            {
                using var checkpoint = connection.CreateCommand();
                checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
                [|checkpoint.ExecuteNonQuery()|];
            }
            """,
            ["Use connection.Checkpoint(), which throws when blocked", "Throw when the checkpoint is blocked (ADO.NET only)"],
            "{ connection.Checkpoint(SqliteCheckpointMode.Truncate); }"),
        new("SQLITE2003", Warning,
            """
            public static object? Run(SqliteConnection connection)
            {
                using var checkpoint = connection.CreateCommand();
                checkpoint.CommandText = "PRAGMA wal_checkpoint([|TRUNCAT|])";
                return checkpoint.ExecuteScalar();
            }
            """,
            ["Change 'TRUNCAT' to 'TRUNCATE'"],
            "\"PRAGMA wal_checkpoint(TRUNCATE)\""),
        new("SQLITE3001", Warning,
            """
            public static long Count()
            {
                using var connection = new SqliteConnection("Data Source=orders.db");
                [|connection.Open()|];
                using var command = new SqliteCommand("DELETE FROM orders", connection);
                return command.ExecuteNonQuery();
            }
            """,
            ["Use OpenConfigured() (WAL, NORMAL, 30 s timeout)", "Set busy_timeout, journal_mode, synchronous after opening (ADO.NET only)"],
            "connection.OpenConfigured(); using var command"),
        new("SQLITE3002", Warning,
            """
            public static void Run(SqliteConnection connection)
            {
                using var command = new SqliteCommand("PRAGMA [|jornal_mode|] = WAL", connection);
                command.ExecuteNonQuery();
            }
            """,
            ["Change 'jornal_mode' to 'journal_mode'"],
            "\"PRAGMA journal_mode = WAL\""),
        new("SQLITE3003", Warning,
            """
            public static void Run(SqliteConnection connection)
            {
                using var command = new SqliteCommand("PRAGMA synchronous = [|NORMALLY|]", connection);
                command.ExecuteNonQuery();
            }
            """,
            ["Change 'NORMALLY' to 'NORMAL'"],
            "\"PRAGMA synchronous = NORMAL\""),
        new("SQLITE3005", Warning,
            """
            public static SqliteConnection Connect() => new("Data Source=orders.db;[|Cache|]=Shared");
            """,
            ["Remove 'Cache=Shared'"],
            """new("Data Source=orders.db");"""),
        new("SQLITE3006", Warning,
            """
            public static void Run(SqliteConnection connection)
            {
                using var command = new SqliteCommand("PRAGMA synchronous = [|OFF|]", connection);
                command.ExecuteNonQuery();
            }
            """,
            ["Change 'OFF' to 'NORMAL'"],
            "\"PRAGMA synchronous = NORMAL\""),
        new("SQLITE3007", Warning,
            """
            public static SqliteConnection Connect() => new("Data Source=orders.db;[|Version|]=3");
            """,
            ["Remove 'Version=3'"],
            """new("Data Source=orders.db");"""),
        new("SQLITE4001", Warning,
            """
            public static void Run(string[] names)
            {
                using var connection = new SqliteConnection("Data Source=orders.db");
                connection.OpenConfigured();
                foreach (string name in names)
                {
                    using var command = connection.CreateCommand();
                    command.CommandText = "INSERT INTO orders (name) VALUES ($name)";
                    command.Parameters.AddWithValue("$name", name);
                    [|command.ExecuteNonQuery()|];
                }
            }
            """,
            ["Put the loop in a transaction"],
            "using var transaction = connection.BeginTransaction(); foreach (string name in names)"),
        new("SQLITE4003", Info,
            """
            public static void Run(SqliteConnection connection)
            {
                using var batch = new SqliteBatchWriter(connection, [|1_000_000|]);
                batch.Execute("DELETE FROM orders");
                batch.Commit();
            }
            """,
            ["Change the batch size to 5000"],
            "new SqliteBatchWriter(connection, 5000);"),
        new("SQLITE4005", Warning,
            """
            public static void Run(string[] names)
            {
                var connection = new SqliteConnection("Data Source=orders.db");
                connection.OpenConfigured();
                var transaction = [|connection.BeginTransaction()|];
                foreach (string name in names)
                {
                    connection.Execute($"INSERT INTO orders (name) VALUES ('{name}')", transaction);
                }

                transaction.Commit();
                connection.Close();
            }
            """ + Helper,
            ["Dispose of the transaction with 'using'"],
            "using var transaction = connection.BeginTransaction();"),
        new("SQLITE4006", Warning,
            """
            public static void Run(SqliteConnection connection)
            {
                using var transaction = [|connection.BeginTransaction(deferred: true)|];
                using var select = new SqliteCommand("SELECT count FROM stock", connection, transaction);
                long count = (long)select.ExecuteScalar()!;
                connection.Execute($"UPDATE stock SET count = {count - 1}", transaction);
                transaction.Commit();
            }
            """ + Helper,
            ["Begin the transaction with BEGIN IMMEDIATE"],
            "using var transaction = connection.BeginTransaction();"),
        new("SQLITE4007", Warning,
            """
            public static void Run(SqliteConnection connection)
            {
                using var transaction = connection.BeginTransaction();
                using var insert = new SqliteCommand("INSERT INTO orders (amount) VALUES (10)", connection);
                [|insert.ExecuteNonQuery()|];
                transaction.Commit();
            }
            """,
            ["Execute the command in 'transaction'"],
            "connection, transaction);"),
    ];

    private const string Helper =
        """


        private static void Execute(this SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
        {
            using var command = new SqliteCommand(sql, connection, transaction);
            command.ExecuteNonQuery();
        }
        """;
}
