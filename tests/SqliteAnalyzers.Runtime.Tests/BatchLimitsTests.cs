using System.Diagnostics;

namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>What a batch may hold of memory, and how long it waits. Memory is that of the process: nothing else may run meanwhile.</summary>
[CollectionDefinition(nameof(BatchLimitsTests), DisableParallelization = true)]
[Collection(nameof(BatchLimitsTests))]
public sealed class BatchLimitsTests : IDisposable
{
    private const long Megabyte = 1 << 20;

    private readonly TestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Preparing_in_a_loop_keeps_a_bounded_number_of_statements(bool sameText)
    {
        using var connection = OpenWithTable();
        using var batch = new SqliteBatchWriter(connection, SqliteBatchWriter.MaxBatchSize);
        var before = NativeMemory();
        Assert.NotEqual(0, before);
        for (var i = 0; i < 20_000; i++)
        {
            batch.Prepare($"INSERT INTO item (id, name) VALUES (?, {(sameText ? 0 : i)})").Bind(1, i).Execute();
        }

        Assert.InRange(NativeMemory() - before, long.MinValue, 8 * Megabyte);
        batch.Commit();
        Assert.Equal(20_000L, connection.Scalar("SELECT count(*) FROM item"));
    }

    [Fact]
    public void Statements_that_made_room_for_others_work_on()
    {
        using var connection = OpenWithTable();
        using var batch = new SqliteBatchWriter(connection);
        var statements = Enumerable.Range(0, 600).Select(i => batch.Prepare($"INSERT INTO item (id, name) VALUES ($id, {i})")).ToList();
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < statements.Count; i++)
            {
                statements[i].Bind(statements[i].ParameterIndex("$id"), (round * 1_000) + i).Execute();
            }
        }

        batch.Commit();
        Assert.Equal(1_800L, connection.Scalar("SELECT count(*) FROM item WHERE id % 1000 = CAST(name AS INTEGER)"));
    }

    [Fact]
    public void Bulk_inserts_inside_each_other_leave_no_more_statements_than_sixteen_tables_need()
    {
        const int Tables = 40;
        using var connection = _database.OpenConfigured();
        connection.Handle!.enable_sqlite3_next_stmt(true);
        for (var i = 0; i < Tables; i++)
        {
            connection.Run($"CREATE TABLE item{i} (id INTEGER PRIMARY KEY)");
        }

        using var batch = new SqliteBatchWriter(connection);
        Assert.Equal(1, Insert(0));
        Assert.Equal(Tables, batch.PendingOperations);
        batch.InsertMany("item0", ["id"], [2], static (row, id) => row.Bind(1, id));

        var inserts = 0;
        for (var statement = SQLitePCL.raw.sqlite3_next_stmt(connection.Handle, null); statement is not null; statement = SQLitePCL.raw.sqlite3_next_stmt(connection.Handle, statement))
        {
            inserts += SQLitePCL.raw.sqlite3_sql(statement).utf8_to_string().StartsWith("INSERT", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.InRange(inserts, 1, 16);

        long Insert(int table) => batch.InsertMany($"item{table}", ["id"], Rows(table), static (row, id) => row.Bind(1, id));

        IEnumerable<int> Rows(int table)
        {
            if (table + 1 < Tables)
            {
                Assert.Equal(1, Insert(table + 1));
            }

            yield return 1;
        }
    }

    [Fact]
    public void A_disposed_statement_is_disposed_and_others_of_its_text_are_not()
    {
        using var connection = OpenWithTable();
        using var batch = new SqliteBatchWriter(connection);
        var first = batch.Prepare("INSERT INTO item (id) VALUES (?)");
        var second = batch.Prepare("INSERT INTO item (id) VALUES (?)");
        first.Bind(1, 1);
        second.Bind(1, 2).Execute();
        first.Execute();
        first.Dispose();
        first.Dispose();
        Assert.Throws<ObjectDisposedException>(() => first.Bind(1, 3).Execute());
        Assert.Throws<ObjectDisposedException>(() => first.ParameterIndex("$id"));
        second.Bind(1, 3).Execute();
        Assert.Equal(3, batch.PendingOperations);
    }

    [Fact]
    public void Binding_again_and_again_takes_the_place_of_the_value_before()
    {
        using var connection = OpenWithTable();
        using var batch = new SqliteBatchWriter(connection);
        using var insert = batch.Prepare("INSERT INTO item (id, name, data) VALUES (?, ?, ?)");
        var text = new string('x', (int)Megabyte);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 300; i++)
        {
            insert.Bind(1, i).Bind(2, text).Bind(3, "last " + i);
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 8 * Megabyte);
        insert.Execute();
        batch.InsertMany("item", ["id", "name", "data"], [1_000], (row, id) =>
        {
            for (var i = 0; i < 300; i++)
            {
                row.Bind(1, id).Bind(2, text).Bind(3, "last " + i);
            }
        });
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 8 * Megabyte);
        batch.Commit();
        Assert.Equal("299 1000 last 299 2", connection.Scalar("SELECT min(id) || ' ' || max(id) || ' ' || max(data) || ' ' || count(*) FROM item WHERE name = replace(hex(zeroblob(524288)), '0', 'x')"));
    }

    [Fact]
    public void Values_bound_again_in_any_order_are_those_that_were_bound_last()
    {
        using var connection = OpenWithTable();
        using var batch = new SqliteBatchWriter(connection);
        using var insert = batch.Prepare("INSERT INTO item (id, name, data) VALUES (?, ?, ?)");
        var random = new Random(7);
        for (var id = 0; id < 300; id++)
        {
            var last = new string?[2];
            for (var i = random.Next(2, 40); i > 0 || last.Contains(null); i--)
            {
                var column = random.Next(2);
                last[column] = new string((char)('a' + random.Next(26)), random.Next(4) == 0 ? random.Next(3_000) : random.Next(20));
                insert.Bind(column + 2, last[column]);
            }

            insert.Bind(1, id).Execute();
            Assert.Equal(last[0] + "|" + last[1], connection.Scalar($"SELECT name || '|' || data FROM item WHERE id = {id}"));
        }
    }

    [Fact]
    public void A_large_value_is_given_back()
    {
        using var connection = OpenWithTable();
        using var batch = new SqliteBatchWriter(connection);
        using var insert = batch.Prepare("INSERT INTO item (id, data) VALUES (?, ?)");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Write();
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 8 * Megabyte);
        Assert.Equal(3 * 50 * Megabyte, connection.Scalar("SELECT sum(length(data)) FROM item"));

        // A method of its own, so that nothing of it is alive afterwards.
        void Write()
        {
            insert.Bind(1, 1).Bind(2, new byte[50 * Megabyte]).Execute();
            batch.Execute("INSERT INTO item (id, data) VALUES (?, ?)", 2, new byte[50 * Megabyte]);
            batch.InsertMany("item", ["id", "data"], [3], static (row, id) => row.Bind(1, id).Bind(2, new byte[50 * Megabyte]));
        }
    }

    [Fact]
    public void Rows_of_many_tables_keep_the_statements_of_a_few()
    {
        using var connection = OpenWithTable();
        using var batch = new SqliteBatchWriter(connection, SqliteBatchWriter.MaxBatchSize);
        var before = NativeMemory() + GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 200; i++)
        {
            batch.Execute($"CREATE TEMP TABLE t{i} (a, b, c, d)");
            batch.Execute($"CREATE TABLE main.t{i} (a, b, c, d)");
            batch.Execute($"DROP TABLE temp.t{i}");
        }

        for (var i = 0; i < 200; i++)
        {
            batch.InsertMany($"t{i}", ["a", "b", "c", "d"], Enumerable.Range(0, 3_000), static (row, n) => row.Bind(1, n).Bind(2, n).Bind(3, n).Bind(4, n));
        }

        Assert.InRange(NativeMemory() + GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 60 * Megabyte);
    }

    [Theory]
    [InlineData("Prepare")]
    [InlineData("Execute")]
    [InlineData("InsertMany")]
    public void Waits_for_an_exclusive_lock_as_a_command_does(string operation)
    {
        using (var setup = _database.Open())
        {
            setup.Run("CREATE TABLE item (id INTEGER PRIMARY KEY)");
        }

        using var connection = _database.Open();
        using var batch = new SqliteBatchWriter(connection);
        using var other = _database.Open();
        other.Run("BEGIN EXCLUSIVE");
        using (new Later(400, () => other.Run("COMMIT")))
        {
            WriteOne(batch, operation);
            batch.Commit();
        }

        Assert.Equal(1L, other.Scalar("SELECT count(*) FROM item"));
    }

    [Theory]
    [InlineData("Prepare")]
    [InlineData("Execute")]
    [InlineData("InsertMany")]
    public void Waits_for_a_table_lock_of_the_shared_cache_as_a_command_does(string operation)
    {
        using var connection = _database.Open(";Cache=Shared");
        connection.Run("CREATE TABLE item (id INTEGER PRIMARY KEY); INSERT INTO item VALUES (100), (101)");
        using var batch = new SqliteBatchWriter(connection);
        using var other = _database.Open(";Cache=Shared");
        using var command = new SqliteCommand("SELECT * FROM item", other);
        using var reader = command.ExecuteReader();
        reader.Read();
        using (new Later(400, () => reader.Dispose()))
        {
            WriteOne(batch, operation);
            batch.Commit();
        }

        Assert.Equal(3L, connection.Scalar("SELECT count(*) FROM item"));
    }

    [Fact]
    public void Waits_no_longer_than_the_default_timeout()
    {
        using (var setup = _database.Open())
        {
            setup.Run("CREATE TABLE item (id INTEGER PRIMARY KEY)");
        }

        using var connection = _database.Open(";Default Timeout=1");
        using var batch = new SqliteBatchWriter(connection);
        using var other = _database.Open();
        other.Run("BEGIN EXCLUSIVE");
        var watch = Stopwatch.StartNew();
        Assert.Equal(5, Assert.Throws<SqliteException>(() => batch.Prepare("INSERT INTO item VALUES (1)")).SqliteErrorCode);
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Parameters_go_by_their_numbers()
    {
        using var connection = OpenWithTable();
        using var batch = new SqliteBatchWriter(connection);
        batch.Execute("INSERT INTO item (id, name) VALUES (?2, ?1)", "first", 2);
        batch.Prepare("INSERT INTO item (id, name) VALUES (?3, $name)").Bind(3, 3).Bind(4, "fourth").Bind(1, 0).Bind(2, 0).Execute();
        Assert.Equal("2first,3fourth", connection.Scalar("SELECT group_concat(id || name) FROM item"));
    }

    [Fact]
    public void A_few_rows_cost_their_statements_and_no_look_into_the_schema()
    {
        using var connection = OpenWithTable();
        for (var i = 0; i < 300; i++)
        {
            connection.Run($"CREATE TABLE t{i} (id INTEGER PRIMARY KEY)");
        }

        using var batch = new SqliteBatchWriter(connection);
        Insert(0, 100);
        var statements = new List<string>();
        SQLitePCL.raw.sqlite3_trace(connection.Handle, (_, text) => statements.Add(text), null);

        for (var i = 0; i < 10; i++)
        {
            Insert(1_000 + (i * 3), 3);
        }

        Assert.Equal(30, statements.Count);
        Assert.All(statements, statement => Assert.StartsWith("INSERT INTO", statement));

        void Insert(int first, int count) => batch.InsertMany("item", ["id", "name"], Enumerable.Range(first, count), static (row, id) => row.Bind(1, id).Bind(2, "name"));
    }

    [Theory]
    [InlineData("CREATE TRIGGER t AFTER INSERT ON item BEGIN UPDATE log SET n = (SELECT count(*) FROM item), largest = max(largest, new.id); END")]
    [InlineData("CREATE TEMP TRIGGER t AFTER INSERT ON item BEGIN UPDATE log SET n = (SELECT count(*) FROM item), largest = max(largest, new.id); END")]
    [InlineData("ROLLBACK TO s; CREATE TRIGGER t AFTER INSERT ON item BEGIN UPDATE log SET n = (SELECT count(*) FROM item), largest = max(largest, new.id); END")]
    public void A_schema_that_changes_is_looked_at_anew(string sql)
    {
        using var connection = OpenWithTable();
        connection.Run("CREATE TABLE log (n, largest); INSERT INTO log VALUES (0, 0)");
        using var batch = new SqliteBatchWriter(connection);
        batch.InsertMany("item", ["id"], Enumerable.Range(0, 400), static (row, id) => row.Bind(1, id));
        connection.Run("SAVEPOINT s; CREATE TABLE something (id)");
        batch.InsertMany("item", ["id"], Enumerable.Range(400, 400), static (row, id) => row.Bind(1, id));
        connection.Run(sql);

        // The source sees each row, and what the trigger has made of it, before it gives the next.
        batch.InsertMany("item", ["id"], Rows(), static (row, id) => row.Bind(1, id));

        IEnumerable<int> Rows()
        {
            for (var id = 1_000; id < 1_400; id++)
            {
                yield return id;
                if (id > 1_000)
                {
                    Assert.Equal((long)id, connection.Scalar("SELECT max(id) FROM item"));
                    Assert.Equal((long)id, connection.Scalar("SELECT largest FROM log"));
                }
            }
        }
    }

    private static void WriteOne(SqliteBatchWriter batch, string operation)
    {
        switch (operation)
        {
            case "Prepare":
                batch.Prepare("INSERT INTO item VALUES (?)").Bind(1, 1).Execute();
                break;
            case "Execute":
                batch.Execute("INSERT INTO item VALUES (1)");
                break;
            default:
                batch.InsertMany("item", ["id"], [1], static (row, id) => row.Bind(1, id));
                break;
        }
    }

    private static long NativeMemory() => SQLitePCL.raw.sqlite3_memory_used();

    private static SqliteConnection OpenWithTable()
    {
        var connection = new SqliteConnection("Data Source=");
        connection.Open();
        connection.Run("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, data)");
        return connection;
    }
}
