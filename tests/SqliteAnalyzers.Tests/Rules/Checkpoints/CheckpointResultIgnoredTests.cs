using Microsoft.CodeAnalysis.Testing;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Checkpoints;

/// <summary>SQLITE2002 at each shape of code that has the fault, and at none that has not.</summary>
public sealed class CheckpointResultIgnoredTests
{
    private const string Checkpoint = "\"PRAGMA wal_checkpoint(TRUNCATE)\"";

    [Theory]
    [InlineData("PRAGMA wal_checkpoint(FULL)")]
    [InlineData("PRAGMA wal_checkpoint(RESTART);")]
    [InlineData("PRAGMA wal_checkpoint = TRUNCATE")]
    [InlineData("pragma main.Wal_Checkpoint('full')")]
    [InlineData("DELETE FROM items; PRAGMA wal_checkpoint(FULL)")]
    public Task Every_statement_that_can_be_blocked(string sql) => VerifyAsync($"[|connection.Execute(\"{sql}\")|];");

    [Theory]
    [InlineData("PRAGMA wal_checkpoint")]
    [InlineData("PRAGMA wal_checkpoint(PASSIVE)")]
    [InlineData("PRAGMA wal_checkpoint(NOOP)")]
    [InlineData("PRAGMA wal_autocheckpoint=1000")]
    [InlineData("PRAGMA journal_mode=WAL")]
    [InlineData("SELECT 'PRAGMA wal_checkpoint(FULL)'")]
    [InlineData("-- PRAGMA wal_checkpoint(FULL)")]
    [InlineData("/* PRAGMA wal_checkpoint(FULL) */ SELECT 1")]
    public Task Clean_with_a_statement_that_cannot_be_blocked(string sql) => VerifyAsync($"connection.Execute(\"{sql}\");");

    [Theory]
    [InlineData("new SqliteCommand(" + Checkpoint + ", connection).ExecuteNonQuery()")]
    [InlineData("new SqliteCommand(" + Checkpoint + ", connection).ExecuteScalar()")]
    [InlineData("new SqliteCommand(" + Checkpoint + ", connection).ExecuteReader()")]
    [InlineData("connection.ExecuteScalar(" + Checkpoint + ")")]
    [InlineData("connection.Query(" + Checkpoint + ")")]
    [InlineData("connection.QuerySingle<long>(" + Checkpoint + ")")]
    [InlineData("connection.ExecuteAsync(" + Checkpoint + ")")]
    public Task Every_call_whose_value_is_dropped(string call) => VerifyAsync($"[|{call}|];");

    [Theory]
    [InlineData("new SqliteCommand(" + Checkpoint + ", connection).ExecuteNonQuery()")]
    [InlineData("connection.Execute(" + Checkpoint + ")")]
    public Task The_number_of_rows_is_not_the_answer(string call) => VerifyAsync($"var rows = [|{call}|]; Console.WriteLine(rows);");

