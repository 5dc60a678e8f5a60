using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Benchmarks.Measuring;
using SqliteAnalyzers.Benchmarks.Report;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Benchmarks.Bulk;

/// <summary>What <c>InsertMany</c> costs for a few rows, of which it has little to gain, in a schema of many tables, which it looks at.</summary>
internal static class FewRowsPart
{
    private const int Tables = 300;
    private const int Rounds = 40;
    private const int RowsAtATime = 10_000;

    private static readonly int[] s_counts = [1, 3, 10, 100];

    public static void Run(PartContext context)
    {
        using var connection = new SqliteConnection($"Data Source={context.Folder.NewFile("few.db")};Pooling=False");
        connection.OpenConfigured(SqliteConnectionOptions.BulkWork with { WalAutoCheckpoint = 0 });
        using (var command = new SqliteCommand(MeasurementTable.Schema, connection))
        {
            command.ExecuteNonQuery();
            for (var table = 1; table < Tables; table++)
            {
                command.CommandText = $"CREATE TABLE Other{table} (Id INTEGER PRIMARY KEY, Name TEXT NOT NULL)";
                command.ExecuteNonQuery();
            }
        }

        using var batch = new SqliteBatchWriter(connection);
        var statement = batch.Prepare(MeasurementTable.Insert);
        var id = 0L;
        context.Page.Heading(2, "A few rows in a large schema");
        context.Page.Paragraph($"""
            A few rows at a time, by the clock, in a database of {Tables} tables ({Numbers.Whole(RowsAtATime)} rows of each contender in each of {Rounds} rounds). The ratio is to as many executions
            of a prepared statement of the same batch. The commits, one every {Numbers.Whole(SqliteBatchWriter.DefaultBatchSize)} rows, are part of the time; checkpoints are off.
            """);
        var lines = new List<IReadOnlyList<string>>();
        foreach (var count in s_counts)
        {
            var rows = MeasurementTable.Rows(count, KeyOrder.Ascending, SqliteBatchWriter.DefaultBatchSize);
            var results = Repetition.InTurns(
                [("prepared statement", () => Array.ForEach(rows, row => statement.Bind(1, ++id).Bind(2, row.Name).Bind(3, row.Value).Bind(4, row.Taken).Execute())),
                ("`InsertMany`", () => batch.InsertMany(MeasurementTable.Name, ["Id", "Name", "Value", "Taken"], rows, (bound, row) => bound.Bind(1, ++id).Bind(2, row.Name).Bind(3, row.Value).Bind(4, row.Taken)))],
                Rounds,
                RowsAtATime / count);
            lines.AddRange(results.Select(result => (IReadOnlyList<string>)
            [
                Numbers.Whole(count),
                result.Title,
                Numbers.Ratio(result.RatioTo(results[0])),
                Numbers.TwoDigits(result.Microseconds.Median),
                Numbers.Whole(result.Bytes.Median),
            ]));
        }

        context.Page.Table(["rows", "", "time × prepared", "µs", "bytes allocated"], lines);
        context.Folder.Clear();
    }
}
