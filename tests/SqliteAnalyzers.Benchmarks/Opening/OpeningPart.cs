using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Benchmarks.Bulk;
using SqliteAnalyzers.Benchmarks.Measuring;
using SqliteAnalyzers.Benchmarks.Report;
using SqliteAnalyzers.Runtime;
using SQLitePCL;

namespace SqliteAnalyzers.Benchmarks.Opening;

/// <summary>What it costs to configure a connection when it is opened.</summary>
internal static class OpeningPart
{
    private const int RoundsForEach = 8;
    private const int PooledAtATime = 2_000;
    private const int UnpooledAtATime = 200;

    public static void Run(PartContext context)
    {
        var rounds = context.Rounds * RoundsForEach;
        context.Page.Heading(2, "Opening");
        context.Page.Paragraph($"""
            Opening and closing a connection, and setting five pragmas in between: busy_timeout, journal_mode, synchronous, temp_store, cache_size. "Over bare" is
            the time by the clock that is added to the first line ({rounds} rounds of {Numbers.Whole(PooledAtATime)} pooled or {UnpooledAtATime} unpooled openings for each line). Unpooled connections read a row too,
            because SQLite looks at the file no sooner. The database is in WAL mode.
            """);

        var path = context.Folder.NewFile("opening.db");
        Create(path);
        Report(context.Page, "From the pool", Repetition.InTurns(Contenders($"Data Source={path}", readsRow: false), rounds, PooledAtATime));
        SqliteConnection.ClearAllPools();

        var unpooled = $"Data Source={path};Pooling=False";
        using (var other = new SqliteConnection(unpooled))
        {
            other.OpenConfigured(SqliteConnectionOptions.BulkWork);
            ReadRow(other);
            Report(context.Page, "Unpooled, while another connection is open", Repetition.InTurns(Contenders(unpooled, readsRow: true), rounds, UnpooledAtATime));
        }

        Report(context.Page, "Unpooled and alone: closing makes a checkpoint and removes the -wal file", Repetition.InTurns(Contenders(unpooled, readsRow: true), rounds, UnpooledAtATime));
        context.Folder.Clear();
    }

    private static void Report(Page page, string title, IReadOnlyList<Repetition> results)
    {
        PartContext.Progress($"opening: {title}");
        page.Table([title, "× bare", "µs over bare", "µs", "bytes allocated"], results.Select(r => (IReadOnlyList<string>)
        [
            r.Title,
            Numbers.Ratio(r.RatioTo(results[0])),
            r == results[0] ? "" : Numbers.Microseconds(r.DifferenceTo(results[0])),
            Numbers.OneDigit(r.Microseconds.Median),
            Numbers.Whole(r.Bytes.Median),
        ]));
    }

    private static (string Title, Action Run)[] Contenders(string connectionString, bool readsRow)
    {
        var pragmas = MeasurementTable.Pragmas.Split(';');
        var source = new ConfiguredSqliteDataSource(connectionString);
        return
        [
            (readsRow ? "Open and first read" : "Open", Opened(_ => { })),
            ("the same, and five commands", Opened(c => Array.ForEach(pragmas, p => Execute(c, p)))),
            ("the same, and one command with five pragmas", Opened(c => Execute(c, MeasurementTable.Pragmas))),
            ("the same, and one sqlite3_exec with five pragmas", Opened(c => raw.sqlite3_exec(c.Handle!, MeasurementTable.Pragmas))),
            (readsRow ? "OpenConfigured and first read" : "OpenConfigured", () =>
            {
                using var connection = new SqliteConnection(connectionString);
                connection.OpenConfigured(SqliteConnectionOptions.BulkWork);
                Read(connection);
            }),
            (readsRow ? "ConfiguredSqliteDataSource.OpenConnection and first read" : "ConfiguredSqliteDataSource.OpenConnection", () =>
            {
                using var connection = source.OpenConnection();
                Read(connection);
            }),
        ];

        Action Opened(Action<SqliteConnection> configure) => () =>
        {
            using var connection = new SqliteConnection(connectionString);
            connection.Open();
            configure(connection);
            Read(connection);
        };

        void Read(SqliteConnection connection)
        {
            if (readsRow)
            {
                ReadRow(connection);
            }
        }
    }

    private static void Create(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.OpenConfigured(SqliteConnectionOptions.BulkWork);
        Execute(connection, MeasurementTable.Schema);
        Execute(connection, "INSERT INTO Measurement VALUES (1, 'station', 1.5, 1700000000)");
    }

    private static void ReadRow(SqliteConnection connection)
    {
        using var command = new SqliteCommand("SELECT Value FROM Measurement WHERE Id = 1", connection);
        command.ExecuteScalar();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