    [Theory]
    [InlineData("_ = [|connection.ExecuteScalar(" + Checkpoint + ")|];")]
    [InlineData("var busy = [|connection.ExecuteScalar(" + Checkpoint + ")|];")]
    [InlineData("object? busy; busy = [|connection.ExecuteScalar(" + Checkpoint + ")|];")]
    [InlineData("using var reader = [|connection.ExecuteReader(" + Checkpoint + ")|]; reader.Read();")]
    [InlineData("using (var reader = [|connection.ExecuteReader(" + Checkpoint + ")|]) { }")]
    public Task A_value_that_nobody_looks_at(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("if (connection.ExecuteScalar<long>(" + Checkpoint + ") != 0) throw new InvalidOperationException();")]
    [InlineData("if ((long)new SqliteCommand(" + Checkpoint + ", connection).ExecuteScalar()! != 0) return;")]
    [InlineData("if (new SqliteCommand(" + Checkpoint + ", connection).ExecuteScalar() is 1L) return;")]
    [InlineData("var busy = connection.ExecuteScalar<long>(" + Checkpoint + "); if (busy != 0) return;")]
    [InlineData("long busy; busy = connection.ExecuteScalar<long>(" + Checkpoint + "); if (busy != 0) return;")]
    [InlineData("var busy = connection.ExecuteScalar<long>(" + Checkpoint + "); Console.WriteLine(busy);")]
    [InlineData("var busy = connection.ExecuteScalar<long>(" + Checkpoint + "); Log(\"busy {0}\", busy); static void Log(string text, params object[] values) => System.Diagnostics.Trace.TraceInformation(text, values);")]
    [InlineData("var busy = connection.ExecuteScalar<long>(" + Checkpoint + "); System.Diagnostics.Trace.TraceInformation(\"busy {0}, {1}\", busy, 1);")]
    [InlineData("var busy = connection.ExecuteScalar<long>(" + Checkpoint + "); var text = string.Format(\"busy {0}\", busy); Console.WriteLine(text);")]
    [InlineData("var busy = connection.ExecuteScalar<long>(" + Checkpoint + "); var text = string.Concat(\"busy \", busy); Console.WriteLine(text);")]
    [InlineData("var busy = connection.ExecuteScalar<long>(" + Checkpoint + "); var text = new System.Text.StringBuilder(); text.Append(\"busy \").Append(busy); Console.WriteLine(text);")]
    [InlineData("var busy = connection.ExecuteScalar<long>(" + Checkpoint + "); Console.WriteLine(string.Join(\",\", new object[] { busy, 1 }));")]
    [InlineData("Console.WriteLine(connection.ExecuteScalar<long>(" + Checkpoint + "));")]
    [InlineData("while (connection.ExecuteScalar<long>(" + Checkpoint + ") != 0) { }")]
    [InlineData("using var reader = connection.ExecuteReader(" + Checkpoint + "); reader.Read(); if (reader.GetInt32(0) != 0) return;")]
    [InlineData("using (var reader = connection.ExecuteReader(" + Checkpoint + ")) { if (reader.Read() && reader.GetBoolean(0)) return; }")]
    [InlineData("var (busy, log, done) = connection.QuerySingle<(long, long, long)>(" + Checkpoint + "); if (busy != 0) return;")]
    [InlineData("var row = connection.QuerySingle(" + Checkpoint + "); if (row.busy != 0) return;")]
    [InlineData("foreach (var busy in connection.Query<long>(" + Checkpoint + ")) { if (busy != 0) return; }")]
    [InlineData("foreach (var busy in connection.Query<long>(" + Checkpoint + ", buffered: false)) { if (busy != 0) return; }")]
    [InlineData("using var reader = connection.ExecuteReader(" + Checkpoint + "); foreach (var busy in reader.Parse<long>()) { if (busy != 0) return; }")]
    [InlineData("using var reader = new SqliteCommand(" + Checkpoint + ", connection).ExecuteReader(); foreach (DbDataRecord row in reader) { if (row.GetInt64(0) != 0) return; }")]
    [InlineData("var complete = connection.ExecuteScalar<long>(" + Checkpoint + ") == 0 ? \"yes\" : \"no\"; Console.WriteLine(complete);")]
    public Task Clean_where_the_answer_is_read(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("using var reader = [|connection.ExecuteReader(" + Checkpoint + ")|]; reader.Read(); Console.WriteLine($\"{reader.GetInt32(1)} of {reader.GetInt64(2)}\");")]
    [InlineData("using var reader = [|connection.ExecuteReader(" + Checkpoint + ")|]; if (reader.Read()) Console.WriteLine(reader[1]);")]
    [InlineData("using var reader = [|connection.ExecuteReader(" + Checkpoint + ")|]; while (reader.Read()) Console.WriteLine(reader[\"checkpointed\"]);")]
    [InlineData("using var reader = [|connection.ExecuteReader(" + Checkpoint + ")|]; reader.Read(); var moved = reader.GetDouble(2); Console.WriteLine(moved);")]
    [InlineData("using var reader = [|connection.ExecuteReader(" + Checkpoint + ")|]; reader.Read(); Console.WriteLine(reader.GetInt64(reader.GetOrdinal(\"log\")));")]
    public Task A_row_of_which_only_the_counts_are_read(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("if (reader.GetInt32(0) != 0) return; Console.WriteLine(reader.GetInt32(1));")]
    [InlineData("Console.WriteLine(reader[\"busy\"]);")]
    [InlineData("Console.WriteLine(reader.GetInt64(reader.GetOrdinal(\"BUSY\")));")]
    [InlineData("for (var column = 0; column < 3; column++) Console.WriteLine(reader.GetValue(column));")]
    [InlineData("var values = new object[3]; reader.GetValues(values);")]
    [InlineData("if (reader.GetInt32(1) != reader.GetInt32(2)) return;")]
    [InlineData("var log = reader.GetInt64(1); var moved = reader.GetInt64(2); if (moved < log) return;")]
    [InlineData("Console.WriteLine(reader);")]
    public Task Clean_where_the_row_says_whether_it_was_complete(string use) => VerifyAsync(
        $"using var reader = connection.ExecuteReader({Checkpoint}); reader.Read(); {use}");

    [Theory]
    [InlineData("if ((long)reader[\"busy\"] != 0) return;")]
    [InlineData("if ((long)reader[0] != 0) return;")]
    [InlineData("var busy = (long)reader[reader.GetOrdinal(\"busy\")]; Console.WriteLine(busy);")]
    [InlineData("if (reader.GetInt64(0) != 0) return;")]
    [InlineData("if (reader.GetFieldValue<long>(0) != 0) return;")]
    [InlineData("if (reader.GetValue(0) is 1L) return;")]
    [InlineData("var values = new object[3]; reader.GetValues(values);")]
    public Task Clean_where_a_reader_of_the_provider_s_own_type_says_it(string use) => VerifyAsync(
        $"using SqliteDataReader reader = new SqliteCommand({Checkpoint}, connection).ExecuteReader(); reader.Read(); {use}");

    [Theory]
    [InlineData("Console.WriteLine(reader[1]);")]
    [InlineData("Console.WriteLine(reader[\"log\"]);")]
    [InlineData("Console.WriteLine(reader.GetFieldValue<long>(2));")]
    [InlineData("Console.WriteLine(reader.FieldCount);")]
    public Task A_reader_of_the_provider_s_own_type_of_which_only_the_counts_are_read(string use) => VerifyAsync(
        $"using SqliteDataReader reader = [|new SqliteCommand({Checkpoint}, connection).ExecuteReader()|]; reader.Read(); {use}");

    [Theory]
    [InlineData("[|context.Database.ExecuteSqlRaw(" + Checkpoint + ")|];")]
    [InlineData("await [|context.Database.ExecuteSqlRawAsync(" + Checkpoint + ")|].ConfigureAwait(false);")]
    [InlineData("[|context.Database.ExecuteSql($\"PRAGMA wal_checkpoint(TRUNCATE)\")|];")]
    [InlineData("var rows = await [|context.Database.ExecuteSqlInterpolatedAsync($\"PRAGMA wal_checkpoint(TRUNCATE)\")|]; Console.WriteLine(rows);")]
    public Task Executed_by_Entity_Framework(string statements) => VerifyWithContextAsync(statements);

