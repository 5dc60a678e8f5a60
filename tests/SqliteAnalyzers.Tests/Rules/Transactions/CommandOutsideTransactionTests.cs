using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Transactions;

/// <summary>SQLITE4007 at each shape of code that has the fault, and at none that has not.</summary>
public sealed class CommandOutsideTransactionTests
{
    [Theory]
    [InlineData("ExecuteNonQuery()")]
    [InlineData("ExecuteScalar()")]
    [InlineData("ExecuteReader()")]
    public Task Every_way_to_execute_it(string execution) => VerifyAsync(
        $$"""
        using var transaction = connection.BeginTransaction();
        using var command = new SqliteCommand("DELETE FROM items", connection);
        [|command.{{execution}}|];
        """);

    [Theory]
    [InlineData("SELECT count(*) FROM items")]
    [InlineData("INSERT INTO items (name) VALUES ('a')")]
    [InlineData("CREATE TABLE a (b)")]
    [InlineData("PRAGMA user_version")]
    public Task Every_kind_of_statement(string sql) => VerifyAsync(
        $"""
        using var transaction = connection.BeginTransaction();
        [|new SqliteCommand("{sql}", connection).ExecuteScalar()|];
        """);

    [Theory]
    [InlineData("connection.BeginTransaction(deferred: true)")]
    [InlineData("connection.BeginTransaction(System.Data.IsolationLevel.Serializable)")]
    public Task Every_way_to_begin(string begin) => VerifyAsync(
        $"""
        using var transaction = {begin};
        [|new SqliteCommand("DELETE FROM items", connection).ExecuteNonQuery()|];
        """);

    [Theory]
    [InlineData("var command = new SqliteCommand { Connection = connection, CommandText = \"DELETE FROM items\" };")]
    [InlineData("var command = new SqliteCommand(); command.Connection = connection; command.CommandText = \"DELETE FROM items\";")]
    [InlineData("var command = new SqliteCommand(\"DELETE FROM items\", connection, null);")]
    [InlineData("var command = new SqliteCommand(\"DELETE FROM items\", connection) { Transaction = null };")]
    [InlineData("DbCommand command = new SqliteCommand(\"DELETE FROM items\", connection);")]
    public Task Every_way_to_make_it(string command) => VerifyAsync(
        $$"""
        using var transaction = connection.BeginTransaction();
        {{command}}
        [|command.ExecuteNonQuery()|];
        """);

    [Fact]
    public Task A_command_that_its_connection_made_before() => VerifyAsync(
        """
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM items";
        using var transaction = connection.BeginTransaction();
        [|command.ExecuteNonQuery()|];
        """);

    [Fact]
    public Task A_command_made_before_the_transaction_in_a_loop() => VerifyAsync(
        """
        using var command = new SqliteCommand("INSERT INTO items (name) VALUES ($name)", connection);
        using (var transaction = connection.BeginTransaction())
        {
            foreach (var item in items)
            {
                [|command.ExecuteNonQuery()|];
            }
            transaction.Commit();
        }
        """);

    [Fact]
    public Task A_helper_that_makes_its_own_command() => VerifyMembersAsync(
        """
        static void Run()
        {
            using var connection = Db.Open();
            using var transaction = connection.BeginTransaction();
            [|Save(connection)|];
            transaction.Commit();
        }

        static void Save(SqliteConnection connection)
        {
            using var command = new SqliteCommand("DELETE FROM items", connection);
            command.ExecuteNonQuery();
        }
        """);

    [Fact]
    public Task A_helper_that_executes_a_command() => VerifyMembersAsync(
        """
        static void Run()
        {
            using var connection = Db.Open();
            using var transaction = connection.BeginTransaction();
            using var command = new SqliteCommand("DELETE FROM items", connection);
            [|Save(command)|];
            transaction.Commit();
        }

        static void Save(SqliteCommand command) => command.ExecuteNonQuery();
        """);

