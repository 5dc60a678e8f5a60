using SQLitePCL;

namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>Somebody else ends the batch's transaction: the next operation says so and what became of the ones before, and nothing slips into autocommit.</summary>
public sealed class BatchEndingsTests : IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly SqliteConnection _connection;
    private readonly SqliteConnection _other;

    public BatchEndingsTests()
    {
        _connection = _database.OpenConfigured();
        _connection.Run("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT)");
        _other = _database.Open();
    }

    public static TheoryData<string, string, bool> EndingsAndOperations()
    {
        var data = new TheoryData<string, string, bool>();
        foreach (var ending in s_endings.Keys)
        {
            foreach (var operation in s_operations.Keys)
            {
                data.Add(ending, operation, false);
                if (operation is not ("Commit" or "BeginUnit"))
                {
                    data.Add(ending, operation, true);
                }
            }
        }

        return data;
    }

    public static TheoryData<string> Operations() => [.. s_operations.Keys];

    private static readonly Dictionary<string, Action<SqliteConnection>> s_endings = new()
    {
        ["raw COMMIT"] = connection => connection.Run("COMMIT"),
        ["raw END"] = connection => connection.Run("END TRANSACTION"),
        ["raw ROLLBACK"] = connection => connection.Run("ROLLBACK"),
        ["OR ROLLBACK"] = connection => Assert.ThrowsAny<SqliteException>(() => connection.Run("INSERT OR ROLLBACK INTO item (id) VALUES (1)")),
        ["native COMMIT"] = connection => raw.sqlite3_exec(connection.Handle, "COMMIT"),
        ["native ROLLBACK"] = connection => raw.sqlite3_exec(connection.Handle, "ROLLBACK"),
        ["driver's Commit"] = connection => connection.CreateCommand().Transaction!.Commit(),
        ["driver's Rollback"] = connection => connection.CreateCommand().Transaction!.Rollback(),
        ["driver's Dispose"] = connection => connection.CreateCommand().Transaction!.Dispose(),
        ["driver's Commit, and another one"] = connection =>
        {
            connection.CreateCommand().Transaction!.Commit();
            connection.BeginTransaction();
        },
    };

    private static readonly Dictionary<string, Action<SqliteBatchWriter, SqlitePreparedStatement>> s_operations = new()
    {
        ["Execute prepared"] = (_, statement) => statement.Bind(1, 3).Execute(),
        ["ExecuteScalar"] = (_, statement) => statement.Bind(1, 3).ExecuteScalar(),
        ["Execute text"] = (batch, _) => batch.Execute("INSERT INTO item (id) VALUES (?)", 3),
        ["Execute command"] = (batch, _) => batch.Execute(new SqliteCommand("INSERT INTO item (id) VALUES (3)", batch.Connection)),
        ["InsertMany"] = (batch, _) => batch.InsertMany("item", ["id"], [3, 4, 5], static (row, id) => row.Bind(1, id)),
        ["BeginUnit"] = (batch, _) => batch.BeginUnit(),
        ["Commit"] = (batch, _) => batch.Commit(),
    };

    public void Dispose()
    {
        _other.Dispose();
        _connection.Dispose();
        _database.Dispose();
    }

    [Theory]
    [MemberData(nameof(EndingsAndOperations))]
    public void The_next_operation_says_what_became_of_those_before(string ending, string operation, bool inUnit)
    {
        var isCommitted = ending.Contains("COMMIT") || ending.Contains("END") || ending.Contains("Commit");
        using var batch = new SqliteBatchWriter(_connection);
        using var statement = batch.Prepare("INSERT INTO item (id) VALUES (?) RETURNING id");
        statement.Bind(1, 1).Execute();
        statement.Bind(1, 2).Execute();
        using var unit = inUnit ? batch.BeginUnit() : default;

        s_endings[ending](_connection);
        var exception = Assert.Throws<InvalidOperationException>(() => s_operations[operation](batch, statement));

        // What the driver itself was asked to end it does not say how; and what it takes for a rollback may be one of a later statement.
        Assert.Contains(isCommitted && !ending.StartsWith("driver") ? "are stored." : "are stored if it was committed, and gone", exception.Message);
        Assert.Contains("the 2 operations", exception.Message);
        Assert.Contains("Call Rollback to go on", exception.Message);
        Assert.Equal(isCommitted && !ending.StartsWith("driver") ? 2 : 0, batch.CommittedOperations);
        Assert.Throws<InvalidOperationException>(() => s_operations[operation](batch, statement));
        unit.Dispose();
        if (ending.Contains("another"))
        {
            batch.Rollback();
            Assert.Contains("not begun", Assert.Throws<InvalidOperationException>(() => batch.Execute("INSERT INTO item (id) VALUES (8)")).Message);
            _connection.CreateCommand().Transaction!.Rollback();
        }

        batch.Rollback();
        batch.Execute("INSERT INTO item (id) VALUES (9)");
        batch.Commit();
        Assert.Equal(isCommitted ? "1,2,9" : "9", _other.Scalar("SELECT group_concat(id) FROM (SELECT id FROM item ORDER BY id)"));
    }

    [Fact]
    public void A_transaction_that_follows_the_one_rolled_back_is_not_taken_for_it()
    {
        using var batch = new SqliteBatchWriter(_connection);
        batch.Execute("INSERT INTO item (id) VALUES (1)");
        _connection.Run("ROLLBACK");
        raw.sqlite3_exec(_connection.Handle, "BEGIN");

        Assert.Contains("gone if it was rolled back", Assert.Throws<InvalidOperationException>(batch.Commit).Message);
        Assert.Equal(0, batch.CommittedOperations);
        raw.sqlite3_exec(_connection.Handle, "ROLLBACK");
        batch.Rollback();
        batch.Execute("INSERT INTO item (id) VALUES (2)");
        batch.Commit();
        Assert.Equal("2", _other.Scalar("SELECT group_concat(id) FROM item"));
    }

