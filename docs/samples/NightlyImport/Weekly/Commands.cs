using Microsoft.Data.Sqlite;

namespace NightlyImport.Weekly;

/// <summary>
/// Executes a statement with the values of its parameters $1, $2 and so on.
/// </summary>
internal static class Commands
{
    /// <returns>The number of rows written.</returns>
    public static int Execute(this SqliteConnection connection, string sql, params object[] values)
    {
        using var command = Create(connection, sql, values);
        return command.ExecuteNonQuery();
    }

    /// <returns>The first column of the first row.</returns>
    public static object Ask(this SqliteConnection connection, string sql, params object[] values)
    {
        using var command = Create(connection, sql, values);
        return command.ExecuteScalar()!;
    }

    private static SqliteCommand Create(SqliteConnection connection, string sql, object[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i]);
        }

        return command;
    }
}