    [Theory]
    [InlineData("_insert = new SqliteCommand(\"DELETE FROM items\", connection);", "[|_insert.ExecuteNonQuery()|];")]
    [InlineData("_insert = _connection.CreateCommand(); _insert.CommandText = \"DELETE FROM items\";", "[|_insert.ExecuteNonQuery()|];")]
    [InlineData("_insert = new SqliteCommand(\"DELETE FROM items\", _connection); _insert.Prepare();", "foreach (var name in names) { _insert.Parameters[0].Value = name; [|_insert.ExecuteNonQuery()|]; }")]
    [InlineData("_insert = new SqliteCommand(\"DELETE FROM items\", _connection);", "[|Delete()|];")]
    public Task A_command_that_an_object_keeps(string construction, string statements) => VerifyKeptAsync(construction, statements, others: "");

    [Theory]
    [InlineData("_insert.Transaction = transaction; _insert.ExecuteNonQuery();", "")]
    [InlineData("_insert.ExecuteNonQuery();", "public void Tell(SqliteTransaction transaction) => _insert.Transaction = transaction;")]
    [InlineData("_insert.ExecuteNonQuery();", "public SqliteCommand Insert => _insert;")]
    [InlineData("Enlist(_insert, transaction); _insert.ExecuteNonQuery();", "private static void Enlist(SqliteCommand command, SqliteTransaction transaction) => command.Transaction = transaction;")]
    [InlineData("transaction.Commit(); _insert.ExecuteNonQuery();", "")]
    [InlineData("using var command = _connection.CreateCommand(); command.CommandText = _insert.CommandText; command.ExecuteNonQuery();", "")]
    public Task Clean_with_a_command_that_an_object_keeps(string statements, string others) =>
        VerifyKeptAsync("_insert = new SqliteCommand(\"DELETE FROM items\", _connection);", statements, others);

    [Theory]
    [InlineData("_insert.Enlist(transaction)")]
    [InlineData("_insert?.Enlist(transaction)")]
    public Task Clean_where_an_extension_method_may_tell_it(string tell) => VerifyTypesAsync(
        $$"""
        class Store
        {
            private readonly SqliteConnection _connection = Db.Open();
            private readonly SqliteCommand _insert;

            public Store() => _insert = new SqliteCommand("DELETE FROM items", _connection);

            public void Tell(SqliteTransaction transaction) => {{tell}};

            public void Run()
            {
                using var transaction = _connection.BeginTransaction();
                _insert.ExecuteNonQuery();
                transaction.Commit();
            }
        }
        static class Commands
        {
            public static void Enlist(this SqliteCommand command, SqliteTransaction transaction) => command.Transaction = transaction;
        }
        """);

    [Theory]
    [InlineData("private readonly List<SqliteCommand> _all = new();", "_all.Add(insert); _insert = insert;", "foreach (var command in _all) command.Transaction = transaction;")]
    [InlineData("private readonly SqliteCommand[] _all;", "_all = new[] { insert }; _insert = _all[0];", "foreach (var command in _all) command.Transaction = transaction;")]
    [InlineData("private readonly SqliteCommand _last;", "_insert = _last = insert;", "_last.Transaction = transaction;")]
    [InlineData("private readonly Action<SqliteTransaction> _tell;", "_tell = transaction => insert.Transaction = transaction; _insert = insert;", "_tell(transaction);")]
    [InlineData("private readonly Unit _unit = new();", "_unit.Watch(insert); _insert = insert;", "_unit.Tell(transaction);")]
    [InlineData("private readonly Unit _unit;", "_unit = new Unit(); _unit.Watch(insert); _insert = insert;", "_unit.Tell(transaction);")]
    public Task Clean_where_what_else_the_constructor_gave_it_to_may_tell_it(string member, string construction, string tell) => VerifyTypesAsync(
        $$"""
        class Store
        {
            private readonly SqliteConnection _connection = Db.Open();
            private readonly SqliteCommand _insert;
            {{member}}

            public Store()
            {
                var insert = new SqliteCommand("DELETE FROM items", _connection);
                {{construction}}
            }

            public void Run()
            {
                using var transaction = _connection.BeginTransaction();
                {{tell}}
                _insert.ExecuteNonQuery();
                transaction.Commit();
            }
        }
        class Unit
        {
            private SqliteCommand _watched;
            public void Watch(SqliteCommand command) => _watched = command;
            public void Tell(SqliteTransaction transaction) => _watched.Transaction = transaction;
        }
        """);

