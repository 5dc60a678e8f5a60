namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>Rows whose key is there already, and keys that SQLite gives.</summary>
public sealed class UpsertTests : IDisposable
{
    private static readonly string[] s_columns = ["code", "name", "price"];

    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public UpsertTests()
    {
        _connection.Open();
        _connection.Run("CREATE TABLE article (id INTEGER PRIMARY KEY, code TEXT COLLATE NOCASE UNIQUE, name TEXT NOT NULL, price REAL, \"a `name` [of] \"\"signs\"\"\" DEFAULT 'signs')");
    }

    public void Dispose() => _connection.Dispose();

    [Fact]
    public void Rows_whose_key_is_there_are_updated_and_the_others_inserted()
    {
        using var batch = new SqliteBatchWriter(_connection);
        Assert.Equal(300, Upsert(batch, 0, 300, price: 1));
        Assert.Equal(300, Upsert(batch, 200, 300, price: 2));
        batch.Commit();

        Assert.Equal(500L, _connection.Scalar("SELECT count(*) FROM article"));
        Assert.Equal(300L, _connection.Scalar("SELECT count(*) FROM article WHERE price = 2 AND substr(code, 2) >= '200'"));
    }

    [Fact]
    public void Rows_with_one_key_go_one_after_another()
    {
        using var batch = new SqliteBatchWriter(_connection);
        Assert.Equal(1_000, batch.InsertMany("article", s_columns, Enumerable.Range(0, 1_000), (row, i) => row.Bind(1, "same").Bind(2, $"name {i}").Bind(3, i), upsert: new(["code"])));
        batch.Commit();

        Assert.Equal("same name 999 999.0", _connection.Scalar("SELECT group_concat(code || ' ' || name || ' ' || price) FROM article"));
    }

    [Fact]
    public void Only_the_columns_asked_for_are_updated()
    {
        using var batch = new SqliteBatchWriter(_connection);
        Upsert(batch, 0, 50, price: 1);
        batch.InsertMany("article", s_columns, Enumerable.Range(0, 50), (row, i) => row.Bind(1, $"C{i:000}").Bind(2, "other").Bind(3, 2), upsert: new(["code"], ["price"]));
        Assert.Equal(0, batch.InsertMany("article", s_columns, Enumerable.Range(0, 50), (row, i) => row.Bind(1, $"c{i:000}").Bind(2, "third").Bind(3, 3), upsert: new(["code"], [])));
        batch.Commit();

        Assert.Equal(50L, _connection.Scalar("SELECT count(*) FROM article WHERE name LIKE 'name %' AND price = 2"));
    }

    [Fact]
    public void Other_constraints_refuse_as_ever()
    {
        using var batch = new SqliteBatchWriter(_connection);
        var failure = Assert.Throws<SqliteRowException>(() => batch.InsertMany(
            "article", s_columns, Enumerable.Range(0, 100), (row, i) => row.Bind(1, $"c{i % 40}").Bind(2, i == 70 ? null : "name").Bind(3, i), upsert: new(["code"])));
        batch.Commit();

        Assert.Equal(70, failure.RowIndex);
        Assert.Equal("40 69.0", _connection.Scalar("SELECT count(*) || ' ' || max(price) FROM article"));
    }

    [Fact]
    public void Readers_and_asynchronous_sources_update_too()
    {
        using var batch = new SqliteBatchWriter(_connection);
        Upsert(batch, 0, 20, price: 1);
        batch.Commit();
        using (var source = new SqliteConnection("Data Source=:memory:"))
        {
            source.Open();
            using var command = source.CreateCommand();
            command.CommandText = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n LIMIT 30) SELECT format('c%03d', i), 'read', 5 FROM n";
            using var reader = command.ExecuteReader();
            Assert.Equal(30, batch.InsertFrom("article", s_columns, reader, upsert: new(["code"])));
        }

        batch.Commit();

        Assert.Equal("30 5.0", _connection.Scalar("SELECT count(*) || ' ' || min(price) FROM article WHERE name = 'read'"));
    }
