namespace SqliteAnalyzers.Runtime.Tests;

public sealed class InsertManyTests : IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly SqliteConnection _connection;
    private readonly SqliteConnection _other;

    public InsertManyTests()
    {
        _connection = _database.OpenConfigured();
        _other = _database.Open();
    }

    public static TheoryData<string> Schemas() => new(
        "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL)",
        "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT",
        "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID",
        "CREATE TABLE item (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL CHECK (name <> 'bad'))",
        "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL ON CONFLICT FAIL)",
        "CREATE TABLE item (id INTEGER PRIMARY KEY ON CONFLICT IGNORE, name TEXT NOT NULL)",
        "CREATE TABLE item (id INTEGER PRIMARY KEY ON CONFLICT REPLACE, name TEXT NOT NULL)",
        "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL, parent INTEGER DEFAULT 3 REFERENCES item (id))",
        "CREATE TABLE names (name TEXT PRIMARY KEY); INSERT INTO names VALUES ('a'), ('b'); CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL REFERENCES names (name))",
        "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL); CREATE TABLE log (n INTEGER); CREATE TRIGGER t AFTER INSERT ON item BEGIN INSERT INTO log SELECT count(*) FROM item; SELECT RAISE(FAIL, 'seven') WHERE new.id = 7; END",
        "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL); CREATE TEMP TRIGGER t AFTER INSERT ON item BEGIN SELECT RAISE(FAIL, 'seven') WHERE new.id = 7; END",
        "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL); CREATE TRIGGER t BEFORE INSERT ON item BEGIN SELECT RAISE(IGNORE) WHERE new.id = 7; END",
        "CREATE TABLE stored (id INTEGER PRIMARY KEY, name TEXT); CREATE VIEW item AS SELECT * FROM stored; CREATE TRIGGER t INSTEAD OF INSERT ON item BEGIN INSERT INTO stored VALUES (new.id, new.name); END",
        "CREATE TEMP TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL)",
        "CREATE VIRTUAL TABLE item USING rtree(id, name, top)");

    public void Dispose()
    {
        _other.Dispose();
        _connection.Dispose();
        _database.Dispose();
    }

    /// <summary>The judge is the plain loop: whatever rows do one by one, they must do together.</summary>
    [Theory]
    [MemberData(nameof(Schemas))]
    public void Behaves_as_rows_inserted_one_by_one(string schema)
    {
        var random = new Random(20_240_229);
        foreach (var onConflict in Enum.GetValues<SqliteConflictResolution>())
        {
            for (var round = 0; round < 6; round++)
            {
                var rows = RandomRows(random, count: random.Next(0, 1_500));
                var expected = Outcome(schema, onConflict, rows, together: false, batchSize: 700);
                var actual = Outcome(schema, onConflict, rows, together: true, batchSize: 700);
                Assert.Equal(expected, actual);
            }
        }
    }

    [Fact]
    public void Commits_after_every_n_rows_exactly()
    {
        _connection.Run("CREATE TABLE item (id INTEGER PRIMARY KEY)");
        using var batch = new SqliteBatchWriter(_connection, batchSize: 1_000);
        var visible = new SortedSet<long>();

        batch.InsertMany("item", ["id"], Numbers(), static (row, i) => row.Bind(1, i));

        Assert.Equal([0, 1_000, 2_000, 3_000], visible);
        Assert.Equal(500, batch.PendingOperations);
        Assert.Equal(3_000, batch.CommittedOperations);

        IEnumerable<int> Numbers()
        {
            for (var i = 0; i < 3_500; i++)
            {
                visible.Add((long)_other.Scalar("SELECT count(*) FROM item")!);
                yield return i;
            }
        }
    }

    [Fact]
    public void Names_the_refused_row_and_keeps_those_before_it()
    {
        _connection.Run("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL)");
        using var batch = new SqliteBatchWriter(_connection);
        var rows = Enumerable.Range(0, 3_000).Select(i => (Id: i, Name: i == 2_345 ? null : "a"));

        var exception = Assert.Throws<SqliteRowException>(() =>
            batch.InsertMany("item", ["id", "name"], rows, static (row, r) => row.Bind(1, r.Id).Bind(2, r.Name)));

        Assert.Equal(2_345, exception.RowIndex);
        Assert.Equal(19, exception.SqliteErrorCode);
        Assert.Equal(1299, exception.SqliteExtendedErrorCode);
        Assert.Contains("Row 2345", exception.Message);
        Assert.Contains("item.name", exception.Message);
        batch.Commit();
        Assert.Equal(2_345L, _other.Scalar("SELECT count(*) FROM item"));
        batch.InsertMany("item", ["id", "name"], [(Id: 2_345, Name: "b")], static (row, r) => row.Bind(1, r.Id).Bind(2, r.Name));
        Assert.Equal(1, batch.PendingOperations);
    }

    [Fact]
    public void An_error_in_the_source_keeps_the_rows_before_it()
    {
        _connection.Run("CREATE TABLE item (id INTEGER PRIMARY KEY)");
        using var batch = new SqliteBatchWriter(_connection);

        Assert.Throws<FormatException>(() => batch.InsertMany("item", ["id"], Failing(), static (row, i) => row.Bind(1, i)));
        Assert.Equal(300, batch.PendingOperations);
        Assert.Throws<DivideByZeroException>(() => batch.InsertMany("item", ["id"], Enumerable.Range(1_000, 100), static (row, i) => row.Bind(1, i / (i == 1_050 ? 0 : 1))));
        Assert.Equal(350, batch.PendingOperations);
        batch.InsertMany("item", ["id"], [5_000], static (row, i) => row.Bind(1, i));
        batch.Commit();
        Assert.Equal(351L, _other.Scalar("SELECT count(*) FROM item"));

        static IEnumerable<int> Failing()
        {
            for (var i = 0; i < 300; i++)
            {
                yield return i;
            }

            throw new FormatException();
        }
    }

    [Fact]
    public void The_source_may_use_the_batch_and_the_rows_before_are_there()
    {
        _connection.Run("CREATE TABLE item (id INTEGER PRIMARY KEY, parent INTEGER); CREATE TABLE parent (id INTEGER PRIMARY KEY)");
        using var batch = new SqliteBatchWriter(_connection);
        var count = batch.Prepare("SELECT count(*) FROM item");

        batch.InsertMany("item", ["id", "parent"], Numbers(), static (row, i) => row.Bind(1, i).Bind(2, i));
        batch.Commit();

        Assert.Equal(100L, _other.Scalar("SELECT count(*) FROM item JOIN parent ON parent.id = item.parent"));
        Assert.Equal(200L, _other.Scalar("SELECT count(*) FROM item"));

        IEnumerable<int> Numbers()
        {
            for (var i = 0; i < 100; i++)
            {
                batch.Execute("INSERT INTO parent VALUES (?)", i);
                batch.InsertMany("item", ["id", "parent"], [i + 1_000], static (row, n) => row.Bind(1, n).Bind(2, n));
                Assert.Equal((2L * i) + 1, count.ExecuteScalar());
                yield return i;
            }
        }
    }

    [Fact]
    public void The_binder_may_not_use_the_batch()
    {
        _connection.Run("CREATE TABLE item (id INTEGER PRIMARY KEY)");
        using var batch = new SqliteBatchWriter(_connection);
        var exception = Assert.Throws<InvalidOperationException>(() => batch.InsertMany("item", ["id"], [1, 2], (row, i) =>
        {
            row.Bind(1, i);
            batch.Execute("DELETE FROM item");
        }));
        Assert.Contains("binder", exception.Message);
        Assert.Throws<InvalidOperationException>(() => batch.InsertMany("item", ["id"], [1, 2], (row, i) =>
        {
            row.Bind(1, i);
            batch.Rollback();
        }));
        batch.Commit();
        Assert.Equal(0L, _other.Scalar("SELECT count(*) FROM item"));
    }

    [Fact]
    public void A_column_without_a_value_is_named()
    {
        _connection.Run("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT)");
        using var batch = new SqliteBatchWriter(_connection);
        var exception = Assert.Throws<InvalidOperationException>(() => batch.InsertMany("item", ["id", "name"], [1], static (row, i) => row.Bind(1, i)));
        Assert.Contains("column 2 ('name')", exception.Message);
        Assert.Throws<ArgumentOutOfRangeException>("column", () => batch.InsertMany("item", ["id"], [1], static (row, i) => row.Bind(2, i)));
        Assert.Throws<ArgumentOutOfRangeException>("column", () => batch.InsertMany("item", ["id"], [1], static (row, i) => row.Bind(0, i)));
    }

    [Fact]
    public void Names_are_taken_as_they_are()
    {
        _connection.Run("""CREATE TABLE "odd ""name"" ; --" ("select" INTEGER, "a b" TEXT)""");
        using var batch = new SqliteBatchWriter(_connection);
        Assert.Equal(1, batch.InsertMany("odd \"name\" ; --", ["select", "a b"], [1], static (row, i) => row.Bind(1, i).Bind(2, "x")));
    }

    [Fact]
    public void Large_values_and_many_columns_stay_within_sqlites_limits()
    {
        var columns = Enumerable.Range(0, 1_000).Select(i => $"c{i}").ToArray();
        _connection.Run($"CREATE TABLE item ({string.Join(",", columns)}); CREATE TABLE large (data BLOB)");
        using var batch = new SqliteBatchWriter(_connection);

        batch.InsertMany("item", columns, Enumerable.Range(0, 500), static (row, i) =>
        {
            for (var column = 1; column <= 1_000; column++)
            {
                row.Bind(column, i);
            }
        });
        batch.InsertMany("large", ["data"], Enumerable.Range(0, 40), static (row, i) => row.Bind(1, new byte[300_000]));
        batch.Commit();

        Assert.Equal(500L * 499 / 2, _other.Scalar("SELECT sum(c999) FROM item"));
        Assert.Equal(12_000_000L, _other.Scalar("SELECT sum(length(data)) FROM large"));
    }

    [Fact]
    public void A_trigger_made_between_two_calls_is_seen()
    {
        _connection.Run("CREATE TABLE item (id INTEGER PRIMARY KEY); CREATE TABLE log (n INTEGER)");
        using var batch = new SqliteBatchWriter(_connection);
        batch.InsertMany("item", ["id"], Enumerable.Range(0, 2_000), static (row, i) => row.Bind(1, i));
        batch.Execute("CREATE TRIGGER t AFTER INSERT ON item BEGIN INSERT INTO log SELECT count(*) FROM item; SELECT RAISE(FAIL, 'no') WHERE new.id = 4000; END");

        Assert.Equal(2_000, Assert.Throws<SqliteRowException>(() =>
            batch.InsertMany("item", ["id"], Enumerable.Range(2_000, 3_000), static (row, i) => row.Bind(1, i))).RowIndex);

        Assert.Equal(2_001L, _connection.Scalar("SELECT count(*) FROM log"));
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        _connection.Run("CREATE TABLE item (id INTEGER PRIMARY KEY)");
        using var batch = new SqliteBatchWriter(_connection);
        SqliteRowBinder<int> bind = static (row, i) => row.Bind(1, i);
        Assert.Throws<ArgumentNullException>("table", () => batch.InsertMany(null!, ["id"], [1], bind));
        Assert.Throws<ArgumentException>("table", () => batch.InsertMany("", ["id"], [1], bind));
        Assert.Throws<ArgumentNullException>("columns", () => batch.InsertMany("item", null!, [1], bind));
        Assert.Throws<ArgumentException>("columns", () => batch.InsertMany("item", [], [1], bind));
        Assert.Throws<ArgumentException>("columns", () => batch.InsertMany("item", [""], [1], bind));
        Assert.Throws<ArgumentException>("columns", () => batch.InsertMany("item", new string[40_000].Select((_, i) => $"c{i}").ToArray(), [1], bind));
        Assert.Throws<ArgumentNullException>("rows", () => batch.InsertMany("item", ["id"], null!, bind));
        Assert.Throws<ArgumentNullException>("bind", () => batch.InsertMany<int>("item", ["id"], [1], null!));
        Assert.Throws<ArgumentOutOfRangeException>("onConflict", () => batch.InsertMany("item", ["id"], [1], bind, (SqliteConflictResolution)7));
        Assert.Contains("no such table", Assert.Throws<SqliteException>(() => batch.InsertMany("none", ["id"], [1], bind)).Message);
        Assert.Contains("no column", Assert.Throws<SqliteException>(() => batch.InsertMany("item", ["none"], [1], bind)).Message);
    }

    // Mostly good rows; now and then a missing name, a name that a constraint forbids, or an id that is already there.
    private static List<(long Id, object? Name)> RandomRows(Random random, int count)
    {
        var faults = random.Next(3) == 0 ? 0 : random.Next(1, 4);
        var rows = Enumerable.Range(0, count).Select(i => ((long)(i + 100), (object?)(i % 2 == 0 ? "a" : "b"))).ToList();
        for (var i = 0; i < faults && count > 0; i++)
        {
            var at = random.Next(count);
            rows[at] = random.Next(4) switch
            {
                0 => (rows[at].Item1, null),
                1 => (rows[at].Item1, "bad"),
                2 => (random.Next(at + 100), "a"),
                _ => (7, "a"),
            };
        }

        return rows;
    }

    private string Outcome(string schema, SqliteConflictResolution onConflict, List<(long Id, object? Name)> rows, bool together, int batchSize)
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        connection.Run(schema);
        string[] columns = schema.Contains("rtree") ? ["id", "name", "top"] : ["id", "name"];
        using var batch = new SqliteBatchWriter(connection, batchSize);
        var outcome = "";
        long changes = 0;
        try
        {
            if (together)
            {
                changes = batch.InsertMany("item", columns, rows, columns.Length == 3 ? BindRtree : Bind, onConflict);
            }
            else
            {
                var insert = batch.Prepare($"INSERT OR {onConflict} INTO item VALUES ({(columns.Length == 3 ? "?, ?, ?" : "?, ?")}{(schema.Contains("parent") ? ", 3" : "")})".Replace("OR Abort ", ""));
                var index = 0;
                foreach (var (id, name) in rows)
                {
                    try
                    {
                        insert.Bind(1, id).Bind(2, columns.Length == 3 ? id : name);
                        if (columns.Length == 3)
                        {
                            insert.Bind(3, name is null ? id - 1 : id + 1);
                        }

                        changes += insert.Execute();
                        index++;
                    }
                    catch (SqliteException exception)
                    {
                        throw new InvalidOperationException($"{index}: {exception.SqliteExtendedErrorCode}");
                    }
                }
            }

            outcome = $"changes {changes}";
        }
        catch (SqliteRowException exception)
        {
            outcome = $"{exception.RowIndex}: {exception.SqliteExtendedErrorCode}";
        }
        catch (InvalidOperationException exception)
        {
            outcome = exception.Message;
        }

        // A statement of several rows that a foreign key refuses at its end has moved last_insert_rowid(); a single row is refused before.
        var last = outcome.EndsWith(": 787") ? "" : connection.Scalar("SELECT last_insert_rowid()");
        var logs = schema.Contains("TABLE log") ? connection.Scalar("SELECT total(n) || ' ' || count(*) FROM log") : "";
        return $"{outcome}; pending {batch.PendingOperations}, committed {batch.CommittedOperations}; "
            + $"{connection.Scalar("SELECT count(*) || ' rows ' || total(id) || ' ' || group_concat(name) FROM item")}; "
            + $"last {last}, changed in all {connection.Scalar("SELECT total_changes()")}; {logs}";

        static void Bind(SqliteRow row, (long Id, object? Name) item) => row.Bind(1, item.Id).Bind(2, item.Name);

        static void BindRtree(SqliteRow row, (long Id, object? Name) item) => row.Bind(1, item.Id).Bind(2, item.Id).Bind(3, item.Name is null ? item.Id - 1 : item.Id + 1);
    }
}