    [Theory]
    [InlineData("context.Database.ExecuteSqlRaw(\"PRAGMA wal_checkpoint(PASSIVE)\");")]
    [InlineData("context.Database.ExecuteSqlRaw(\"PRAGMA optimize\"); context.Database.ExecuteSqlRaw(\"DELETE FROM items\");")]
    [InlineData("await context.Database.SqlQueryRaw<int>(" + Checkpoint + ").ToListAsync();")]
    [InlineData("new Own().ExecuteSqlRaw(" + Checkpoint + ");")]
    public Task Clean_with_Entity_Framework(string statements) => VerifyWithContextAsync(statements);

    [Theory]
    [InlineData("private readonly SqliteCommand _checkpoint = new(" + Checkpoint + ", Db.Open());")]
    [InlineData("private static readonly SqliteCommand _checkpoint = new() { CommandText = " + Checkpoint + ", Connection = Db.Open() };")]
    [InlineData("private readonly SqliteCommand _checkpoint; public Program() { _checkpoint = new SqliteCommand(" + Checkpoint + ", Db.Open()); }")]
    public Task A_command_that_a_field_holds(string field) => VerifyMembersAsync(
        $"{field} void Run() => [|_checkpoint.ExecuteNonQuery()|]; void Main() => Run();");

    [Fact]
    public Task A_text_that_a_field_holds() => VerifyMembersAsync(
        $$"""
        private static readonly string s_sql = {{Checkpoint}};
        private readonly SqliteConnection _connection = Db.Open();
        void Direct() => [|_connection.Execute(s_sql)|];
        void ByHelper() => [|Run(_connection, s_sql)|];
        static void Run(SqliteConnection connection, string sql) => connection.Execute(sql);
        """);

    [Theory]
    [InlineData("private readonly SqliteCommand _checkpoint = new(" + Checkpoint + ", Db.Open());", "if (_checkpoint.ExecuteScalar() is 1L) throw new InvalidOperationException();")]
    [InlineData("private readonly SqliteCommand _checkpoint = new(\"PRAGMA wal_checkpoint(PASSIVE)\", Db.Open());", "_checkpoint.ExecuteNonQuery();")]
    [InlineData("private readonly SqliteCommand _checkpoint = new(\"PRAGMA optimize\", Db.Open());", "_checkpoint.ExecuteNonQuery();")]
    public Task Clean_with_a_command_that_a_field_holds(string field, string use) => VerifyMembersAsync($"{field} void Run() {{ {use} }}");

    [Fact]
    public Task The_text_set_on_a_command() => VerifyAsync(
        """
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(FULL)";
        [|command.ExecuteNonQuery()|];
        """);

    [Fact]
    public Task Clean_where_the_text_is_replaced_before_it_runs() => VerifyAsync(
        """
        using var command = new SqliteCommand("PRAGMA wal_checkpoint(FULL)", connection);
        command.CommandText = "PRAGMA optimize";
        command.ExecuteNonQuery();
        """);

    [Fact]
    public Task Clean_where_the_command_never_runs() => VerifyAsync(
        """
        using var command = new SqliteCommand("PRAGMA wal_checkpoint(FULL)", connection);
        command.Prepare();
        """);

    [Fact]
    public Task A_constant() => VerifyMembersAsync(
        """
        private const string Mode = "FULL";
        private const string Sql = "PRAGMA wal_checkpoint(" + Mode + ")";
        static void Run(SqliteConnection connection) => [|connection.Execute(Sql)|];
        """);

    [Fact]
    public Task An_interpolated_mode() => VerifyAsync("[|connection.Execute($\"PRAGMA wal_checkpoint({(flag ? \"FULL\" : \"TRUNCATE\")})\")|];");

    [Fact]
    public Task Clean_with_a_constant_that_is_passive() => VerifyMembersAsync(
        """
        private const string Sql = "PRAGMA wal_checkpoint(PASSIVE)";
        static void Run(SqliteConnection connection) => connection.Execute(Sql);
        """);

    [Fact]
    public Task A_text_chosen_by_a_branch() => VerifyAsync(
        """
        var sql = "PRAGMA optimize";
        if (flag) sql = "PRAGMA wal_checkpoint(FULL)";
        [|connection.Execute(sql)|];
        """);

    [Fact]
    public Task Clean_with_a_text_chosen_by_a_branch() => VerifyAsync(
        """
        var sql = flag ? "PRAGMA optimize" : "PRAGMA wal_checkpoint(FULL)";
        if (connection.ExecuteScalar<long?>(sql) is 1) return;
        """);

    [Fact]
    public Task In_each_branch() => VerifyAsync(
        """
        if (flag) { [|connection.Execute("PRAGMA wal_checkpoint(FULL)")|]; }
        else { [|connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)")|]; }
        """);

    [Fact]
    public Task In_a_loop() => VerifyAsync(
        """
        foreach (var item in items) { [|connection.Execute("PRAGMA wal_checkpoint(FULL)")|]; }
        """);

    [Fact]
    public Task Clean_in_a_loop_that_retries() => VerifyAsync(
        """
        for (var attempt = 0; attempt < 3; attempt++)
        {
            if (connection.ExecuteScalar<long>("PRAGMA wal_checkpoint(FULL)") == 0) break;
        }
        """);

    [Fact]
    public Task In_try_catch_and_finally() => VerifyAsync(
        """
        try { [|connection.Execute("PRAGMA wal_checkpoint(FULL)")|]; }
        catch (SqliteException) { [|connection.Execute("PRAGMA wal_checkpoint(RESTART)")|]; }
        finally { [|connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)")|]; }
        """);

    [Fact]
    public Task Clean_in_a_finally() => VerifyAsync(
        """
        try { Db.Write(connection); }
        finally
        {
            var busy = connection.ExecuteScalar<long>("PRAGMA wal_checkpoint(FULL)");
            Console.WriteLine(busy);
        }
        """);

