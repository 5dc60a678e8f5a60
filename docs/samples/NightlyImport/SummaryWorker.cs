namespace NightlyImport;

/// <summary>
/// The worker that tells how many runs there were and what they counted.
/// </summary>
internal static class SummaryWorker
{
    public static int Run(string databasePath)
    {
        using var connection = Database.OpenForReading(databasePath);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*), total(total_eur) FROM runs";

        using var reader = command.ExecuteReader();
        reader.Read();
        Console.WriteLine($"Runs so far: {reader.GetInt64(0)}, {reader.GetDouble(1):F2} EUR in all.");
        return 0;
    }
}
