using System.Globalization;

namespace SqliteAnalyzers.Benchmarks.Bulk;

/// <summary>The table that everybody inserts into, the pragmas that everybody sets, and the rows.</summary>
internal static class MeasurementTable
{
    public const string Name = "Measurement";

    public const string Schema = "CREATE TABLE Measurement (Id INTEGER PRIMARY KEY, Name TEXT NOT NULL, Value REAL NOT NULL, Taken INTEGER NOT NULL)";

    /// <summary>What SqliteConnectionOptions.BulkWork sets, for those that do not use it.</summary>
    public const string Pragmas = "PRAGMA busy_timeout=30000; PRAGMA journal_mode=wal; PRAGMA synchronous=1; PRAGMA temp_store=2; PRAGMA cache_size=-64000";

    public const string Insert = "INSERT INTO Measurement (Id, Name, Value, Taken) VALUES (?, ?, ?, ?)";

    public const string InsertNamed = "INSERT INTO Measurement (Id, Name, Value, Taken) VALUES (@Id, @Name, @Value, @Taken)";

    private const int DistinctNames = 1_000;

    public static Measurement[] Rows(int count, KeyOrder order, int batchSize)
    {
        var names = Enumerable.Range(0, DistinctNames).Select(n => string.Create(CultureInfo.InvariantCulture, $"station {n:0000} north")).ToArray();
        var keys = Keys(count, order, batchSize);

        // The same values as those of insert.c.
        var rows = new Measurement[count];
        for (var i = 0; i < count; i++)
        {
            rows[i] = new Measurement
            {
                Id = keys[i],
                Name = names[(int)(i * 7_919L % DistinctNames)],
                Value = i % 10_007 / 7.0,
                Taken = 1_700_000_000L + i,
            };
        }

        return rows;
    }

    private static long[] Keys(int count, KeyOrder order, int batchSize)
    {
        var keys = new long[count];
        for (var i = 0; i < count; i++)
        {
            keys[i] = order == KeyOrder.Ascending ? i + 1 : Scattered(i);
        }

        if (order == KeyOrder.SortedInBatches)
        {
            for (var start = 0; start < count; start += batchSize)
            {
                Array.Sort(keys, start, Math.Min(batchSize, count - start));
            }
        }

        return keys;
    }

    // SplitMix64: no two indices have the same 64 bits.
    private static long Scattered(int index)
    {
        var z = (ulong)(index + 1) * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (long)(z ^ (z >> 31));
    }
}