    [Fact]
    public Task Awaited() => VerifyAsyncAsync(
        """
        await [|connection.ExecuteAsync("PRAGMA wal_checkpoint(FULL)")|];
        await [|connection.ExecuteScalarAsync<long>("PRAGMA wal_checkpoint(FULL)")|].ConfigureAwait(false);
        await using var command = new SqliteCommand("PRAGMA wal_checkpoint(FULL)", connection);
        await [|command.ExecuteNonQueryAsync()|];
        """);

    [Fact]
    public Task Clean_awaited() => VerifyAsyncAsync(
        """
        if (await connection.ExecuteScalarAsync<long>("PRAGMA wal_checkpoint(FULL)").ConfigureAwait(false) != 0) return;
        var busy = await connection.ExecuteScalarAsync<long>("PRAGMA wal_checkpoint(FULL)");
        Console.WriteLine(busy);
        """);

    [Fact]
    public Task Clean_with_an_awaited_reader() => VerifyAsyncAsync(
        """
        await using var command = new SqliteCommand("PRAGMA wal_checkpoint(FULL)", connection);
        await using var reader = await command.ExecuteReaderAsync();
        if (await reader.ReadAsync() && reader.GetInt64(0) != 0) throw new InvalidOperationException();
        """);

    [Fact]
    public Task A_field() => VerifyMembersAsync(
        """
        private readonly SqliteConnection _connection = Db.Open();
        void Run() => [|_connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
        """);

    [Fact]
    public Task A_helper_that_is_given_the_connection() => VerifyMembersAsync(
        """
        static void Run() { using var connection = Db.Open(); Flush(connection); }
        static void Flush(SqliteConnection connection) => [|connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
        """);

    [Fact]
    public Task A_helper_that_is_given_the_text_is_reported_at_its_caller() => VerifyMembersAsync(
        """
        static void Run(SqliteConnection connection) => [|Execute(connection, "PRAGMA wal_checkpoint(FULL)")|];
        static void Execute(SqliteConnection connection, string sql) => connection.Execute(sql);
        """);

    [Fact]
    public Task Clean_with_a_helper_that_is_given_another_text() => VerifyMembersAsync(
        """
        static void Run(SqliteConnection connection) => Execute(connection, "PRAGMA optimize");
        static void Execute(SqliteConnection connection, string sql) => connection.Execute(sql);
        """);

    [Fact]
    public Task Clean_with_a_helper_that_returns_the_answer() => VerifyMembersAsync(
        """
        static void Run(SqliteConnection connection) { if (Flush(connection) != 0) throw new InvalidOperationException(); }
        static long Flush(SqliteConnection connection) => connection.ExecuteScalar<long>("PRAGMA wal_checkpoint(FULL)");
        """);

    [Theory]
    [InlineData("static long Flush(SqliteConnection connection) => connection.ExecuteScalar<long>(\"PRAGMA wal_checkpoint(FULL)\");")]
    [InlineData("static bool Flush(SqliteConnection connection) => connection.ExecuteScalar<long>(\"PRAGMA wal_checkpoint(FULL)\") == 0;")]
    [InlineData("static bool Flush(SqliteConnection connection) => !(connection.ExecuteScalar<long>(\"PRAGMA wal_checkpoint(FULL)\") > 0);")]
    [InlineData("static bool Flush(SqliteConnection connection) { using var command = new SqliteCommand(\"PRAGMA wal_checkpoint(FULL)\", connection); return command.ExecuteScalar() is 0L; }")]
    [InlineData("static bool Flush(SqliteConnection connection) { var busy = connection.ExecuteScalar<long>(\"PRAGMA wal_checkpoint(FULL)\"); return busy == 0; }")]
    [InlineData("static object Flush(IDbConnection connection) { using var command = connection.CreateCommand(); command.CommandText = \"PRAGMA wal_checkpoint(FULL)\"; return command.ExecuteScalar(); }")]
    [InlineData("static long Flush(SqliteConnection connection) => Scalar(connection); static long Scalar(SqliteConnection connection) => connection.ExecuteScalar<long>(\"PRAGMA wal_checkpoint(FULL)\");")]
    public Task A_helper_whose_answer_is_dropped_is_reported_at_its_caller(string helper) => VerifyMembersAsync(
        $$"""
        static void Run() { using var connection = Db.Open(); [|Flush(connection)|]; }
        static void Ask() { using var connection = Db.Open(); Console.WriteLine(Flush(connection)); }
        {{helper.Replace("IDbConnection", "System.Data.IDbConnection", StringComparison.Ordinal)}}
        """);

    [Theory]
    [InlineData("if (!Flush(connection)) throw new InvalidOperationException();")]
    [InlineData("var done = Flush(connection); if (!done) Console.WriteLine(done);")]
    [InlineData("for (var i = 0; i < 3 && !Flush(connection); i++) { }")]
    [InlineData("Console.WriteLine(Flush(connection) ? \"done\" : \"blocked\");")]
    [InlineData("while (true) { if (Flush(connection)) return; }")]
    public Task Clean_with_a_helper_whose_answer_is_read(string use) => VerifyMembersAsync(
        $$"""
        static void Run() { using var connection = Db.Open(); {{use}} }
        static bool Flush(SqliteConnection connection) => connection.ExecuteScalar<long>("PRAGMA wal_checkpoint(FULL)") == 0;
        """);

