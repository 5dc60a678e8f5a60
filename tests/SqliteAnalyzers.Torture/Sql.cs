using Microsoft.Data.Sqlite;

namespace SqliteAnalyzers.Torture;

/// <summary>Plain SQL through Microsoft.Data.Sqlite's own commands.</summary>
internal static class Sql
{
    public static void Run(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static object? Scalar(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