#if !NETSTANDARD_BUILD

    [Fact]
    public async Task Asynchronous_sources_update_too()
    {
        using var batch = new SqliteBatchWriter(_connection);
        Upsert(batch, 0, 20, price: 1);
        Assert.Equal(30, await batch.InsertManyAsync("article", s_columns, Rows(), static (row, i) => row.Bind(1, $"c{i:000}").Bind(2, "later").Bind(3, 5), upsert: new(["code"])));
        batch.Commit();

        Assert.Equal(30L, _connection.Scalar("SELECT count(*) FROM article WHERE name = 'later'"));

        static async IAsyncEnumerable<int> Rows()
        {
            for (var i = 0; i < 30; i++)
            {
                await Task.Yield();
                yield return i;
            }
        }
    }
#endif

    [Fact]
    public void Statements_of_another_upsert_are_not_taken_for_this_one()
    {
        using var batch = new SqliteBatchWriter(_connection);
        Upsert(batch, 0, 30, price: 1);
        Assert.Throws<SqliteRowException>(() => batch.InsertMany("article", s_columns, [1], static (row, i) => row.Bind(1, "c001").Bind(2, "n").Bind(3, 1)));
        Assert.Equal(0, batch.InsertMany("article", s_columns, [1], static (row, i) => row.Bind(1, "c001").Bind(2, "n").Bind(3, 1), upsert: new(["code"], [])));
        Assert.Equal(1, batch.InsertMany("article", s_columns, [1], static (row, i) => row.Bind(1, "c001").Bind(2, "n").Bind(3, 1), upsert: new(["code"])));
        Assert.Equal(1, batch.InsertManyReturning("article", s_columns, [1], static (row, i) => row.Bind(1, "c001").Bind(2, "n").Bind(3, 1), "id", static (_, id) => Assert.Equal(2L, id), upsert: new(["code"])));
    }

    [Fact]
    public void Keys_go_to_the_rows_they_are_of()
    {
        var items = Enumerable.Range(0, 2_000).Select(i => new Article { Code = $"c{(i * 7919) % 1_000}" }).ToList();
        using (var batch = new SqliteBatchWriter(_connection, batchSize: 300))
        {
            Assert.Equal(2_000, batch.InsertManyReturning("article", s_columns, items, static (row, a) => row.Bind(1, a.Code).Bind(2, a.Code).Bind(3, 0), "id", static (a, id) => a.Id = (long)id, upsert: new(["code"])));
            batch.Commit();
        }

        Assert.All(items, item => Assert.Equal(item.Code, _connection.Scalar($"SELECT code FROM article WHERE id = {item.Id}")));
        Assert.Equal(1_000, items.Select(item => item.Id).Distinct().Count());
    }

    [Fact]
    public void Of_rows_left_out_there_is_no_key_and_of_refused_ones_neither()
    {
        var keys = new List<(int, object)>();
        using var batch = new SqliteBatchWriter(_connection);
        Assert.Equal(2, Insert(["a", "A", "b"], SqliteConflictResolution.Ignore));
        Assert.Equal([(0, 1L), (2, 2L)], keys);
        Assert.Throws<SqliteRowException>(() => Insert(["c", "b", "d"], SqliteConflictResolution.Abort));
        Assert.Equal((0, 3L), keys[^1]);
        batch.Commit();
        Assert.Equal("a,b,c", _connection.Scalar("SELECT group_concat(code) FROM (SELECT code FROM article ORDER BY id)"));

        long Insert(string[] codes, SqliteConflictResolution onConflict) => batch.InsertManyReturning(
            "article", s_columns, Enumerable.Range(0, codes.Length), (row, i) => row.Bind(1, codes[i]).Bind(2, "n").Bind(3, 1), "id", (i, key) => keys.Add((i, key)), onConflict);
    }

    [Fact]
    public void Any_column_comes_back_as_it_is_stored()
    {
        var found = new List<object>();
        using var batch = new SqliteBatchWriter(_connection);
        foreach (var column in new[] { "rowid", "code", "price", "a `name` [of] \"signs\"" })
        {
            batch.InsertManyReturning("article", ["code", "name"], [found.Count], static (row, i) => row.Bind(1, $"c{i}").Bind(2, "n"), column, (_, value) => found.Add(value));
        }

        Assert.Equal([1L, "c1", DBNull.Value, "signs"], found);

        found.Clear();
        batch.InsertManyReturning("article", ["name"], ["\0", "ä\0b", "ä\0c", ""], static (row, name) => row.Bind(1, name), "name", (name, value) => found.AddRange([name, value]));
        Assert.Equal(["\0", "\0", "ä\0b", "ä\0b", "ä\0c", "ä\0c", "", ""], found);
    }

    [Fact]
    public void Who_gets_a_key_may_use_the_batch_and_end_it()
    {
        using var batch = new SqliteBatchWriter(_connection);
        _connection.Run("CREATE TABLE line (article INTEGER)");
        batch.InsertManyReturning("article", s_columns, Enumerable.Range(0, 50), Bind, "id", (_, id) => batch.Execute("INSERT INTO line VALUES (?)", id));
        batch.Commit();
        Assert.Equal(50L, _connection.Scalar("SELECT count(*) FROM line JOIN article ON id = article"));

        batch.Execute("INSERT INTO line VALUES (100)");
        var failure = Assert.Throws<InvalidOperationException>(() => batch.InsertManyReturning("article", s_columns, Enumerable.Range(50, 50), Bind, "id", (_, _) => throw new InvalidOperationException("mine")));
        Assert.Equal("mine", failure.Message);
        batch.Commit();
        Assert.Equal(51L, _connection.Scalar("SELECT count(*) FROM article"));

        Assert.Throws<ObjectDisposedException>(() => batch.InsertManyReturning("article", s_columns, Enumerable.Range(100, 50), Bind, "id", (_, _) => batch.Dispose()));
        Assert.Equal(51L, _connection.Scalar("SELECT count(*) FROM article"));

        static void Bind(SqliteRow row, int i) => row.Bind(1, $"c{i}").Bind(2, "n").Bind(3, 1);
    }

    [Fact]
    public void What_is_wrong_is_said()
    {
        using var batch = new SqliteBatchWriter(_connection);
        Assert.Throws<ArgumentNullException>("keyColumns", () => new SqliteUpsert(null!));
        Assert.Throws<ArgumentException>("keyColumns", () => new SqliteUpsert([]));
        Assert.Throws<ArgumentException>("keyColumns", () => new SqliteUpsert([""]));
        Assert.Throws<ArgumentNullException>("updateColumns", () => new SqliteUpsert(["code"], [null!]));
        Assert.Contains("'stock'", Assert.Throws<ArgumentException>("upsert", () => Insert(new(["code"], ["stock"]))).Message);
        Assert.Equal(1, Assert.Throws<SqliteException>(() => Insert(new(["price"]))).SqliteErrorCode);
        Assert.Equal(1, Assert.Throws<SqliteException>(() => Insert(new(["nowhere"]))).SqliteErrorCode);

        Assert.Throws<ArgumentNullException>("keyColumn", () => Returning(null!));
        Assert.Throws<ArgumentException>("keyColumn", () => Returning(""));
        Assert.Contains("nowhere", Assert.Throws<SqliteException>(() => Returning("nowhere")).Message);
        Assert.Throws<ArgumentNullException>("onKey", () => batch.InsertManyReturning("article", s_columns, [1], static (row, i) => { }, "id", null!));
        Assert.Equal(0L, _connection.Scalar("SELECT count(*) FROM article"));

        void Insert(SqliteUpsert upsert) => batch.InsertMany("article", s_columns, [1], static (row, i) => row.Bind(1, "c").Bind(2, "n").Bind(3, 1), upsert: upsert);
        void Returning(string column) => batch.InsertManyReturning("article", s_columns, [1], static (row, i) => row.Bind(1, "c").Bind(2, "n").Bind(3, 1), column, static (_, _) => { });
    }

    [Fact]
    public void Names_are_the_same_where_they_are_to_sqlite()
    {
        _connection.Run("CREATE TABLE pair (\"ä\" INTEGER PRIMARY KEY, \"Ä\" TEXT, x TEXT)");
        using var batch = new SqliteBatchWriter(_connection);
        for (var i = 0; i < 2; i++)
        {
            batch.InsertMany("pair", ["ä", "Ä", "x"], [i], static (row, i) => row.Bind(1, 1).Bind(2, $"name {i}").Bind(3, $"x {i}"), upsert: new(["ä"]));
        }

        Assert.Equal("1 name 1 x 1", _connection.Scalar("SELECT \"ä\" || ' ' || \"Ä\" || ' ' || x FROM pair"));
        Assert.Throws<ArgumentException>("upsert", () => batch.InsertMany("pair", ["ä", "x"], [1], static (row, i) => row.Bind(1, 1).Bind(2, "x"), upsert: new(["ä"], ["Ä"])));
        Assert.Equal(2, batch.InsertMany("article", ["code", "name"], ["c", "C"], static (row, code) => row.Bind(1, code).Bind(2, code), upsert: new(["CODE"])));
        Assert.Equal("c C", _connection.Scalar("SELECT code || ' ' || name FROM article"));
    }

    [Fact]
    public void Each_row_that_is_in_the_batch_has_handed_back_its_key()
    {
        var keys = new List<object>();
        using var batch = new SqliteBatchWriter(_connection);
        Assert.Throws<FormatException>(() => Insert(batch, 300, new Refusing()));
        Assert.Equal(batch.PendingOperations, keys.Count);
        Assert.InRange(keys.Count, 1, 299);
        batch.Rollback();
        keys.Clear();

        // A row that comes back before SQLite looks at the foreign key.
        _connection.Run("CREATE TABLE line (id INTEGER PRIMARY KEY, article INTEGER REFERENCES article (id))");
        Assert.Throws<SqliteRowException>(() => batch.InsertManyReturning("line", ["article"], [1], static (row, i) => row.Bind(1, i), "id", (_, key) => keys.Add(key)));
        Assert.Empty(keys);

        using var database = new TestDatabase();
        using var rollback = database.Open(";Default Timeout=1");
        rollback.Run("CREATE TABLE article (id INTEGER PRIMARY KEY, code TEXT, name TEXT, price REAL)");
        using var other = database.Open();
        using var three = new SqliteBatchWriter(rollback, batchSize: 3);
        using (var reader = new SqliteCommand("SELECT * FROM sqlite_master", other).ExecuteReader())
        {
            Assert.True(reader.Read());
            Assert.Equal(5, Assert.Throws<SqliteException>(() => Insert(three, 5, progress: null)).SqliteErrorCode);
        }

        three.Commit();
        Assert.Equal([1L, 2L, 3L], keys);
        Assert.Equal(3L, other.Scalar("SELECT count(*) FROM article"));

        void Insert(SqliteBatchWriter into, int count, IProgress<long>? progress) => into.InsertManyReturning(
            "article", s_columns, Enumerable.Range(0, count), static (row, i) => row.Bind(1, $"c{i}").Bind(2, "n").Bind(3, 1), "id", (_, key) => keys.Add(key), progress: progress);
    }

    [Fact]
    public void Lists_that_change_later_change_nothing()
    {
        string[] key = ["code"];
        var upsert = new SqliteUpsert(key);
        key[0] = "name";

        Assert.Equal(["code"], upsert.KeyColumns);
    }

    private static long Upsert(SqliteBatchWriter batch, int first, int count, double price) => batch.InsertMany(
        "article", s_columns, Enumerable.Range(first, count), (row, i) => row.Bind(1, $"c{i:000}").Bind(2, $"name {i}").Bind(3, price), upsert: new(["code"]));

    private sealed class Refusing : IProgress<long>
    {
        public void Report(long value) => throw new FormatException();
    }

    private sealed class Article
    {
        public required string Code { get; init; }

        public long Id { get; set; }
    }
}