    [Theory]
    [InlineData("connection.Execute(\"PRAGMA journal_mode=DELETE\"); connection.Execute(\"PRAGMA wal_checkpoint(TRUNCATE)\");")]
    [InlineData("connection.Execute(\"PRAGMA journal_mode = 'truncate'; PRAGMA wal_checkpoint(FULL)\");")]
    [InlineData("using var command = connection.CreateCommand(); command.CommandText = \"PRAGMA journal_mode=DELETE;\"; command.ExecuteNonQuery(); command.CommandText = \"PRAGMA wal_checkpoint(TRUNCATE);\"; command.ExecuteNonQuery();")]
    public Task Clean_where_the_connection_has_left_WAL_mode(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("connection.Execute(\"PRAGMA journal_mode=WAL\"); [|connection.Execute(\"PRAGMA wal_checkpoint(TRUNCATE)\")|];")]
    [InlineData("if (flag) connection.Execute(\"PRAGMA journal_mode=DELETE\"); [|connection.Execute(\"PRAGMA wal_checkpoint(TRUNCATE)\")|];")]
    [InlineData("connection.Execute($\"PRAGMA journal_mode={items[0]}\"); [|connection.Execute(\"PRAGMA wal_checkpoint(TRUNCATE)\")|];")]
    [InlineData("connection.Execute(\"PRAGMA journal_mode=DELETE\"); connection.Execute(\"PRAGMA journal_mode=WAL\"); [|connection.Execute(\"PRAGMA wal_checkpoint(TRUNCATE)\")|];")]
    [InlineData("[|connection.Execute(\"PRAGMA wal_checkpoint(TRUNCATE)\")|]; connection.Execute(\"PRAGMA journal_mode=DELETE\");")]
    public Task The_connection_is_in_WAL_mode_or_may_be(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("using (connection.Watch()) { return connection.ExecuteScalar<long>(\"PRAGMA wal_checkpoint(FULL)\") == 0; }")]
    [InlineData("try { return connection.ExecuteScalar<long>(\"PRAGMA wal_checkpoint(FULL)\") == 0; } finally { Done(connection); }")]
    public Task Clean_where_the_answer_is_given_back_out_of_a_block_whose_end_calls_other_code(string statements) => VerifyTypesAsync(GivesBack(statements));

    [Theory]
    [InlineData("try { [|connection.ExecuteScalar<long>(\"PRAGMA wal_checkpoint(FULL)\")|]; return true; } finally { Done(connection); }")]
    public Task The_block_gives_back_something_else(string statements) => VerifyTypesAsync(GivesBack(statements));

    [Fact]
    public Task Another_class() => VerifyTypesAsync(
        """
        class Store(SqliteConnection connection)
        {
            public void Flush() => [|connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
        }
        class Program { static void Run() => new Store(Db.Open()).Flush(); }
        """);

    [Fact]
    public Task Clean_in_another_class() => VerifyTypesAsync(
        """
        class Store(SqliteConnection connection)
        {
            public bool Flush() => connection.ExecuteScalar<long>("PRAGMA wal_checkpoint(FULL)") == 0;
        }
        class Program { static void Run() { if (!new Store(Db.Open()).Flush()) throw new InvalidOperationException(); } }
        """);

    [Theory]
    [InlineData("private readonly SqliteCommand _command; public Statement(SqliteConnection connection, string sql) { _command = connection.CreateCommand(); _command.CommandText = sql; }")]
    [InlineData("private readonly SqliteCommand _command; public Statement(SqliteConnection connection, string sql) { var command = connection.CreateCommand(); command.CommandText = sql; _command = command; }")]
    [InlineData("private readonly SqliteCommand _command; public Statement(SqliteConnection connection, string sql) => _command = new(sql, connection);")]
    [InlineData("private readonly SqliteCommand _command; public Statement(SqliteConnection connection, string sql) => _command = new() { CommandText = sql, Connection = connection };")]
    public Task A_command_that_a_constructor_makes_of_the_text_it_is_given(string members) => VerifyTypesAsync(
        $$"""
        class Statement
        {
            {{members}}
            public int Run() { using var command = _command; return command.ExecuteNonQuery(); }
        }
        static class Statements
        {
            public static Statement Prepare(this SqliteConnection connection, string sql) => new(connection, sql);
        }
        class Program
        {
            static void Direct(SqliteConnection connection) => [|new Statement(connection, {{Checkpoint}}).Run()|];
            static void Fluent(SqliteConnection connection) => [|connection.Prepare({{Checkpoint}}).Run()|];
        }
        """);

    [Theory]
    [InlineData("connection.Prepare(\"PRAGMA optimize\").Run();")]
    [InlineData("connection.Prepare(\"PRAGMA wal_checkpoint(PASSIVE)\").Run();")]
    [InlineData("if (connection.Prepare(" + Checkpoint + ").Ask() is 1L) throw new InvalidOperationException();")]
    [InlineData("connection.Prepare(" + Checkpoint + ");")]
    [InlineData("var statement = connection.Prepare(" + Checkpoint + "); connection.Prepare(\"PRAGMA optimize\").Run();")]
    public Task Clean_with_a_command_that_a_constructor_makes_of_the_text_it_is_given(string statements) => VerifyTypesAsync(
        $$"""
        class Statement
        {
            private readonly SqliteCommand _command;
            public Statement(SqliteConnection connection, string sql) { _command = connection.CreateCommand(); _command.CommandText = sql; }
            public int Run() => _command.ExecuteNonQuery();
            public object? Ask() => _command.ExecuteScalar();
        }
        static class Statements
        {
            public static Statement Prepare(this SqliteConnection connection, string sql) => new(connection, sql);
        }
        class Program { static void Run(SqliteConnection connection) { {{statements}} } }
        """);

    [Fact]
    public Task An_interface_with_one_implementation() => VerifyTypesAsync(
        """
        interface IStore { int Execute(string sql); }
        class Store(SqliteConnection connection) : IStore
        {
            public int Execute(string sql) => connection.Execute(sql);
        }
        class Program { static void Run(IStore store) => [|store.Execute("PRAGMA wal_checkpoint(FULL)")|]; }
        """);

