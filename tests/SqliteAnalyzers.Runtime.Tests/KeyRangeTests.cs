namespace SqliteAnalyzers.Runtime.Tests;

public sealed class KeyRangeTests : IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public KeyRangeTests()
    {
        _connection.Open();
        _connection.Run("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT)");
    }

    public void Dispose() => _connection.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1_000, 1)]
    [InlineData(1_000, 10)]
    [InlineData(1_003, 10)]
    [InlineData(10, 10)]
    [InlineData(11, 10)]
    [InlineData(19, 10)]
    public void Gives_each_range_as_many_rows_give_or_take_one(int rows, int count)
    {
        Insert(Enumerable.Range(1, rows).Select(i => (long)i));

        var ranges = Split(count);

        Assert.Equal(count, ranges.Count);
        AssertCoverEverythingOnce(ranges);
        Assert.All(ranges, r => Assert.InRange(RowsIn(r), rows / count, (rows + count - 1) / count));
    }

    [Fact]
    public void Counts_rows_and_not_keys()
    {
        Insert(Enumerable.Range(0, 1_000).Select(i => i < 500 ? i : i * 1_000_000_000_000L));

        Assert.All(Split(10), r => Assert.Equal(100, RowsIn(r)));
    }

    [Fact]
    public void Takes_negative_keys_and_the_smallest_and_the_largest_there_are()
    {
        Insert([long.MinValue, long.MinValue + 1, -5, 0, 7, long.MaxValue - 1, long.MaxValue]);

        var ranges = Split(7);

        AssertCoverEverythingOnce(ranges);
        Assert.Equal([1, 1, 1, 1, 1, 1, 1], ranges.Select(RowsIn));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    public void Makes_no_range_without_rows_but_for_an_empty_table(int rows, int expected)
    {
        Insert(Enumerable.Range(1, rows).Select(i => (long)i));

        var ranges = Split(10);

        Assert.Equal(expected, ranges.Count);
        AssertCoverEverythingOnce(ranges);
    }

    [Fact]
    public void Has_a_range_for_keys_that_come_later()
    {
        Insert([10, 20, 30, 40]);
        var ranges = Split(2);

        Insert([long.MinValue, 15, 25, 35, long.MaxValue]);

        Assert.Equal(9, ranges.Sum(RowsIn));
    }

    [Fact]
    public void Finds_tables_by_their_names_as_they_are_and_in_other_databases()
    {
        _connection.Run(""""
            ATTACH ':memory:' AS "other ""one"; CREATE TABLE "other ""one"."order by ""x""" (a TEXT);
            INSERT INTO "other ""one"."order by ""x""" VALUES ('a'), ('b');
            CREATE TEMP TABLE item (id INTEGER PRIMARY KEY); INSERT INTO temp.item VALUES (1), (2), (3)
            """");

        Assert.Equal(2, SqliteKeyRange.Split(_connection, "order by \"x\"", 5, "other \"one").Count);
        Assert.Equal(3, SqliteKeyRange.Split(_connection, "item", 5, "temp").Count);
        Assert.Single(SqliteKeyRange.Split(_connection, "item", 5));
    }

    [Fact]
    public void Is_not_misled_by_columns_named_like_the_rowid()
    {
        _connection.Run("""
            CREATE TABLE named (ROWID TEXT, oid INTEGER); INSERT INTO named VALUES ('z', 100), ('y', 100), ('x', 100);
            CREATE TABLE key (rowid INTEGER PRIMARY KEY); INSERT INTO key VALUES (5), (6)
            """);

        Assert.Equal([new(long.MinValue, 1), new(2, 2), new(3, long.MaxValue)], SqliteKeyRange.Split(_connection, "named", 3));
        Assert.Equal([new(long.MinValue, 5), new(6, long.MaxValue)], SqliteKeyRange.Split(_connection, "key", 2));
    }

    [Theory]
    [InlineData("CREATE TABLE t (id INTEGER PRIMARY KEY) WITHOUT ROWID")]
    [InlineData("CREATE VIEW t AS SELECT 1 AS id")]
    [InlineData("CREATE TABLE t (rowid TEXT, _rowid_ TEXT, oid TEXT)")]
    public void Refuses_what_has_no_rowid(string sql)
    {
        _connection.Run(sql);
        var exception = Assert.Throws<ArgumentException>("table", () => SqliteKeyRange.Split(_connection, "t", 2));
        Assert.Contains("'t' has no rowid", exception.Message);
    }

    [Fact]
    public void Splits_within_a_transaction_what_it_has_written()
    {
        using var transaction = _connection.BeginTransaction();
        Insert([1, 2]);

        Assert.Equal([new(long.MinValue, 1), new(2, long.MaxValue)], Split(2));
    }

    [Fact]
    public void Refuses_wrong_arguments()
    {
        Assert.Throws<ArgumentNullException>("connection", () => SqliteKeyRange.Split(null!, "item", 2));
        Assert.Throws<ArgumentNullException>("table", () => SqliteKeyRange.Split(_connection, null!, 2));
        Assert.Throws<ArgumentException>("table", () => SqliteKeyRange.Split(_connection, "", 2));
        Assert.Throws<ArgumentNullException>("databaseName", () => SqliteKeyRange.Split(_connection, "item", 2, null!));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => SqliteKeyRange.Split(_connection, "item", 0));
        Assert.Contains("no such table", Assert.Throws<SqliteException>(() => SqliteKeyRange.Split(_connection, "nothing", 2)).Message);
        Assert.Contains("no such table", Assert.Throws<SqliteException>(() => SqliteKeyRange.Split(_connection, "item", 2, "nowhere")).Message);
        using var closed = new SqliteConnection("Data Source=:memory:");
        Assert.Throws<InvalidOperationException>(() => SqliteKeyRange.Split(closed, "item", 2));
    }

    private IReadOnlyList<SqliteKeyRange> Split(int count) => SqliteKeyRange.Split(_connection, "item", count);

    private void Insert(IEnumerable<long> keys)
    {
        foreach (var key in keys)
        {
            _connection.Run($"INSERT INTO item (id) VALUES ({key})");
        }
    }

    private int RowsIn(SqliteKeyRange range) => (int)(long)_connection.Scalar($"SELECT count(*) FROM item WHERE id BETWEEN {range.First} AND {range.Last}")!;

    private static void AssertCoverEverythingOnce(IReadOnlyList<SqliteKeyRange> ranges)
    {
        Assert.Equal(long.MinValue, ranges[0].First);
        Assert.Equal(long.MaxValue, ranges[^1].Last);
        Assert.All(ranges.Zip(ranges.Skip(1)), pair => Assert.Equal(pair.First.Last + 1, pair.Second.First));
        Assert.All(ranges, r => Assert.True(r.First <= r.Last));
    }
}
