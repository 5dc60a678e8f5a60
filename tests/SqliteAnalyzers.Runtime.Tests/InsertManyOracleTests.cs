using SQLitePCL;

namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>
/// The judge is the driver's own command, one row at a time: whatever rows do so, they must do in InsertMany, also when refused ones are skipped.
/// </summary>
public sealed class InsertManyOracleTests
{
    private const int LengthLimit = 2_000;

    private static readonly string[] s_columns = ["id", "a", "b"];

    public static TheoryData<string> Schemas() => new(
        // SQLite opens no statement journal for these: it keeps the rows before a refused one.
        "CREATE TABLE item (id INTEGER PRIMARY KEY, a, b)",
        "CREATE TABLE item (id INTEGER, a, b)",
        "CREATE TABLE item (id INTEGER PRIMARY KEY, a INTEGER, b TEXT) STRICT",
        "CREATE TABLE item (id INTEGER, a REAL, b ANY) STRICT",
        "CREATE TABLE item (id INTEGER PRIMARY KEY, a, b, c AS (b || b || b))",
        "CREATE TABLE item (id INTEGER PRIMARY KEY, a, b, c AS (b || b || b) STORED)",
        "CREATE TABLE item (id INTEGER, a ANY, b ANY, c TEXT AS (hex(b)) STORED) STRICT",
        "CREATE TABLE item (id INTEGER PRIMARY KEY, a, b); CREATE INDEX by_b ON item (b || b || b)",
        "CREATE TABLE item (id INTEGER PRIMARY KEY, a, b); CREATE INDEX by_b ON item (json_extract(b, '$.x'))",
        "CREATE TABLE item (id INTEGER PRIMARY KEY, a, b, c DEFAULT (abs(-1)))",

        // And for these it does.
        "CREATE TABLE item (id INTEGER PRIMARY KEY, a NOT NULL, b)",
        "CREATE TABLE item (id INTEGER PRIMARY KEY, a INTEGER CHECK (a <> 7), b TEXT) STRICT",
        "CREATE TABLE item (id INTEGER PRIMARY KEY, a UNIQUE, b, c AS (b || b || b) STORED)",
        "CREATE TABLE item (id INTEGER PRIMARY KEY, a INTEGER, b TEXT) STRICT, WITHOUT ROWID",
        "CREATE TABLE item (id INTEGER PRIMARY KEY AUTOINCREMENT, a CHECK (typeof(a) <> 'text'), b)",
        "CREATE TABLE kind (a INTEGER PRIMARY KEY); INSERT INTO kind SELECT value FROM generate(200); CREATE TABLE item (id INTEGER PRIMARY KEY, a REFERENCES kind, b)",
        "CREATE TABLE kind (a INTEGER PRIMARY KEY); INSERT INTO kind SELECT value FROM generate(200); CREATE TABLE item (id INTEGER, a INTEGER REFERENCES kind, b TEXT) STRICT",

        // Conflict clauses of their own.
        "CREATE TABLE item (id INTEGER PRIMARY KEY ON CONFLICT FAIL, a, b)",
        "CREATE TABLE item (id INTEGER PRIMARY KEY, a NOT NULL ON CONFLICT ROLLBACK, b)",
        "CREATE TABLE item (id INTEGER PRIMARY KEY ON CONFLICT REPLACE, a UNIQUE /* on */ ON/**/CONFLICT IGNORE, b)",

        // Functions of the program's own: the first refuses by the value, the second by the number of the call.
        "CREATE TABLE item (id INTEGER PRIMARY KEY, a CHECK (refuse_seven(a)), b)",
        "CREATE TABLE item (id INTEGER PRIMARY KEY, a, b, c AS (refuse_seven(a)) STORED)",
        "CREATE TABLE item (id INTEGER PRIMARY KEY, a, b, c DEFAULT (\"refuse_some\" (1)))",
        "CREATE TABLE item (id INTEGER PRIMARY KEY, a, b CHECK (refuse_some(b)))",
        "CREATE TABLE item (id INTEGER PRIMARY KEY, a, b, c AS ([Refuse_Some](a)) STORED)",
        "CREATE TABLE item (id INTEGER PRIMARY KEY, a, b); CREATE INDEX by_a ON item (refuse_seven(a))",
        "CREATE TABLE item (id INTEGER PRIMARY KEY, a, b, c DEFAULT (total_changes()), d DEFAULT (last_insert_rowid()))",

        // Triggers.
        Trigger("BEFORE", "SELECT RAISE(ABORT, 'no') WHERE new.a = 7"),
        Trigger("AFTER", "SELECT RAISE(ABORT, 'no') WHERE new.a = 7"),
        Trigger("BEFORE", "SELECT RAISE(FAIL, 'no') WHERE new.a = 7"),
        Trigger("AFTER", "SELECT RAISE(FAIL, 'no') WHERE new.a = 7"),
        Trigger("BEFORE", "SELECT RAISE(IGNORE) WHERE new.a = 7"),
        Trigger("AFTER", "SELECT RAISE(IGNORE) WHERE new.a = 7"),
        Trigger("BEFORE", "SELECT RAISE(ROLLBACK, 'no') WHERE new.a = 7"),
        Trigger("AFTER", "SELECT RAISE(ROLLBACK, 'no') WHERE new.a = 7"),
        Trigger("AFTER", "INSERT INTO item (a, b) SELECT new.a + 1000, 'by trigger' WHERE new.a = 7"),
        Trigger("AFTER", "SELECT RAISE(FAIL, 'no') WHERE new.a = 7").Replace("CREATE TRIGGER", "CREATE TEMP TRIGGER"),

        // Others than plain tables.
        "CREATE TEMP TABLE item (id INTEGER PRIMARY KEY, a INTEGER, b TEXT) STRICT",
        "CREATE TABLE item (id INTEGER PRIMARY KEY, a, b); CREATE TEMP TABLE item (id INTEGER PRIMARY KEY, a INTEGER, b TEXT) STRICT",
        "ATTACH ':memory:' AS other; CREATE TABLE other.item (id INTEGER PRIMARY KEY, a INTEGER, b TEXT) STRICT",
        "CREATE TABLE item (id INTEGER PRIMARY KEY, a REFERENCES item (id), b)",
        "CREATE TABLE stored (id INTEGER PRIMARY KEY, a INTEGER, b TEXT) STRICT; CREATE VIEW item AS SELECT * FROM stored; CREATE TRIGGER t INSTEAD OF INSERT ON item BEGIN INSERT INTO stored VALUES (new.id, new.a, new.b); END",
        "CREATE VIRTUAL TABLE item USING rtree(id, a, b)");

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Stores_refuses_and_counts_as_rows_inserted_one_by_one(string schema)
    {
        var random = new Random(schema.Sum(c => c));
        foreach (var onConflict in Enum.GetValues<SqliteConflictResolution>())
        {
            for (var round = 0; round < 4; round++)
            {
                var rows = RandomRows(random, random.Next(1_200));
                var batchSize = random.Next(2) == 0 ? random.Next(1, 50) : 5_000;

                AssertSame(schema, rows, onConflict, batchSize, upsert: null, returns: false);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Updates_and_hands_back_keys_as_rows_inserted_one_by_one(string schema)
    {
        var random = new Random(schema.Sum(c => c));
        foreach (var upsert in new[] { null, new SqliteUpsert(["id"]), new SqliteUpsert(["id"], ["b"]), new SqliteUpsert(["id"], []), new SqliteUpsert(["id"], ["ID", "a", "b"]) })
        {
            foreach (var returns in new[] { upsert is null, true })
            {
                var rows = RandomRows(random, random.Next(800));
                for (var i = 0; upsert is not null && i < rows.Count / 5; i++)
                {
                    rows[random.Next(rows.Count)][0] = (long)random.Next(1, rows.Count);
                }

                AssertSame(schema, rows, (SqliteConflictResolution)random.Next(3), random.Next(2) == 0 ? random.Next(1, 50) : 5_000, upsert, returns);
            }
        }
    }

    [Theory]
    [InlineData("CREATE TABLE kind (a INTEGER PRIMARY KEY); INSERT INTO kind SELECT value FROM generate(200); CREATE TABLE item (id INTEGER PRIMARY KEY, a REFERENCES kind, b)", 21, 999, 21, 1)]
    [InlineData("CREATE TABLE item (id INTEGER PRIMARY KEY, a UNIQUE, b); CREATE TABLE child (a REFERENCES item (a)); INSERT INTO item VALUES (5, 5, 'text'); INSERT INTO child VALUES (5)", 5, 500, 600, 5)]
    public void A_foreign_key_that_a_row_breaks_is_not_mended_by_the_next(string schema, int breakingId, int breakingValue, int mendingId, int mendingValue)
    {
        var rows = Enumerable.Range(1, 20).Select(i => new object?[] { (long)i, (long)i, "text" }).ToList();
        rows.Add([(long)breakingId, (long)breakingValue, "breaks"]);
        rows.Add([(long)mendingId, (long)mendingValue, "mends"]);
        rows.AddRange(Enumerable.Range(30, 20).Select(i => new object?[] { (long)i, (long)i, "text" }));

        var refusals = AssertSame(schema, rows, SqliteConflictResolution.Abort, 5_000, new SqliteUpsert(["id"]), returns: false);

        Assert.Contains((20, raw.SQLITE_CONSTRAINT_FOREIGNKEY), refusals);
    }

    [Fact]
    public void A_function_of_ones_own_is_called_once_for_each_row_whatever_its_name()
    {
        var calls = 0;
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        connection.CreateFunction("Größe_Ä", (long value) => ++calls > 0 && value >= 0, isDeterministic: true);
        connection.Run("CREATE TABLE item (id INTEGER PRIMARY KEY, a CHECK (GRößE_Ä(a)))");
        using var batch = new SqliteBatchWriter(connection);
        Assert.Throws<SqliteRowException>(() => batch.InsertMany("item", ["a"], Enumerable.Range(0, 300), static (row, i) => row.Bind(1, i == 250 ? -1 : i)));

        Assert.Equal(251, calls);
    }

    [Fact]
    public void A_row_that_mends_the_foreign_key_of_another_table_does_not_let_a_broken_one_through()
    {
        const string Schema = """
            PRAGMA foreign_keys = OFF;
            CREATE TABLE kind (a INTEGER PRIMARY KEY); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 700) INSERT INTO kind SELECT i FROM n;
            CREATE TABLE item (id INTEGER PRIMARY KEY, a REFERENCES kind, b); CREATE TABLE child (item REFERENCES item); INSERT INTO child VALUES (600);
            PRAGMA foreign_keys = ON
            """;
        var rows = Enumerable.Range(1, 700).Select(i => new object?[] { (long)i, i == 610 ? 999L : i, "text" }).ToList();

        var refusals = AssertSame(Schema, rows, SqliteConflictResolution.Abort, 5_000, upsert: null, returns: false);

        Assert.Equal([(609, raw.SQLITE_CONSTRAINT_FOREIGNKEY)], refusals);
    }

    private static List<(int Row, int Error)> AssertSame(string schema, List<object?[]> rows, SqliteConflictResolution onConflict, int batchSize, SqliteUpsert? upsert, bool returns)
    {
        using var expected = new World(schema);
        using var actual = new World(schema);
        var sql = $"INSERT OR {onConflict} INTO item (id, a, b) VALUES ($id, $a, $b)".Replace("OR Abort ", "") + Clause(upsert) + (returns ? " RETURNING id" : "");
        var result = raw.sqlite3_prepare_v2(expected.Connection.Handle, sql, out var statement);
        statement.Dispose();
        if (result == raw.SQLITE_OK)
        {
            OneByOne(expected, rows, sql, batchSize);
            Together(actual, rows, onConflict, batchSize, upsert, returns);
        }
        else
        {
            var failure = Assert.ThrowsAny<SqliteException>(() => Together(actual, rows, onConflict, batchSize, upsert, returns));
            Assert.Equal(result, failure.SqliteErrorCode);
        }

        Assert.Equal(expected.Refusals, actual.Refusals);
        Assert.Equal(expected.Keys, actual.Keys);
        Assert.Equal(expected.Contents(), actual.Contents());
        Assert.Equal(expected.Calls, actual.Calls);
        return actual.Refusals;
    }

    // As one would write it.
    private static string Clause(SqliteUpsert? upsert) => upsert switch
    {
        null => "",
        { UpdateColumns: null } => " ON CONFLICT (id) DO UPDATE SET a = excluded.a, b = excluded.b",
        { UpdateColumns.Count: 0 } => " ON CONFLICT (id) DO NOTHING",
        _ => " ON CONFLICT (id) DO UPDATE SET " + string.Join(", ", upsert.UpdateColumns.Select(column => $"{column} = excluded.{column}")),
    };

    private static string Trigger(string time, string body) =>
        $"CREATE TABLE item (id INTEGER PRIMARY KEY, a, b); CREATE TABLE log (n); CREATE TRIGGER t {time} INSERT ON item BEGIN INSERT INTO log SELECT count(*) FROM item; {body}; END";

    private static List<object?[]> RandomRows(Random random, int count)
    {
        var faults = random.Next(3) == 0 ? 0 : random.Next(1, 12);
        var rows = Enumerable.Range(0, count).Select(i => new object?[] { (long)i + 1, (long)(i % 150) + 10, "text" }).ToList();
        for (var i = 0; i < faults && count > 0; i++)
        {
            var row = rows[random.Next(count)];
            switch (random.Next(7))
            {
                case 0: row[1] = 7L; break;
                case 1: row[1] = "a text"; break;
                case 2: row[2] = new byte[] { 1 }; break;
                case 3: row[2] = new string('x', LengthLimit - 100); break;
                case 4: row[1] = null; break;
                case 5: row[0] = (long)random.Next(1, count); break;
                default: row[2] = "{not json"; break;
            }
        }

        return rows;
    }

    private static void OneByOne(World world, List<object?[]> rows, string sql, int batchSize)
    {
        using var command = world.Connection.CreateCommand();
        command.CommandText = sql;
        var parameters = s_columns.Select(c => command.Parameters.Add(new SqliteParameter($"${c}", null))).ToArray();
        var pending = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            for (var column = 0; column < 3; column++)
            {
                parameters[column].Value = rows[i][column] ?? DBNull.Value;
            }

            if (raw.sqlite3_get_autocommit(world.Connection.Handle) != 0)
            {
                world.Connection.Run("BEGIN IMMEDIATE");
                pending = 0;
            }

            try
            {
                using (var reader = command.ExecuteReader())
                {
                    while (reader.Read())
                    {
                        world.Keys.Add((i, reader.GetValue(0)));
                    }
                }

                if (++pending == batchSize)
                {
                    world.Connection.Run("COMMIT");
                }
            }
            catch (SqliteException exception)
            {
                world.Refusals.Add((i, exception.SqliteExtendedErrorCode));
            }
        }

        if (raw.sqlite3_get_autocommit(world.Connection.Handle) == 0)
        {
            world.Connection.Run("COMMIT");
        }
    }

    private static void Together(World world, List<object?[]> rows, SqliteConflictResolution onConflict, int batchSize, SqliteUpsert? upsert, bool returns)
    {
        using var batch = new SqliteBatchWriter(world.Connection, batchSize);
        var next = 0;
        while (next < rows.Count)
        {
            try
            {
                if (returns)
                {
                    batch.InsertManyReturning(
                        "item",
                        s_columns,
                        Enumerable.Range(next, rows.Count - next),
                        (row, i) => Bind(row, rows[i]),
                        "id",
                        (i, key) => world.Keys.Add((i, key)),
                        onConflict,
                        upsert: upsert);
                }
                else
                {
                    batch.InsertMany("item", s_columns, rows.Skip(next), Bind, onConflict, upsert: upsert);
                }

                break;
            }
            catch (SqliteRowException exception)
            {
                var refused = next + (int)exception.RowIndex;
                world.Refusals.Add((refused, exception.SqliteExtendedErrorCode));
                next = refused + 1;
                if (raw.sqlite3_get_autocommit(world.Connection.Handle) != 0)
                {
                    batch.Rollback();
                }
            }
        }

        batch.Commit();

        static void Bind(SqliteRow row, object?[] item) => row.Bind(1, item[0]).Bind(2, item[1]).Bind(3, item[2]);
    }

    private sealed class World : IDisposable
    {
        public World(string schema)
        {
            Connection = new SqliteConnection("Data Source=:memory:");
            Connection.Open();
            Connection.CreateFunction("refuse_seven", (object? value) =>
            {
                Calls++;
                return value is 7L ? throw new InvalidOperationException("seven") : 1L;
            }, isDeterministic: true);
            Connection.CreateFunction("refuse_some", (object? value) =>
            {
                return ++Calls % 97 == 0 ? throw new InvalidOperationException("some") : 1L;
            }, isDeterministic: true);
            Connection.Run(schema.Replace("FROM generate(200)", "FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n LIMIT 200) SELECT value FROM n)"));
            raw.sqlite3_limit(Connection.Handle, raw.SQLITE_LIMIT_LENGTH, LengthLimit);
        }

        public SqliteConnection Connection { get; }

        public List<(int Row, int Error)> Refusals { get; } = [];

        public List<(int Row, object Key)> Keys { get; } = [];

        public int Calls { get; private set; }

        public long TotalChanges => raw.sqlite3_total_changes(Connection.Handle);

        public List<string> Contents()
        {
            raw.sqlite3_limit(Connection.Handle, raw.SQLITE_LIMIT_LENGTH, int.MaxValue);
            var contents = new List<string> { $"changes in all {TotalChanges}" };
            var hasLog = (long)Connection.Scalar("SELECT count(*) FROM sqlite_master WHERE name = 'log'")! == 1;
            Read("SELECT quote(id) || ' ' || quote(a) || ' ' || quote(b) FROM item ORDER BY id, a, b");
            if (hasLog)
            {
                Read("SELECT 'log ' || n FROM log ORDER BY rowid");
            }

            return contents;

            void Read(string sql)
            {
                using var command = Connection.CreateCommand();
                command.CommandText = sql;
                using var reader = command.ExecuteReader();
                while (reader.Read())
                {
                    contents.Add(reader.GetString(0));
                }
            }
        }

        public void Dispose() => Connection.Dispose();
    }
}