    [Fact]
    public Task Clean_with_an_interface_of_which_nothing_is_known() => VerifyTypesAsync(
        """
        interface IStore { int Execute(string sql); }
        class Program { static void Run(IStore store) => store.Execute("PRAGMA wal_checkpoint(FULL)"); }
        """);

    [Fact]
    public Task A_lambda() => VerifyAsync(
        """
        Action flush = () => [|connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
        flush();
        """);

    [Fact]
    public Task Clean_with_a_lambda_that_returns_the_answer() => VerifyAsync(
        """
        Func<long> flush = () => connection.ExecuteScalar<long>("PRAGMA wal_checkpoint(FULL)");
        if (flush() != 0) return;
        """);

    [Fact]
    public Task A_local_function() => VerifyAsync(
        """
        Flush();
        void Flush() => [|connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
        """);

    [Fact]
    public Task Clean_with_a_local_function_that_returns_the_answer() => VerifyAsync(
        """
        if (Flush() != 0) return;
        long Flush() => connection.ExecuteScalar<long>("PRAGMA wal_checkpoint(FULL)");
        """);

    [Fact]
    public Task Recursion() => VerifyMembersAsync(
        """
        static void Run(SqliteConnection connection, int depth)
        {
            [|connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
            if (depth > 0) Run(connection, depth - 1);
        }
        """);

    [Fact]
    public Task Clean_with_recursion() => VerifyMembersAsync(
        """
        static void Run(SqliteConnection connection, int attempts)
        {
            if (connection.ExecuteScalar<long>("PRAGMA wal_checkpoint(FULL)") != 0 && attempts > 0) Run(connection, attempts - 1);
        }
        """);

    [Fact]
    public Task Partial_classes() => VerifyTypesAsync(
        """
        partial class Program { private const string Sql = "PRAGMA wal_checkpoint(FULL)"; }
        partial class Program { static void Run(SqliteConnection connection) => [|connection.Execute(Sql)|]; }
        """);

    [Fact]
    public Task Half_typed_code() => VerifyHalfTypedAsync("[|connection.Execute(\"PRAGMA wal_checkpoint(FULL)\")|] Console.");

    [Theory]
    [InlineData("connection.(\"PRAGMA wal_checkpoint(FULL)\");")]
    [InlineData("if (connection.ExecuteScalar<long>(\"PRAGMA wal_checkpoint(FULL)\") != ")]
    [InlineData("unknown.Execute(\"PRAGMA wal_checkpoint(FULL)\");")]
    public Task Clean_in_half_typed_code(string statements) => VerifyHalfTypedAsync(statements);

    [Fact]
    public Task Clean_with_the_helpers_of_the_runtime_library() => VerifyAsync(
        """
        SqliteAnalyzers.Runtime.SqliteConnectionExtensions.Checkpoint(connection);
        if (!SqliteAnalyzers.Runtime.SqliteConnectionExtensions.TryCheckpoint(connection).IsComplete) return;
        """);

    [Fact]
    public Task Clean_with_types_of_the_users_own() => VerifyAloneAsync(
        """
        new Own.SqliteConnection().Execute("PRAGMA wal_checkpoint(FULL)");
        new Own.SqliteCommand("PRAGMA wal_checkpoint(FULL)").ExecuteNonQuery();
        namespace Own
        {
            class SqliteConnection { public void Execute(string sql) { } }
            class SqliteCommand(string sql) { public void ExecuteNonQuery() => Console.WriteLine(sql); }
        }
        """);

    [Fact]
    public Task Clean_in_generated_code() => VerifyTypesAsync(
        """
        [System.CodeDom.Compiler.GeneratedCode("tool", "1.0")]
        class Generated { static void Run(SqliteConnection connection) => connection.Execute("PRAGMA wal_checkpoint(FULL)"); }
        """);

    [Fact]
    public Task Clean_where_the_severity_is_none() => RuleVerifier.VerifyAsync(
        Descriptors.CheckpointResultIgnored,
        RuleSource.Statements("connection.Execute(\"PRAGMA wal_checkpoint(FULL)\");"),
        test => test.EditorConfig = "dotnet_diagnostic.SQLITE2002.severity = none");

    [Fact]
    public Task The_location_is_the_whole_call_and_there_is_no_other() => VerifyExactlyAsync(
        """
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(FULL)";
        {|#0:command
            .ExecuteNonQuery()|};
        """);

    [Fact]
    public Task The_location_does_not_include_the_variable() => VerifyExactlyAsync(
        "var busy = {|#0:connection.ExecuteScalar<long>(\"PRAGMA wal_checkpoint(FULL)\")|};");

    [Theory]
    [InlineData("full", "Full")]
    [InlineData("RESTART", "Restart")]
    [InlineData("'TRUNCATE'", "Truncate")]
    public Task The_fix_is_told_connection_and_mode(string mode, string expected) => VerifyPropertiesAsync(
        $"[|connection.Execute(\"PRAGMA wal_checkpoint({mode})\")|];",
        (DiagnosticProperties.Connection, "connection"),
        (DiagnosticProperties.Mode, expected));

    [Fact]
    public Task The_fix_is_not_told_a_mode_that_is_not_known() => VerifyPropertiesAsync(
        "[|connection.Execute($\"PRAGMA wal_checkpoint({items[0]})\")|];",
        (DiagnosticProperties.Connection, "connection"),
        (DiagnosticProperties.Mode, null));

