using Microsoft.Data.Sqlite;

namespace NightlyImport;

/// <summary>
/// The nightly run: import, convert, aggregate, report, tidy up.
/// </summary>
internal static class Nightly
{
    private const int WorkerCount = 4;

    private static readonly Dictionary<string, double> s_eurosPerUnit = new()
    {
        ["EUR"] = 1,
        ["NOK"] = 0.085,
        ["SEK"] = 0.09,
        ["USD"] = 0.92,
    };

    public static int Run(string databasePath)
    {
        using var connection = Database.Open(databasePath);

        var importer = new OrderImporter(connection);
        int imported = importer.Import(Path.Combine(AppContext.BaseDirectory, "orders.csv"));
        Maintenance.Checkpoint(connection);
        importer.ConvertToEuros(s_eurosPerUnit);

        var shares = Workers.Aggregate(WorkerCount, imported);
        double total = Report.Write(Path.Combine(AppContext.BaseDirectory, "report.txt"), shares);
        Console.WriteLine($"Imported {imported} orders; the workers counted {total:F2} EUR.");

        RecordRun(connection, imported, total);

        try
        {
            Maintenance.PruneRuns(connection);
            Maintenance.ShrinkWal(connection);
        }
        catch (SqliteException exception)
        {
            Console.Error.WriteLine($"Maintenance failed: {exception.Message}");
        }

        return 0;
    }

    private static void RecordRun(SqliteConnection connection, int orders, double total)
    {
        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO runs (finished, orders, total_eur) VALUES (datetime('now'), $orders, $total)";
        insert.Parameters.AddWithValue("$orders", orders);
        insert.Parameters.AddWithValue("$total", total);
        insert.ExecuteNonQuery();

        Workers.Summarize();
        transaction.Commit();
    }
}
