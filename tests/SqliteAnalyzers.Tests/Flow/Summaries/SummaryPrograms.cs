using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Flow.Summaries;

/// <summary>Small programs in which methods call each other in every way that there is.</summary>
internal static class SummaryPrograms
{
    private const string Caller = """
        static void Run(bool flag)
        {
            using var connection = new SqliteConnection("Data Source=app.db");
            connection.Open();
            connection.Execute("PRAGMA journal_mode=WAL");
            Save(connection, flag);
            Process.Start("worker");
        }

        """;

    private static readonly Dictionary<string, string> s_members = new(StringComparer.Ordinal)
    {
        ["helper"] = Caller + """
            static void Save(SqliteConnection connection, bool flag)
            {
                if (flag) connection.Execute("INSERT INTO t VALUES (1)");
            }
            """,
        ["chain of helpers"] = Caller + """
            static void Save(SqliteConnection connection, bool flag)
            {
                using var transaction = Begin(connection);
                Write(connection, "INSERT INTO t VALUES (1)", transaction);
                if (flag) Commit(transaction);
                Checkpoint(connection, "TRUNCATE");
            }

            static SqliteTransaction Begin(SqliteConnection connection) => connection.BeginTransaction();

            static void Write(SqliteConnection connection, string sql, SqliteTransaction transaction) => connection.Execute(sql, transaction: transaction);

            static void Commit(SqliteTransaction transaction) => transaction.Commit();

            static void Checkpoint(SqliteConnection connection, string mode) => connection.Execute($"PRAGMA wal_checkpoint({mode})");
            """,
        ["method that calls itself"] = Caller + """
            static void Save(SqliteConnection connection, bool flag)
            {
                connection.Execute("INSERT INTO t VALUES (1)");
                if (flag) Save(connection, !flag);
            }
            """,
        ["two methods that call each other"] = Caller + """
            static void Save(SqliteConnection connection, bool flag)
            {
                if (flag) Other(connection, flag);
                connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
            }

            static void Other(SqliteConnection connection, bool flag)
            {
                connection.Execute("INSERT INTO t VALUES (1)");
                if (!flag) Save(connection, flag);
                Process.Start("worker");
            }
            """,
        ["three methods that call each other"] = Caller + """
            static void Save(SqliteConnection connection, bool flag)
            {
                using var transaction = connection.BeginTransaction();
                if (flag) Second(connection, transaction);
                transaction.Commit();
            }

            static void Second(SqliteConnection connection, SqliteTransaction transaction)
            {
                connection.Execute("INSERT INTO t VALUES (1)", transaction: transaction);
                Third(connection, transaction);
            }

            static void Third(SqliteConnection connection, SqliteTransaction transaction)
            {
                Process.Start("worker");
                if (Environment.TickCount > 0) Second(connection, transaction);
                if (Environment.TickCount > 1) Save(connection, false);
            }
            """,
        ["two cycles that share a method"] = Caller + """
            static void Save(SqliteConnection connection, bool flag)
            {
                if (flag) Left(connection);
                if (!flag) Right(connection);
            }

            static void Left(SqliteConnection connection)
            {
                connection.Execute("INSERT INTO t VALUES (1)");
                Save(connection, true);
            }

            static void Right(SqliteConnection connection)
            {
                connection.Execute("PRAGMA wal_checkpoint(FULL)");
                Save(connection, false);
            }
            """,
        ["lambdas"] = Caller + """
            static void Save(SqliteConnection connection, bool flag)
            {
                Action write = () => connection.Execute("INSERT INTO t VALUES (1)");
                InTransaction(connection, flag ? write : () => { });
                InTransaction(connection, () => Process.Start("worker"));
            }

            static void InTransaction(SqliteConnection connection, Action action)
            {
                using var transaction = connection.BeginTransaction();
                action();
                transaction.Commit();
            }
            """,
        ["local functions"] = Caller + """
            static void Save(SqliteConnection connection, bool flag)
            {
                Write();
                if (flag) Start();

                void Write()
                {
                    using var transaction = connection.BeginTransaction();
                    connection.Execute("INSERT INTO t VALUES (1)", transaction: transaction);
                    Start();
                    if (flag) Write();
                    transaction.Commit();
                }

                void Start() => Process.Start("worker");
            }
            """,
        ["iterators"] = Caller + """
            static void Save(SqliteConnection connection, bool flag)
            {
                foreach (var row in Rows(connection))
                {
                    if (row > 1) Process.Start("worker");
                }
            }

            static IEnumerable<int> Rows(SqliteConnection connection)
            {
                using var transaction = connection.BeginTransaction();
                foreach (var number in Numbers())
                {
                    connection.Execute("INSERT INTO t VALUES (1)", transaction: transaction);
                    yield return number;
                }

                transaction.Commit();
            }

            static IEnumerable<int> Numbers()
            {
                yield return 1;
                yield return 2;
            }
            """,
        ["generic helpers"] = Caller + """
            static void Save(SqliteConnection connection, bool flag)
            {
                var count = With<int>(connection, held => held.Execute("INSERT INTO t VALUES (1)"));
                With<object>(connection, held => Identity(held).ExecuteScalar("PRAGMA wal_checkpoint(PASSIVE)"));
            }

            static T With<T>(SqliteConnection connection, Func<SqliteConnection, T> use) => use(Identity(connection));

            static T Identity<T>(T value) => value;
            """,
        ["fields, properties and constructors"] = """
            private readonly SqliteConnection _connection = new("Data Source=app.db");
            private SqliteTransaction _transaction;

            public Program() => _connection.Open();

            private SqliteConnection Held => _connection;

            private void Begin() => _transaction = Held.BeginTransaction();

            private void End()
            {
                _transaction.Commit();
                _transaction = null;
            }

            public void Run(bool flag)
            {
                Begin();
                Held.Execute("INSERT INTO t VALUES (1)");
                if (flag) End();
                Process.Start("worker");
            }

            public static void Main()
            {
                var program = new Program();
                program.Run(true);
                program.Run(false);
            }
            """,
        ["answers and texts of callers"] = Caller + """
            static void Save(SqliteConnection connection, bool flag)
            {
                Run(connection, "INSERT INTO t VALUES (1)");
                var busy = Run(connection, "PRAGMA wal_checkpoint(FULL)");
                Run(connection, Sql(flag));
            }

            static string Sql(bool flag) => flag ? "BEGIN" : "PRAGMA wal_checkpoint(TRUNCATE)";

            static int Run(SqliteConnection connection, string sql) => Checked(connection.ExecuteScalar<int>(sql));

            static int Checked(int value) => value;
            """,
        ["awaited helpers"] = Caller + """
            static void Save(SqliteConnection connection, bool flag) => SaveAsync(connection).GetAwaiter().GetResult();

            static async Task SaveAsync(SqliteConnection connection)
            {
                await using var transaction = await connection.BeginTransactionAsync();
                await connection.ExecuteAsync("INSERT INTO t VALUES (1)", transaction: transaction);
                await StartAsync();
                await transaction.CommitAsync();
            }

            static async Task StartAsync()
            {
                await Task.Yield();
                Process.Start("worker");
            }
            """,
    };

    public static IEnumerable<string> Names => s_members.Keys;

    public static string SourceOf(string name) => Source.Class(s_members[name]);
}