    /// <summary>What a delegate gives back, whoever runs it may look at; who it is and what is done with it is followed where it can be.</summary>
    [Theory]
    [InlineData("if (Locked(() => connection.ExecuteScalar<int>(Sql)) != 0) throw new TimeoutException();")]
    [InlineData("Must(() => connection.ExecuteScalar<int>(Sql));")]
    [InlineData("if (!Retry(() => connection.ExecuteScalar<int>(Sql) == 0)) throw new TimeoutException();")]
    [InlineData("if (await LockedAsync(async () => await connection.ExecuteScalarAsync<int>(Sql)) != 0) throw new TimeoutException();")]
    [InlineData("if (With(c => c.ExecuteScalar<int>(Sql)) != 0) throw new TimeoutException();")]
    [InlineData("Check = () => connection.ExecuteScalar<int>(Sql);")]
    [InlineData("checks[\"checkpoint\"] = () => connection.ExecuteScalar<int>(Sql);")]
    [InlineData("checks.Values.Append(() => connection.ExecuteScalar<int>(Sql)).ToList();")]
    public Task Clean_where_a_delegate_gives_the_answer_back(string statements) => VerifyWithHelpersAsync(statements);

    [Theory]
    [InlineData("Locked(() => [|connection.ExecuteScalar<int>(Sql)|]);")]
    [InlineData("Drop(() => [|connection.ExecuteScalar<int>(Sql)|]);")]
    [InlineData("Must(() => { [|connection.Execute(Sql)|]; return 0; });")]
    [InlineData("jobs.Add(c => [|c.Execute(Sql)|]);")]
    [InlineData("jobs.Add(delegate(SqliteConnection c) { [|c.Execute(Sql)|]; });")]
    [InlineData("new[] { connection }.ToList().ForEach(c => [|c.Execute(Sql)|]);")]
    [InlineData("jobs.Add(Run); void Run(SqliteConnection c) => [|c.Execute(Sql)|];")]
    public Task Answer_that_a_delegate_drops(string statements) => VerifyWithHelpersAsync(statements);

    [Theory]
    [InlineData("var answer = connection.QuerySingle<(int Busy, int Log, int Done)>(" + Checkpoint + "); if (answer.Busy != 0) return;")]
    [InlineData("var answer = connection.QuerySingle<(int, int, int)>(" + Checkpoint + "); if (answer.Item1 != 0) return;")]
    [InlineData("(int busy, _, _) = connection.QuerySingle<(int, int, int)>(" + Checkpoint + "); if (busy != 0) return;")]
    [InlineData("var (_, log, done) = connection.QuerySingle<(int, int, int)>(" + Checkpoint + "); if (done < log) return;")]
    [InlineData("if (connection.Query<(int Busy, int Log, int Done)>(" + Checkpoint + ").Any(row => row.Busy != 0)) return;")]
    [InlineData("if (connection.Query<(int Busy, int Log, int Done)>(" + Checkpoint + ").First().Busy != 0) return;")]
    [InlineData("if (connection.Query<(int Busy, int Log, int Done)>(" + Checkpoint + ").ToList()[0].Busy != 0) return;")]
    [InlineData("if (connection.Query<(int Busy, int Log, int Done)>(" + Checkpoint + ").Select(row => row.Busy).Single() != 0) return;")]
    [InlineData("foreach (var row in connection.Query<(int Busy, int Log, int Done)>(" + Checkpoint + ")) if (row.Busy != 0) return;")]
    [InlineData("foreach (var (busy, _, _) in connection.Query<(int, int, int)>(" + Checkpoint + ")) if (busy != 0) return;")]
    [InlineData("var table = new System.Data.DataTable(); using (var reader = connection.ExecuteReader(" + Checkpoint + ")) table.Load(reader); Console.WriteLine(table.Rows[0][0]);")]
    [InlineData("var row = (IDictionary<string, object>)connection.QuerySingle(" + Checkpoint + "); if ((long)row[\"busy\"] != 0) return;")]
    public Task Clean_where_the_row_is_a_tuple_an_object_or_a_table(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("var answer = [|connection.QuerySingle<(int Busy, int Log, int Done)>(" + Checkpoint + ")|]; Console.WriteLine(answer.Log);")]
    [InlineData("var answer = [|connection.QuerySingle<(int, int, int)>(" + Checkpoint + ")|]; Console.WriteLine(answer.Item2 + answer.Item3);")]
    [InlineData("var (_, log, _) = [|connection.QuerySingle<(int, int, int)>(" + Checkpoint + ")|]; Console.WriteLine(log);")]
    [InlineData("var (busy, log, done) = [|connection.QuerySingle<(int, int, int)>(" + Checkpoint + ")|]; Console.WriteLine(log);")]
    [InlineData("var answer = [|connection.QuerySingle<(int Busy, int Log, int Done)>(" + Checkpoint + ")|];")]
    [InlineData("var rows = [|connection.Query<(int Busy, int Log, int Done)>(" + Checkpoint + ")|].ToList();")]
    public Task A_tuple_of_which_nobody_looks_at_the_first_column(string statements) => VerifyAsync(statements);

    [Fact]
    public Task Clean_where_an_iterator_gives_the_answers() => VerifyMembersAsync(
        $$"""
        static IEnumerable<long> Checkpoint(SqliteConnection[] connections)
        {
            foreach (var connection in connections)
            {
                yield return connection.ExecuteScalar<long>({{Checkpoint}});
            }
        }

        static (long Busy, string Name) Named(SqliteConnection connection) => (connection.ExecuteScalar<long>({{Checkpoint}}), "main");
        """);

    [Theory]
    [InlineData("connections.ForEach(connection => [|connection.Execute(" + Checkpoint + ")|]);")]
    [InlineData("connections.ForEach(connection => { var busy = [|connection.ExecuteScalar<long>(" + Checkpoint + ")|]; });")]
    [InlineData("Parallel.ForEach(connections, connection => [|connection.Execute(" + Checkpoint + ")|]);")]
    [InlineData("var rows = connections.Select(connection => [|connection.Execute(" + Checkpoint + ")|]).Sum();")]
    [InlineData("commands.ForEach(command => { command.CommandText = " + Checkpoint + "; [|command.ExecuteNonQuery()|]; });")]
    public Task A_connection_or_command_that_a_delegate_gets_from_a_list(string statements) => VerifyListsAsync(statements);

