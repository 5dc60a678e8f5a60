using Microsoft.Data.Sqlite;

namespace NightlyImport.Weekly;

/// <summary>
/// Finds the customer with the most orders, in a scratch database in memory.
/// </summary>
internal static class TopCustomers
{
    public static string Find(string databasePath)
    {
        using var connection = Database.Open(databasePath);
        using var scratch = new SqliteConnection("Data Source=:memory:");
        Copy(connection, scratch);

        scratch.Open();
        return $"{scratch.Ask("SELECT name FROM ordered GROUP BY name ORDER BY count(*) DESC, name LIMIT 1")} has ordered most";
    }

    private static void Copy(SqliteConnection connection, SqliteConnection scratch)
    {
        scratch.Open();
        scratch.Execute("CREATE TABLE ordered (name TEXT)");

        using var select = connection.CreateCommand();
        select.CommandText = "SELECT name FROM orders JOIN customers ON customers.id = customer_id";
        using var reader = select.ExecuteReader();
        using var transaction = scratch.BeginTransaction();
        while (reader.Read())
        {
            scratch.Execute("INSERT INTO ordered VALUES ($1)", reader.GetString(0));
        }

        transaction.Commit();
        scratch.Close();
    }
}
