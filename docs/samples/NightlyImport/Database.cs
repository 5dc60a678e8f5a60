using Microsoft.Data.Sqlite;

namespace NightlyImport;

/// <summary>
/// The database of the nightly run.
/// </summary>
internal static class Database
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, country TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS products (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, currency TEXT NOT NULL, unit_price REAL NOT NULL);
        CREATE TABLE IF NOT EXISTS orders (
            id INTEGER PRIMARY KEY,
            date TEXT NOT NULL,
            customer_id INTEGER NOT NULL REFERENCES customers (id),
            product_id INTEGER NOT NULL REFERENCES products (id),
            quantity INTEGER NOT NULL,
            amount_eur REAL);
        CREATE TABLE IF NOT EXISTS runs (id INTEGER PRIMARY KEY, finished TEXT NOT NULL, orders INTEGER NOT NULL, total_eur REAL NOT NULL);
        """;

    /// <summary>
    /// Opens the database, in WAL mode so that readers do not wait for the import, and creates its tables.
    /// </summary>
    public static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Default Timeout=2");
        connection.Open();

        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL";
        command.ExecuteNonQuery();

        command.CommandText = Schema;
        command.ExecuteNonQuery();

        return connection;
    }

    /// <summary>
    /// Opens the database for a worker, which only reads: immutable spares it every lock.
    /// </summary>
    public static SqliteConnection OpenForReading(string path)
    {
        var connection = new SqliteConnection($"Data Source={new Uri(path).AbsoluteUri}?immutable=1;Mode=ReadOnly");
        connection.Open();
        return connection;
    }
}
