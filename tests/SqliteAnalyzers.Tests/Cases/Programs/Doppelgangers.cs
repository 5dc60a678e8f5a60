// Types of the user that happen to have the libraries' names.
namespace Doppelgangers
{
    using Mine.Data;
    using Mine.Diagnostics;

    internal static class Cases
    {
        public static void OwnConnectionOwnProcess()
        {
            using var connection = new SqliteConnection("Data Source=own.db");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO t VALUES (1)";
            command.ExecuteNonQuery();
            command.CommandText = "PRAGMA journal_mode=WAL";
            command.ExecuteNonQuery();
            command.CommandText = "PRAGMA wal_checkpoint(FUL)";
            command.ExecuteNonQuery();
            Process.Start("worker");
        }

        public static void OwnConnectionRealProcess()
        {
            var connection = new SqliteConnection("Data Source=own.db");
            connection.Open();
            var command = connection.CreateCommand();
            command.CommandText = "DELETE FROM t";
            command.ExecuteNonQuery();
            System.Diagnostics.Process.Start("worker");
        }

        public static void RealConnectionOwnProcess()
        {
            using var connection = new Microsoft.Data.Sqlite.SqliteConnection("Data Source=real.db");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=1000";
            command.ExecuteNonQuery();
            command.CommandText = "DELETE FROM t";
            command.ExecuteNonQuery();
            Process.Start("worker");
            new Process().Start();
        }

        public static void RealConnectionRealProcess()
        {
            using var connection = new Microsoft.Data.Sqlite.SqliteConnection("Data Source=real.db");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "DELETE FROM t";
            command.ExecuteNonQuery();
            System.Diagnostics.Process.Start("worker"); // expect: SQLITE1001
        }

        public static void OwnDapper()
        {
            using var connection = new Microsoft.Data.Sqlite.SqliteConnection("Data Source=real.db");
            connection.Open();
            SqlMapper.Execute(connection, "DELETE FROM t");
            System.Diagnostics.Process.Start("worker");
        }
    }
}

namespace Mine.Data
{
    internal sealed class SqliteConnection : System.IDisposable
    {
        public SqliteConnection(string source) => Source = source;

        public string Source { get; }

        public void Open()
        {
        }

        public SqliteCommand CreateCommand() => new();

        public void Dispose()
        {
        }
    }

    internal sealed class SqliteCommand : System.IDisposable
    {
        public string CommandText { get; set; } = "";

        public int ExecuteNonQuery() => CommandText.Length;

        public void Dispose()
        {
        }
    }

    internal static class SqlMapper
    {
        public static void Execute(System.Data.Common.DbConnection connection, string sql) => System.Console.WriteLine(sql + connection.DataSource);
    }
}

namespace Mine.Diagnostics
{
    internal sealed class Process
    {
        public static void Start(string name) => System.Console.WriteLine(name);

        public void Start()
        {
        }
    }
}