#if !NETSTANDARD_BUILD
    // What the driver does when the connection is closed, seen from another thread in its middle. The netstandard2.0 build waits for the driver there.
    [Theory]
    [MemberData(nameof(Operations))]
    public void A_rollback_that_the_driver_is_about_to_make_is_not_taken_for_a_commit(string operation)
    {
        using var batch = new SqliteBatchWriter(_connection);
        using var statement = batch.Prepare("INSERT INTO item (id) VALUES (?) RETURNING id");
        statement.Bind(1, 1).Execute();
        raw.sqlite3_rollback_hook(_connection.Handle, null, null);
        raw.sqlite3_exec(_connection.Handle, "ROLLBACK");

        var exception = Assert.Throws<InvalidOperationException>(() => s_operations[operation](batch, statement));

        Assert.Contains("gone if it was rolled back", exception.Message);
        Assert.Equal(0, batch.CommittedOperations);
        batch.Rollback();
        batch.Execute("INSERT INTO item (id) VALUES (2)");
        batch.Commit();
        Assert.Equal("2", _other.Scalar("SELECT group_concat(id) FROM item"));
    }
#endif

    [Fact]
    public void A_rollback_after_the_commit_is_not_taken_for_one_instead_of_it()
    {
        using var batch = new SqliteBatchWriter(_connection);
        batch.Execute("INSERT INTO item (id) VALUES (1)");
        raw.sqlite3_exec(_connection.Handle, "COMMIT");
        raw.sqlite3_exec(_connection.Handle, "INSERT INTO item (id) VALUES (1)");

        Assert.Contains("are stored if it was committed", Assert.Throws<InvalidOperationException>(batch.Commit).Message);
        Assert.Equal(1L, _other.Scalar("SELECT count(*) FROM item"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_operation_that_fails_after_a_commit_in_its_callback_does_not_speak_of_a_rollback(bool byCommand)
    {
        _connection.CreateFunction("commit_and_fail", long () =>
        {
            raw.sqlite3_exec(_connection.Handle, "COMMIT");
            throw new InvalidOperationException("failed");
        });
        using var batch = new SqliteBatchWriter(_connection);
        batch.Execute("INSERT INTO item (id) VALUES (1)");
        using var command = new SqliteCommand("SELECT commit_and_fail()", _connection);

        var exception = Assert.Throws<SqliteException>(() => byCommand ? batch.Execute(command) : batch.Execute(command.CommandText));

        Assert.Contains("are stored.", exception.Message);
        Assert.Contains("'failed'", exception.Message);
        Assert.Equal((0, 1L), (batch.PendingOperations, batch.CommittedOperations));
        Assert.Equal(1L, _other.Scalar("SELECT count(*) FROM item"));
        Assert.Throws<InvalidOperationException>(() => batch.Execute("INSERT INTO item (id) VALUES (2)"));
    }

    [Theory]
    [InlineData("COMMIT")]
    [InlineData("ROLLBACK")]
    public void A_rollback_of_what_somebody_else_may_have_committed_is_not_silent(string end)
    {
        using var batch = new SqliteBatchWriter(_connection);
        batch.Execute("INSERT INTO item (id) VALUES (1)");
        raw.sqlite3_exec(_connection.Handle, end);
        Assert.Throws<InvalidOperationException>(batch.Rollback);
        batch.Rollback();
        batch.Execute("INSERT INTO item (id) VALUES (2)");
        batch.Commit();
        Assert.Equal(end == "COMMIT" ? 2L : 1L, _other.Scalar("SELECT count(*) FROM item"));
    }

    [Fact]
    public void The_source_of_rows_may_end_the_transaction_and_loses_nothing_in_silence()
    {
        using var batch = new SqliteBatchWriter(_connection);
        Assert.Throws<InvalidOperationException>(() => batch.InsertMany("item", ["id"], Rows(), static (row, id) => row.Bind(1, id)));
        Assert.Equal(0L, _other.Scalar("SELECT count(*) FROM item"));

        IEnumerable<int> Rows()
        {
            for (var i = 0; i < 2_000; i++)
            {
                if (i == 1_000)
                {
                    _connection.Run("ROLLBACK");
                }

                yield return i;
            }
        }
    }

    [Theory]
    [InlineData("COMMIT")]
    [InlineData("\uFEFFCOMMIT")]
    [InlineData("INSERT INTO item (id) VALUES (2); COMMIT")]
    [InlineData("/* x */ ; ROLLBACK -- x")]
    [InlineData("SAVEPOINT x")]
    [InlineData("SELECT 1; END")]
    [InlineData("INSERT INTO item (name) VALUES ('; COMMIT'); begin")]
    public void Nothing_that_ends_the_transaction_is_carried_out(string sql)
    {
        using var batch = new SqliteBatchWriter(_connection);
        batch.Execute("INSERT INTO item (id) VALUES (1)");
        using var command = new SqliteCommand(sql, _connection);
        Assert.Throws<ArgumentException>("command", () => batch.Execute(command));
        Assert.Throws<ArgumentException>("sql", () => batch.Execute(sql));
        Assert.Throws<ArgumentException>("sql", () => batch.Prepare(sql));
        Assert.Equal(0L, _other.Scalar("SELECT count(*) FROM item"));
        batch.Commit();
        Assert.Equal(1L, _other.Scalar("SELECT count(*) FROM item"));
    }

    [Theory]
    [InlineData("CREATE TRIGGER t AFTER INSERT ON item BEGIN SELECT 1; END")]
    [InlineData("INSERT INTO item (name) VALUES ('COMMIT; ROLLBACK')")]
    [InlineData("EXPLAIN COMMIT")]
    [InlineData("SELECT 1 AS \"commit\"; SELECT 2")]
    public void What_only_looks_like_it_is(string sql)
    {
        using var batch = new SqliteBatchWriter(_connection);
        using var command = new SqliteCommand(sql, _connection);
        batch.Execute(command);
        Assert.Equal(1, batch.PendingOperations);
    }

    [Fact]
    public void A_command_is_given_back_as_it_was()
    {
        using var batch = new SqliteBatchWriter(_connection, batchSize: 2);
        using var command = new SqliteCommand("INSERT INTO item (name) VALUES ('a')", _connection);
        batch.Execute(command);
        Assert.Null(command.Transaction);
        using var enlisted = _connection.CreateCommand();
        enlisted.CommandText = command.CommandText;
        batch.Execute(enlisted);
        Assert.Null(enlisted.Transaction);
        command.ExecuteNonQuery();
        enlisted.ExecuteNonQuery();
        batch.Execute(command);
        batch.Commit();
        Assert.Equal(5L, _other.Scalar("SELECT count(*) FROM item"));
    }

    [Fact]
    public void A_foreign_transaction_is_named_and_left_alone()
    {
        using var batch = new SqliteBatchWriter(_connection);
        _connection.Run("BEGIN; INSERT INTO item (id) VALUES (1)");
        Assert.Contains("not begun", Assert.Throws<InvalidOperationException>(() => batch.Execute("INSERT INTO item (id) VALUES (2)")).Message);
        batch.Commit();
        batch.Rollback();
        _connection.Run("COMMIT");
        batch.Execute("INSERT INTO item (id) VALUES (2)");
        batch.Commit();
        Assert.Equal(2L, _other.Scalar("SELECT count(*) FROM item"));
    }

    [Fact]
    public void An_own_reader_of_an_older_state_is_named_at_once()
    {
        using var batch = new SqliteBatchWriter(_connection, batchSize: 1);
        batch.InsertMany("item", ["id"], Enumerable.Range(0, 10), static (row, id) => row.Bind(1, id));
        using var command = new SqliteCommand("SELECT id FROM item", _connection);
        using (var reader = command.ExecuteReader())
        {
            reader.Read();
            batch.Execute("INSERT INTO item (id) VALUES (20)");
            _other.Run("INSERT INTO item (id) VALUES (21)");
            _connection.DefaultTimeout = 1;

            var exception = Assert.Throws<SqliteException>(() => batch.Execute("INSERT INTO item (id) VALUES (22)"));

            Assert.Equal(517, exception.SqliteExtendedErrorCode);
            Assert.Contains("a reader of this very connection", exception.Message);
        }

        batch.Execute("INSERT INTO item (id) VALUES (22)");
        Assert.Equal(13L, _other.Scalar("SELECT count(*) FROM item"));
    }

    [Fact]
    public void Values_stay_bound_when_a_lock_keeps_the_statement_from_being_tried()
    {
        using var connection = new SqliteConnection(_database.Unpooled + ";Default Timeout=1");
        connection.Open();
        using var batch = new SqliteBatchWriter(connection);
        using var insert = batch.Prepare("INSERT INTO item (id, name) VALUES (?, ?)");
        _other.Run("BEGIN IMMEDIATE");
        insert.Bind(1, 1).Bind(2, "kept");
        Assert.Equal(5, Assert.Throws<SqliteException>(() => insert.Execute()).SqliteErrorCode);
        _other.Run("COMMIT");

        insert.Execute();
        Assert.Throws<InvalidOperationException>(() => insert.Execute());
        batch.Commit();
        Assert.Equal("kept", _other.Scalar("SELECT name FROM item"));
    }

    [Fact]
    public void What_fail_leaves_behind_is_undone_by_a_unit()
    {
        _connection.Run("CREATE TABLE strict (a INTEGER) STRICT");
        using var batch = new SqliteBatchWriter(_connection);
        foreach (var sql in new[] { "INSERT OR FAIL INTO item (id) VALUES (1), (2), (1)", "INSERT INTO strict VALUES (1), (2), ('text')" })
        {
            using var unit = batch.BeginUnit();
            Assert.Throws<SqliteException>(() => batch.Execute(sql));
        }

        batch.Commit();
        Assert.Equal(0L, _other.Scalar("SELECT (SELECT count(*) FROM item) + (SELECT count(*) FROM strict)"));
    }
}
