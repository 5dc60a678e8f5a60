using Microsoft.Data.Sqlite;

namespace NightlyImport.Weekly;

/// <summary>
/// Moves old orders to a table of their own.
/// </summary>
internal static class Archive
{
    private const string LastDay = "2026-03-07";

    public static string Move(string databasePath)
    {
        // The archive has all night to wait for the others.
        using var connection = new SqliteConnection($"Data Source={databasePath};Default Timeout=0");
        connection.Open();
        connection.Execute("CREATE TABLE IF NOT EXISTS archive (id INTEGER PRIMARY KEY, date TEXT NOT NULL, customer_id INTEGER NOT NULL, amount_eur REAL)");

        connection.Execute("INSERT OR REPLACE INTO archive SELECT id, date, customer_id, amount_eur FROM orders WHERE date <= $1", LastDay);
        int orders = connection.Execute("DELETE FROM orders WHERE date <= $1", LastDay);
        return $"{orders} orders moved";
    }
}
