using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Torture;

/// <summary>The table that is handed over. What stands in a row follows from its key, so that it is known what a share must sum up to.</summary>
/// <param name="Rows">How many rows there are.</param>
/// <param name="HasGaps">Whether the second half of the keys lies a thousand times as far apart as the first.</param>
internal sealed record Measurements(int Rows, bool HasGaps)
{
    public const string Table = "measurement";

    private const long Gap = 1_000;

    private static readonly string[] s_columns = ["key", "value", "name"];

    public static void CreateTable(SqliteConnection connection) =>
        connection.Run($"CREATE TABLE {Table} (key INTEGER PRIMARY KEY, value INTEGER, name TEXT, touched INTEGER DEFAULT 0)");

    public static long Value(long key) => key * 2_654_435_761 % 1_000_003;

    /// <summary>Writes rows and commits.</summary>
    /// <param name="batch">What to write with.</param>
    /// <param name="from">The number of the first row, from 0 on.</param>
    /// <param name="to">The number of the row after the last.</param>
    public void Write(SqliteBatchWriter batch, int from, int to)
    {
        batch.InsertMany(Table, s_columns, Enumerable.Range(from, to - from), (row, number) =>
        {
            var key = Key(number);
            row.Bind(1, key).Bind(2, Value(key)).BindUtf8(3, "a measurement"u8);
        });
        batch.Commit();
    }

    /// <summary>What each of the shares must sum up to.</summary>
    public RowSum[] Expected(IReadOnlyList<Share> shares)
    {
        var sums = new RowSum[shares.Count];
        for (var number = 0; number < Rows; number++)
        {
            var key = Key(number);
            for (var i = 0; i < sums.Length; i++)
            {
                if (shares[i].Contains(key))
                {
                    sums[i] = sums[i].With(key);
                }
            }
        }

        return sums;
    }

    private long Key(int number)
    {
        var half = Rows / 2;
        return HasGaps && number > half ? half + ((number - half) * Gap) : number;
    }
}
