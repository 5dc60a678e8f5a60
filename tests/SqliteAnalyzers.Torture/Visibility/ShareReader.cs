using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace SqliteAnalyzers.Torture;

/// <summary>A worker: a process that reads its share and says what it has seen, how long it took, and how much of that it used a processor.</summary>
internal static class ShareReader
{
    public const string Name = "share-reader";

    /// <summary>Opens the database where it is.</summary>
    public const string InPlace = "in-place";

    /// <summary>Opens the database file alone, as a file that nobody changes.</summary>
    public const string Immutable = "immutable";

    /// <summary>Opens a copy of the database file alone.</summary>
    public const string Copied = "copied";

    public static void Run(string path, string how, Share share)
    {
        switch (how)
        {
            case Immutable:
                Read($"file:{path}?immutable=1", share);
                break;
            case Copied:
                var copy = $"{path}.{Environment.ProcessId}.copy";
                File.Copy(path, copy);
                Read($"file:{copy}?immutable=1", share);
                File.Delete(copy);
                break;
            default:
                Read(path, share);
                break;
        }
    }

    private static void Read(string dataSource, Share share)
    {
        using var connection = new SqliteConnection($"Data Source={dataSource};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*), coalesce(sum(key), 0), coalesce(sum(value), 0) FROM {Measurements.Table} WHERE {share.Condition}";
        var start = Stopwatch.GetTimestamp();
        var processorTime = Environment.CpuUsage.TotalTime;
        using var reader = command.ExecuteReader();
        reader.Read();
        var sum = new RowSum(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
        var milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var processorMilliseconds = (Environment.CpuUsage.TotalTime - processorTime).TotalMilliseconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sum.ToText()} {milliseconds} {processorMilliseconds}"));
    }
}