    [Theory]
    [InlineData("if (flag) _count.Parameters.Clear();", "_connection")]
    [InlineData("var begun = flag ? _connection : _count.Connection;", "begun")]
    [InlineData("", "_count.Connection")]
    public Task A_command_of_the_connection_of_which_not_every_path_has_read(string before, string connection) => VerifyTypesAsync(
        $$"""
        class Store
        {
            private readonly SqliteConnection _connection = Db.Open();
            private readonly SqliteCommand _count;

            public Store()
            {
                _count = _connection.CreateCommand();
                _count.CommandText = "SELECT count(*) FROM items";
            }

            public void Run(bool flag)
            {
                {{before}}
                using var transaction = {{connection}}.BeginTransaction();
                [|_count.ExecuteScalar()|];
            }
        }
        """);

    [Theory]
    [InlineData(" = Db.Open();", " = new SqliteCommand(\"DELETE FROM items\", s_connection);", "")]
    [InlineData(";", ";", "static Store() { s_connection = Db.Open(); s_delete = new SqliteCommand(\"DELETE FROM items\", s_connection); }")]
    [InlineData(" = Db.Open();", ";", "static Store() => s_delete = new SqliteCommand(\"DELETE FROM items\", s_connection);")]
    public Task A_command_in_a_static_field(string connection, string command, string constructor) => VerifyTypesAsync(
        $$"""
        static class Store
        {
            private static readonly SqliteConnection s_connection{{connection}}
            private static readonly SqliteCommand s_delete{{command}}
            {{constructor}}

            public static void Run()
            {
                using var transaction = s_connection.BeginTransaction();
                [|s_delete.ExecuteNonQuery()|];
            }
        }
        """);

    [Fact]
    public Task Clean_where_the_static_connection_is_another_by_now() => VerifyTypesAsync(
        """
        static class Store
        {
            private static SqliteConnection s_connection = Db.Open();
            private static readonly SqliteCommand s_delete = new SqliteCommand("DELETE FROM items", s_connection);

            public static void Reopen() => s_connection = Db.Open();

            public static void Run()
            {
                using var transaction = s_connection.BeginTransaction();
                s_delete.ExecuteNonQuery();
            }
        }
        """);

    [Theory]
    [InlineData("record Commands(SqliteCommand Insert, int Number);")]
    [InlineData("class Commands { public Commands(SqliteCommand insert, int number) => Insert = insert; public SqliteCommand Insert { get; } public void Deconstruct(out SqliteCommand first, out int second) => (first, second) = (Insert, 2); }")]
    public Task Clean_where_it_is_taken_out_of_its_holder(string holder) => VerifyTypesAsync(
        $$"""
        {{holder}}
        class Store
        {
            private readonly SqliteConnection _connection = Db.Open();
            private readonly Commands _commands;

            public Store() => _commands = new Commands(new SqliteCommand("DELETE FROM items", _connection), 1);

            public void Tell(SqliteTransaction transaction)
            {
                var (insert, _) = _commands;
                insert.Transaction = transaction;
            }

            public void Run(Action<SqliteTransaction> begun)
            {
                using var transaction = _connection.BeginTransaction();
                begun(transaction);
                _commands.Insert.ExecuteNonQuery();
                transaction.Commit();
            }
        }
        """);

    [Theory]
    [InlineData("")]
    [InlineData("public bool IsOpen => _commands.Insert != null; public string Name => nameof(_commands.Insert);")]
    public Task A_command_that_another_object_keeps(string others) => VerifyTypesAsync(
        $$"""
        class Commands
        {
            public readonly SqliteCommand Insert;
            public Commands(SqliteConnection connection) => Insert = new SqliteCommand("DELETE FROM items", connection);
        }
        class Store
        {
            private readonly SqliteConnection _connection = Db.Open();
            private readonly Commands _commands;

            public Store() => _commands = new Commands(_connection);

            public void Run()
            {
                using var transaction = _connection.BeginTransaction();
                [|_commands.Insert.ExecuteNonQuery()|];
                transaction.Commit();
            }
            {{others}}
        }
        """);

