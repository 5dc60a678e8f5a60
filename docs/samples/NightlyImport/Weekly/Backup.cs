using Microsoft.Data.Sqlite;

namespace NightlyImport.Weekly;

/// <summary>
/// Copies the database to where the tape drive takes it from.
/// </summary>
internal static class Backup
{
    public static string Write(string databasePath)
    {
        using var connection = Database.Open(databasePath);
        string backupPath = Path.ChangeExtension(databasePath, ".backup.db");
        File.Copy(databasePath, backupPath, overwrite: true);

        using var backup = new SqliteConnection($"Data Source={backupPath};Mode=ReadOnly;Pooling=False");
        backup.Open();
        return $"{Count(backup)} of {Count(connection)} orders";
    }

    private static object Count(SqliteConnection connection) => connection.Ask("SELECT count(*) FROM orders");
}
