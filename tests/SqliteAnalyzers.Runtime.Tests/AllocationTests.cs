namespace SqliteAnalyzers.Runtime.Tests;

public sealed class AllocationTests : IDisposable
{
    private const int Rows = 20_000;

    private readonly SqliteConnection _connection = new("Data Source=:memory:");
    private readonly string[] _names = [.. Enumerable.Range(0, 100).Select(i => $"name {i}")];

    public AllocationTests()
    {
        _connection.Open();
        _connection.Run("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, value REAL, maybe INTEGER)");
    }

    public void Dispose() => _connection.Dispose();

    [Fact]
    public void Statements_allocate_nothing_for_a_row()
    {
        using var batch = new SqliteBatchWriter(_connection, SqliteBatchWriter.MaxBatchSize);
        var insert = batch.Prepare("INSERT INTO item VALUES (?, ?, ?, ?)");
        Insert(0);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Insert(Rows);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Insert(int first)
        {
            for (var i = first; i < first + Rows; i++)
            {
                insert.Bind(1, (long)i).Bind(2, _names[i % 100]).Bind(3, i * 0.5).Bind(4, i % 2 == 0 ? null : (int?)i).Execute();
            }
        }
    }

    [Fact]
    public void Units_allocate_nothing()
    {
        using var batch = new SqliteBatchWriter(_connection, SqliteBatchWriter.MaxBatchSize);
        var insert = batch.Prepare("INSERT INTO item VALUES (?, NULL, NULL, NULL)");
        Insert(0);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Insert(Rows);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Insert(int first)
        {
            for (var i = first; i < first + Rows; i++)
            {
                using var unit = batch.BeginUnit();
                insert.Bind(1, i).Execute();
                unit.Complete();
            }
        }
    }

    [Fact]
    public void InsertMany_allocates_the_same_for_many_rows_as_for_few()
    {
        using var batch = new SqliteBatchWriter(_connection, SqliteBatchWriter.MaxBatchSize);
        Insert(0, Rows);
        Insert(Rows, 1);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Insert(Rows + 1, 1);
        var few = GC.GetAllocatedBytesForCurrentThread() - before;

        before = GC.GetAllocatedBytesForCurrentThread();
        Insert(Rows + 2, Rows);
        var many = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(many, 0, few + 64);

        void Insert(int first, int count) => batch.InsertMany(
            "item",
            ["id", "name", "value", "maybe"],
            Enumerable.Range(first, count),
            (row, i) => row.Bind(1, i).Bind(2, _names[i % 100]).Bind(3, i * 0.5).Bind(4, i % 2 == 0 ? null : (int?)i));
    }
#if !NETSTANDARD_BUILD

    [Fact]
    public void Dates_identifiers_and_enumerations_are_written_without_allocating()
    {
        _connection.Run("CREATE TABLE typed (a, b, c, d, e, f, g)");
        using var batch = new SqliteBatchWriter(_connection, SqliteBatchWriter.MaxBatchSize);
        var insert = batch.Prepare("INSERT INTO typed VALUES (?, ?, ?, ?, ?, ?, ?)");
        var time = new DateTime(2024, 2, 29, 1, 2, 3);
        Insert();

        var before = GC.GetAllocatedBytesForCurrentThread();
        Insert();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Insert()
        {
            for (var i = 0; i < Rows; i++)
            {
                insert.Bind(1, time).Bind(2, Guid.Empty).Bind(3, DayOfWeek.Friday).Bind(4, 1.5m).Bind(5, TimeSpan.FromHours(1)).Bind(6, new DateTimeOffset(time, TimeSpan.Zero)).Bind(7, true).Execute();
            }
        }
    }
#endif
}
