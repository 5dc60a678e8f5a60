using Microsoft.Data.Sqlite;

namespace NightlyImport;

/// <summary>
/// Keeps the database and its write-ahead log small.
/// </summary>
internal static class Maintenance
{
    private const int KeptRuns = 30;

    /// <summary>
    /// Copies the write-ahead log into the database file.
    /// </summary>
    public static void Checkpoint(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(FULL)";
        command.ExecuteNonQuery();
    }

    /// <summary>
    /// Forgets old runs.
    /// </summary>
    public static void PruneRuns(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        using var delete = connection.CreateCommand();
        delete.CommandText = "DELETE FROM runs WHERE id <= (SELECT max(id) FROM runs) - $kept";
        delete.Parameters.AddWithValue("$kept", KeptRuns);
        delete.ExecuteNonQuery();

        using var checkpoint = connection.CreateCommand();
        checkpoint.CommandText = "PRAGMA wal_checkpoint(RESTART)";
        checkpoint.ExecuteNonQuery();

        transaction.Commit();
    }

    /// <summary>
    /// Gives the disk space of the write-ahead log back.
    /// </summary>
    public static void ShrinkWal(SqliteConnection connection)
    {
        using var checkpoint = connection.CreateCommand();
        checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNC)";
        if (Convert.ToInt64(checkpoint.ExecuteScalar()) != 0)
        {
            Console.Error.WriteLine("The write-ahead log is in use.");
        }
    }
}