    [Theory]
    [InlineData("private SqliteCommand Insert => _insert ??= new SqliteCommand(\"DELETE FROM items\", _connection);")]
    [InlineData("private SqliteCommand Insert { get { if (_insert == null) _insert = new SqliteCommand(\"DELETE FROM items\", _connection); return _insert; } }")]
    public Task Clean_where_it_is_made_when_it_is_first_asked_for(string property) => VerifyTypesAsync(
        $$"""
        class Store
        {
            private readonly SqliteConnection _connection = Db.Open();
            private SqliteCommand _insert;
            {{property}}

            public void Run()
            {
                using var transaction = _connection.BeginTransaction();
                Insert.Transaction = transaction;
                Insert.ExecuteNonQuery();
                transaction.Commit();
            }
        }
        """);

    [Fact]
    public Task Clean_where_it_may_be_one_that_was_told() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        using var told = new SqliteCommand("DELETE FROM items", connection, transaction);
        using var other = new SqliteCommand("DELETE FROM items", connection);
        (flag ? told : other).ExecuteNonQuery();
        """);

    [Fact]
    public Task Two_commands_of_which_none_was_told() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        using var one = new SqliteCommand("DELETE FROM items WHERE id = 1", connection);
        using var other = new SqliteCommand("DELETE FROM items", connection);
        [|(flag ? one : other).ExecuteNonQuery()|];
        """);

    [Fact]
    public Task Clean_where_other_code_gives_it_another_connection() =>
        VerifyKeptAsync("_insert = new SqliteCommand(\"DELETE FROM items\", _connection);", "_insert.ExecuteNonQuery();", "public void Move(SqliteConnection to) => _insert.Connection = to;");

    [Fact]
    public Task Clean_where_the_constructor_begins_and_then_makes_it() => VerifyTypesAsync(
        """
        class Store
        {
            private readonly SqliteConnection _connection;
            private readonly SqliteTransaction _transaction;
            private readonly SqliteCommand _insert;

            public Store()
            {
                _connection = Db.Open();
                _transaction = _connection.BeginTransaction();
                _insert = _connection.CreateCommand();
                _insert.CommandText = "DELETE FROM items";
            }

            public void Run()
            {
                _insert.ExecuteNonQuery();
                _transaction.Commit();
            }
        }
        """);

    [Fact]
    public Task A_transaction_in_a_field() => VerifyMembersAsync(
        """
        private readonly SqliteConnection _connection = Db.Open();
        private SqliteTransaction _transaction;

        void Run()
        {
            _transaction = _connection.BeginTransaction();
            using var command = new SqliteCommand("DELETE FROM items", _connection);
            [|command.ExecuteNonQuery()|];
            _transaction.Commit();
        }
        """);

    [Fact]
    public Task A_transaction_begun_by_a_helper() => VerifyMembersAsync(
        """
        static void Run(SqliteConnection connection)
        {
            using var transaction = Begin(connection);
            [|new SqliteCommand("DELETE FROM items", connection).ExecuteNonQuery()|];
            transaction.Commit();
        }

        static SqliteTransaction Begin(SqliteConnection connection) => connection.BeginTransaction();
        """);

    [Fact]
    public Task An_asynchronous_method() => VerifyMembersAsync(
        """
        static async Task Run()
        {
            await using var connection = Db.Open();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var command = new SqliteCommand("DELETE FROM items", connection);
            await [|command.ExecuteNonQueryAsync()|];
            await transaction.CommitAsync();
        }
        """);

    [Theory]
    [InlineData("new SqliteCommand(\"DELETE FROM items\", connection, transaction)")]
    [InlineData("new SqliteCommand(\"DELETE FROM items\", connection) { Transaction = transaction }")]
    [InlineData("new SqliteCommand { Connection = connection, Transaction = transaction, CommandText = \"DELETE FROM items\" }")]
    public Task Clean_with_the_transaction(string command) => VerifyAsync(
        $$"""
        using var transaction = connection.BeginTransaction();
        using var command = {{command}};
        command.ExecuteNonQuery();
        transaction.Commit();
        """);

    [Fact]
    public Task Clean_where_the_connection_makes_it_in_the_transaction() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM items";
        command.ExecuteNonQuery();
        """);

    [Fact]
    public Task Clean_where_it_is_made_before_and_told() => VerifyAsync(
        """
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO items (name) VALUES ('a')";
        foreach (var item in items)
        {
            using var transaction = connection.BeginTransaction();
            command.Transaction = transaction;
            command.ExecuteNonQuery();
            transaction.Commit();
        }
        """);

    [Fact]
    public Task Clean_where_the_transaction_is_told_at_once() => VerifyAsync(
        """
        using var command = connection.CreateCommand();
        command.Transaction = connection.BeginTransaction();
        command.CommandText = "DELETE FROM items";
        command.ExecuteNonQuery();
        command.Transaction.Commit();
        """);

    [Theory]
    [InlineData("connection.Execute(\"DELETE FROM items\")")]
    [InlineData("connection.Query(\"SELECT * FROM items\")")]
    [InlineData("connection.ExecuteScalar<long>(\"SELECT count(*) FROM items\")")]
    public Task Clean_through_Dapper_which_lets_the_connection_make_it(string call) => VerifyAsync(
        $"using var transaction = connection.BeginTransaction(); {call}; transaction.Commit();");

    [Theory]
    [InlineData("transaction.Commit();")]
    [InlineData("transaction.Rollback();")]
    [InlineData("transaction.Dispose();")]
    public Task Clean_after_the_transaction(string end) => VerifyAsync(
        $$"""
        using var transaction = connection.BeginTransaction();
        connection.Execute("DELETE FROM items");
        {{end}}
        new SqliteCommand("DELETE FROM items", connection).ExecuteNonQuery();
        """);

    [Fact]
    public Task Clean_before_the_transaction() => VerifyAsync(
        """
        new SqliteCommand("DELETE FROM items", connection).ExecuteNonQuery();
        using var transaction = connection.BeginTransaction();
        connection.Execute("DELETE FROM items");
        transaction.Commit();
        """);

    [Theory]
    [InlineData("BEGIN")]
    [InlineData("BEGIN IMMEDIATE")]
    [InlineData("SAVEPOINT a")]
    public Task Clean_in_a_transaction_that_was_begun_by_SQL(string begin) => VerifyAsync(
        $$"""
        connection.Execute("{{begin}}");
        new SqliteCommand("DELETE FROM items", connection).ExecuteNonQuery();
        """);

    [Fact]
    public Task Clean_in_a_helper_that_begins_by_SQL() => VerifyMembersAsync(
        """
        static void Run()
        {
            using var connection = Db.Open();
            Save(connection);
        }

        static void Save(SqliteConnection connection)
        {
            new SqliteCommand("BEGIN", connection).ExecuteNonQuery();
            new SqliteCommand("DELETE FROM items", connection).ExecuteNonQuery();
            new SqliteCommand("COMMIT", connection).ExecuteNonQuery();
        }
        """);

    [Fact]
    public Task Clean_on_another_connection() => VerifyAsync(
        """
        using var second = Db.Open();
        using var transaction = second.BeginTransaction();
        new SqliteCommand("DELETE FROM items", connection).ExecuteNonQuery();
        """);

    [Fact]
    public Task Clean_where_both_depend_on_the_same_condition() => VerifyAsync(
        """
        SqliteTransaction transaction = null;
        if (flag) transaction = connection.BeginTransaction();
        using var command = new SqliteCommand("DELETE FROM items", connection);
        if (transaction != null) command.Transaction = transaction;
        command.ExecuteNonQuery();
        transaction?.Commit();
        """);

    [Fact]
    public Task Clean_where_the_transaction_may_be_null() => VerifyAsync(
        """
        var transaction = flag ? connection.BeginTransaction() : null;
        using var command = new SqliteCommand("DELETE FROM items", connection, transaction);
        command.ExecuteNonQuery();
        transaction?.Commit();
        """);

    [Fact]
    public Task Clean_in_a_helper_that_is_handed_the_transaction() => VerifyMembersAsync(
        """
        static void Run()
        {
            using var connection = Db.Open();
            using var transaction = connection.BeginTransaction();
            Save(connection, transaction);
            transaction.Commit();
        }

        static void Save(SqliteConnection connection, SqliteTransaction transaction)
        {
            using var command = new SqliteCommand("DELETE FROM items", connection);
            command.Transaction = transaction;
            command.ExecuteNonQuery();
        }
        """);

    [Fact]
    public Task Clean_where_a_helper_tells_it() => VerifyMembersAsync(
        """
        static void Run()
        {
            using var connection = Db.Open();
            using var transaction = connection.BeginTransaction();
            using var command = new SqliteCommand("DELETE FROM items", connection);
            Enlist(command, transaction);
            command.ExecuteNonQuery();
            transaction.Commit();
        }

        static void Enlist(SqliteCommand command, SqliteTransaction transaction)
        {
            if (transaction != null) command.Transaction = transaction;
        }
        """);

    [Fact]
    public Task Clean_where_a_helper_makes_it_in_the_transaction() => VerifyMembersAsync(
        """
        private readonly SqliteConnection _connection = Db.Open();
        private SqliteTransaction _transaction;

        void Run()
        {
            _transaction = _connection.BeginTransaction();
            using (var command = Command("DELETE FROM items")) command.ExecuteNonQuery();
            _transaction.Commit();
            _transaction = null;
        }

        SqliteCommand Command(string sql) => new SqliteCommand(sql, _connection, _transaction);
        """);

    [Fact]
    public Task Clean_with_a_command_from_elsewhere() => VerifyMembersAsync(
        """
        static void Run(SqliteCommand command)
        {
            using var transaction = command.Connection.BeginTransaction();
            command.ExecuteNonQuery();
            transaction.Commit();
        }
        """);

    [Fact]
    public Task Clean_where_unknown_code_may_tell_it() => VerifyMembersAsync(
        """
        public static Action<SqliteCommand> Prepare;

        static void Run()
        {
            using var connection = Db.Open();
            using var transaction = connection.BeginTransaction();
            using var command = new SqliteCommand("DELETE FROM items", connection);
            Prepare(command);
            command.ExecuteNonQuery();
        }
        """);

    [Fact]
    public Task Clean_with_System_Data_SQLite_which_enlists_each() => RuleVerifier.VerifyAsync(
        Descriptors.CommandOutsideTransaction,
        """
        using System.Data.SQLite;

        using var connection = new SQLiteConnection("Data Source=app.db");
        connection.Open();
        using var before = connection.CreateCommand();
        before.CommandText = "DELETE FROM items";
        using var transaction = connection.BeginTransaction();
        before.ExecuteNonQuery();
        new SQLiteCommand("DELETE FROM items", connection).ExecuteNonQuery();
        transaction.Commit();
        """,
        test => test.References = TestReferences.OnlySystemDataSqlite);

    private static Task VerifyAsync(string statements) => RuleVerifier.VerifyAsync(Descriptors.CommandOutsideTransaction, RuleSource.Statements(statements));

    private static Task VerifyMembersAsync(string members) => RuleVerifier.VerifyAsync(Descriptors.CommandOutsideTransaction, RuleSource.Members(members));

    private static Task VerifyTypesAsync(string types) => RuleVerifier.VerifyAsync(Descriptors.CommandOutsideTransaction, RuleSource.Types(types));

    private static Task VerifyKeptAsync(string construction, string statements, string others) => VerifyTypesAsync(
        $$"""
        class Store
        {
            private readonly SqliteConnection _connection;
            private readonly SqliteCommand _insert;

            public Store(SqliteConnection connection)
            {
                _connection = connection;
                {{construction}}
            }

            public void Run(string[] names)
            {
                using var transaction = _connection.BeginTransaction();
                {{statements}}
            }

            private void Delete() => _insert.ExecuteNonQuery();

            {{others}}
        }
        """);
}
