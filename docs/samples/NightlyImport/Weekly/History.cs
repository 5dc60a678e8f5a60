using Microsoft.Data.Sqlite;

namespace NightlyImport.Weekly;

/// <summary>
/// Keeps the total of each week, in a database of its own.
/// </summary>
internal static class History
{
    public static string Keep(string databasePath)
    {
        using var connection = Database.Open(databasePath);
        double total = (double)connection.Ask("SELECT total(amount_eur) FROM orders");

        string historyPath = Path.Combine(Path.GetDirectoryName(databasePath)!, "history.db");
        using var history = new SqliteConnection($"Data Source={historyPath};Version=3");
        history.Open();
        history.Execute("CREATE TABLE IF NOT EXISTS weeks (id INTEGER PRIMARY KEY, ended TEXT NOT NULL, total_eur REAL NOT NULL)");
        history.Execute("INSERT INTO weeks (ended, total_eur) VALUES (date('now'), $1)", total);
        return $"week {history.Ask("SELECT count(*) FROM weeks")}";
    }
}
