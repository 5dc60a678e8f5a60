namespace NightlyImport.Weekly;

/// <summary>
/// Gives a table that there is already a check, for which SQLite needs the table made anew.
/// </summary>
internal static class CustomerTable
{
    public static string AddCheck(string databasePath)
    {
        using var connection = Database.Open(databasePath);
        if ((long)connection.Ask("PRAGMA user_version") > 0)
        {
            return "have their check";
        }

        using var transaction = connection.BeginTransaction();
        connection.Execute("PRAGMA foreign_keys = OFF");
        connection.Execute("CREATE TABLE renewed (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, country TEXT NOT NULL CHECK (length(country) = 2))");
        connection.Execute("INSERT INTO renewed SELECT id, name, country FROM customers");
        connection.Execute("DROP TABLE customers");
        connection.Execute("ALTER TABLE renewed RENAME TO customers");
        connection.Execute("PRAGMA user_version = 1");
        transaction.Commit();
        return "have a check now";
    }
}
