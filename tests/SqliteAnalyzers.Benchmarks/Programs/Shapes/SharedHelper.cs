namespace SqliteAnalyzers.Benchmarks.Programs.Shapes;

/// <summary>What many programs write for themselves: one method that opens and one that executes any text.</summary>
internal static class SharedHelper
{
    public static SourceFile File { get; } = new("Db.cs", """
        using Microsoft.Data.Sqlite;

        public static class Db
        {
            public static SqliteConnection Open(string path)
            {
                var connection = new SqliteConnection("Data Source=" + path);
                connection.Open();
                Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=30000");
                return connection;
            }

            public static int Execute(SqliteConnection connection, string sql)
            {
                using var command = connection.CreateCommand();
                command.CommandText = sql;
                return command.ExecuteNonQuery();
            }
        }

        """);
}