    [Theory]
    [InlineData("if (connections.Any(connection => connection.ExecuteScalar<long>(" + Checkpoint + ") != 0)) return;")]
    [InlineData("var answers = connections.Select(connection => connection.ExecuteScalar<long>(" + Checkpoint + ")).ToList(); if (answers.Any(busy => busy != 0)) return;")]
    [InlineData("if (connections.Select(connection => connection.ExecuteScalar<long>(" + Checkpoint + ")).Sum() != 0) return;")]
    [InlineData("if (connections.Sum(connection => connection.ExecuteScalar<long>(" + Checkpoint + ")) != 0) return;")]
    [InlineData("connections.ForEach(connection => connection.Execute(\"PRAGMA wal_checkpoint(PASSIVE)\"));")]
    [InlineData("connections.ForEach(connection => { if (connection.ExecuteScalar<long>(" + Checkpoint + ") != 0) throw new InvalidOperationException(); });")]
    [InlineData("commands.ForEach(command => { command.CommandText = " + Checkpoint + "; if (command.ExecuteScalar() is 1L) throw new InvalidOperationException(); });")]
    public Task Clean_where_a_delegate_gives_back_or_reads_the_answer(string statements) => VerifyListsAsync(statements);

    private static Task VerifyListsAsync(string statements) => VerifyMembersAsync(
        $"static void Run(List<SqliteConnection> connections, List<SqliteCommand> commands) {{ {statements} }}");

    private static Task VerifyWithHelpersAsync(string statements) => RuleVerifier.VerifyAsync(
        Descriptors.CheckpointResultIgnored,
        RuleSource.Members($$"""
            private const string Sql = "PRAGMA wal_checkpoint(TRUNCATE)";

            private static Func<int> Check { get; set; }

            static T Locked<T>(Func<T> body) { lock (Sql) { return body(); } }

            static async Task<T> LockedAsync<T>(Func<Task<T>> body) { await Task.Yield(); return await body(); }

            static void Must(Func<int> body) { if (body() != 0) throw new TimeoutException(); }

            static void Drop(Func<int> body) => body();

            static bool Retry(Func<bool> body) => body() || body();

            static T With<T>(Func<SqliteConnection, T> body) { using var connection = Db.Open(); return body(connection); }

            static async Task Run(SqliteConnection connection, Dictionary<string, Func<int>> checks, List<Action<SqliteConnection>> jobs)
            {
                await Task.Yield();
                {{statements}}
            }
            """));

    private static Task VerifyAsync(string statements) => VerifySourceAsync(RuleSource.Statements(statements));

    private static Task VerifyAsyncAsync(string statements) => VerifySourceAsync(RuleSource.AsyncStatements(statements));

    private static Task VerifyWithContextAsync(string statements) => RuleVerifier.VerifyAsync(
        Descriptors.CheckpointResultIgnored,
        "using Microsoft.EntityFrameworkCore;\n" + RuleSource.Types(
            $$"""
            class Own { public void ExecuteSqlRaw(string sql) => Console.WriteLine(sql); }
            class Program
            {
                static async Task RunAsync(DbContext context)
                {
                    {{statements}}
                    await Task.Yield();
                }
            }
            """),
        test => test.References = TestReferences.WithEntityFramework);

    private static Task VerifyMembersAsync(string members) => VerifySourceAsync(RuleSource.Members(members));

    private static Task VerifyTypesAsync(string types) => VerifySourceAsync(RuleSource.Types(types));

    private static Task VerifyAloneAsync(string source) => VerifySourceAsync(RuleSource.Alone(source));

    private static Task VerifySourceAsync(string source) => RuleVerifier.VerifyAsync(Descriptors.CheckpointResultIgnored, source);

    private static Task VerifyHalfTypedAsync(string statements) => RuleVerifier.VerifyAsync(
        Descriptors.CheckpointResultIgnored,
        RuleSource.Statements(statements),
        test => test.CompilerDiagnostics = CompilerDiagnostics.None);

    private static Task VerifyExactlyAsync(string statements) => RuleVerifier.VerifyAsync(
        Descriptors.CheckpointResultIgnored,
        RuleSource.Statements(statements),
        test =>
        {
            test.ExpectedDiagnostics.Add(new DiagnosticResult(Descriptors.CheckpointResultIgnored).WithLocation(0).WithArguments());
            test.DiagnosticVerifier = (diagnostic, _, _) => Assert.Empty(diagnostic.AdditionalLocations);
        });

    private static Task VerifyPropertiesAsync(string statements, params (string Key, string? Value)[] expected) => RuleVerifier.VerifyAsync(
        Descriptors.CheckpointResultIgnored,
        RuleSource.Statements(statements),
        test => test.DiagnosticVerifier = (diagnostic, _, _) => Assert.Equal(
            expected,
            diagnostic.Properties
                .Where(property => property.Key != DiagnosticProperties.TransactionBegunBySql)
                .OrderBy(property => property.Key, StringComparer.Ordinal)
                .Select(property => (property.Key, property.Value))));

    private static string GivesBack(string statements) =>
        $$"""
        static class Watching
        {
            private sealed class Watcher(SqliteConnection connection) : IDisposable
            {
                public void Dispose() => connection.Execute("PRAGMA optimize");
            }

            public static IDisposable Watch(this SqliteConnection connection) => new Watcher(connection);
        }

        class Store
        {
            public bool Flush(SqliteConnection connection) { {{statements}} }

            private static int Done(SqliteConnection connection) => connection.Execute("PRAGMA optimize");
        }
        """;
}
