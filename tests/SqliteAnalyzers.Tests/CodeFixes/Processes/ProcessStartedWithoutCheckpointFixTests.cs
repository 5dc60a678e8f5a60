using SqliteAnalyzers.CodeFixes.Processes;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Processes;

public sealed class ProcessStartedWithoutCheckpointFixTests
{
    private static readonly (string, string) s_connection = (DiagnosticProperties.Connection, "connection");

    private readonly FixHarness _fix = new(
        new ProcessStartedWithoutCheckpointFix(),
        Descriptors.ProcessStartedWithoutCheckpoint,
        nameof(Descriptors.ProcessStartedWithoutCheckpoint));

    [Fact]
    public Task A_statement() => HelperAsync(
        """
        Console.WriteLine("before");
        [|Process.Start("worker")|];
        """,
        """
        Console.WriteLine("before");
        connection.Checkpoint();
        Process.Start("worker");
        """);

    [Fact]
    public Task A_statement_without_the_helper() => PlainAsync(
        """
        [|Process.Start("worker")|];
        """,
        """
        using (var checkpoint = connection.CreateCommand())
        {
            checkpoint.CommandText = "PRAGMA wal_checkpoint(FULL);";
            if (checkpoint.ExecuteScalar() is 1L)
            {
                throw new InvalidOperationException("The checkpoint was blocked by another connection.");
            }
        }
        Process.Start("worker");
        """);

    [Fact]
    public Task On_one_line_with_others() => PlainAsync(
        """
        if (DateTime.Now.Hour > 3) { Console.WriteLine(); [|Process.Start("worker")|]; } else { Console.WriteLine(3); }
        """,
        """
        if (DateTime.Now.Hour > 3)
        {
            Console.WriteLine();
            using (var checkpoint = connection.CreateCommand())
            {
                checkpoint.CommandText = "PRAGMA wal_checkpoint(FULL);";
                if (checkpoint.ExecuteScalar() is 1L)
                {
                    throw new InvalidOperationException("The checkpoint was blocked by another connection.");
                }
            }
            Process.Start("worker");
        }
        else { Console.WriteLine(3); }
        """);

    [Fact]
    public Task In_a_case_on_one_line() => PlainAsync(
        """
        switch (DateTime.Now.Hour)
        {
            case 1: [|Process.Start("worker")|]; break;
        }
        """,
        """
        switch (DateTime.Now.Hour)
        {
            case 1:
                using (var checkpoint = connection.CreateCommand())
                {
                    checkpoint.CommandText = "PRAGMA wal_checkpoint(FULL);";
                    if (checkpoint.ExecuteScalar() is 1L)
                    {
                        throw new InvalidOperationException("The checkpoint was blocked by another connection.");
                    }
                }
                Process.Start("worker");
                break;
        }
        """);

    [Fact]
    public Task A_branch_without_braces_on_one_line_with_others() => HelperAsync(
        """
        { Console.WriteLine(); if (DateTime.Now.Hour > 3) [|Process.Start("worker")|]; Console.WriteLine(3); }
        """,
        """
        {
            Console.WriteLine();
            if (DateTime.Now.Hour > 3)
            {
                connection.Checkpoint();
                Process.Start("worker");
            }
            Console.WriteLine(3);
        }
        """);

    [Fact]
    public Task The_name_of_the_command_is_new() => _fix.VerifyAsync(
        "Plain",
        Source.Method("var checkpoint = 1;\n[|Process.Start(\"worker\" + checkpoint)|];"),
        Source.Method(
            """
            var checkpoint = 1;
            using (var checkpoint2 = connection.CreateCommand())
            {
                checkpoint2.CommandText = "PRAGMA wal_checkpoint(FULL);";
                if (checkpoint2.ExecuteScalar() is 1L)
                {
                    throw new InvalidOperationException("The checkpoint was blocked by another connection.");
                }
            }
            Process.Start("worker" + checkpoint);
            """),
        s_connection);

    [Fact]
    public Task A_using_declaration() => HelperAsync(
        """
        using var worker = [|Process.Start("worker")|];
        worker?.WaitForExit();
        """,
        """
        connection.Checkpoint();
        using var worker = Process.Start("worker");
        worker?.WaitForExit();
        """);

    [Fact]
    public Task A_return() => _fix.VerifyAsync(
        "Helper",
        Source.Method("return [|Process.Start(\"worker\")|];", signature: "static Process"),
        Source.Method("connection.Checkpoint();\nreturn Process.Start(\"worker\");", runtime: true, signature: "static Process"),
        s_connection);

    [Fact]
    public Task An_await() => _fix.VerifyAsync(
        "Helper",
        Source.Method("await [|Task.Run(() => Process.Start(\"worker\"))|];", signature: "static async Task"),
        Source.Method("connection.Checkpoint();\nawait Task.Run(() => Process.Start(\"worker\"));", runtime: true, signature: "static async Task"),
        s_connection);

    [Fact]
    public Task Comments_stay_with_their_statement() => HelperAsync(
        """
        Console.WriteLine(); // before

        // The worker reads what was written.
        // It may take long.
        [|Process.Start("worker")|]; // no arguments
        """,
        """
        Console.WriteLine(); // before

        connection.Checkpoint();
        // The worker reads what was written.
        // It may take long.
        Process.Start("worker"); // no arguments
        """);

    [Fact]
    public Task A_directive_stays_before_the_statement() => HelperAsync(
        """
        #region workers
        // The worker.
        [|Process.Start("worker")|];
        #endregion
        """,
        """
        #region workers
        connection.Checkpoint();
        // The worker.
        Process.Start("worker");
        #endregion
        """);

    [Fact]
    public Task A_call_over_several_lines() => HelperAsync(
        """
        var worker = [|Process.Start(
            "worker",
            "share 1")|];
        """,
        """
        connection.Checkpoint();
        var worker = Process.Start(
            "worker",
            "share 1");
        """);

    [Fact]
    public Task An_if_without_braces() => HelperAsync(
        """
        if (Environment.ProcessId > 0)
            [|Process.Start("worker")|]; // now
        Console.WriteLine();
        """,
        """
        if (Environment.ProcessId > 0)
        {
            connection.Checkpoint();
            Process.Start("worker"); // now
        }
        Console.WriteLine();
        """);

    [Fact]
    public Task An_if_and_else_on_one_line() => HelperAsync(
        """
        if (Environment.ProcessId > 0) [|Process.Start("worker")|]; /* or */ else Console.WriteLine();
        """,
        """
        if (Environment.ProcessId > 0)
        {
            connection.Checkpoint();
            Process.Start("worker"); /* or */
        }
        else Console.WriteLine();
        """);

    [Fact]
    public Task The_condition_of_an_else_if() => HelperAsync(
        """
        if (Environment.ProcessId > 0)
        {
        }
        else if ([|Process.Start("worker")|] is null)
        {
            Console.WriteLine();
        }
        """,
        """
        if (Environment.ProcessId > 0)
        {
        }
        else
        {
            connection.Checkpoint();
            if (Process.Start("worker") is null)
            {
                Console.WriteLine();
            }
        }
        """);

    [Fact]
    public Task Stacked_usings() => HelperAsync(
        """"
        using (var first = Process.GetCurrentProcess())
        using (var worker = [|Process.Start("worker", """
            a
              b
            """)|])
        {
            worker.WaitForExit();
        }
        """",
        """"
        using (var first = Process.GetCurrentProcess())
        {
            connection.Checkpoint();
            using (var worker = Process.Start("worker", """
            a
              b
            """))
            {
                worker.WaitForExit();
            }
        }
        """");

    [Fact]
    public Task A_loop_without_braces() => HelperAsync(
        """
        foreach (var share in new[] { "1", "2" })
            [|Process.Start("worker", share)|];
        """,
        """
        foreach (var share in new[] { "1", "2" })
        {
            connection.Checkpoint();
            Process.Start("worker", share);
        }
        """);

    [Fact]
    public Task A_section_of_a_switch() => HelperAsync(
        """
        switch (Environment.ProcessId)
        {
            case 1:
                [|Process.Start("worker")|];
                break;
        }
        """,
        """
        switch (Environment.ProcessId)
        {
            case 1:
                connection.Checkpoint();
                Process.Start("worker");
                break;
        }
        """);

    [Fact]
    public Task A_block_on_one_line() => HelperAsync(
        """
        if (Environment.ProcessId > 0) { [|Process.Start("worker")|]; }
        """,
        """
        if (Environment.ProcessId > 0) { connection.Checkpoint(); Process.Start("worker"); }
        """);

    [Fact]
    public Task A_label() => HelperAsync(
        """
        again: [|Process.Start("worker")|];
        goto again;
        """,
        """
        again: connection.Checkpoint(); Process.Start("worker");
        goto again;
        """);

    [Fact]
    public Task A_lambda_with_an_expression() => VerifyAsync(
        "Helper.Once",
        """
        Func<Process> start = () => [|Process.Start("worker")|];
        Parallel.For(
            0,
            9,
            share => Console.WriteLine(share));
        """,
        """
        Func<Process> start = () =>
        {
            connection.Checkpoint();
            return Process.Start("worker");
        };
        Parallel.For(
            0,
            9,
            share => Console.WriteLine(share));
        """);

    [Fact]
    public Task A_lambda_without_a_value() => VerifyAsync(
        "Helper.Once",
        """
        new List<int> { 1 }.ForEach(
            share => [|Process.Start("worker", share.ToString())|]);
        """,
        """
        new List<int> { 1 }.ForEach(
            share =>
            {
                connection.Checkpoint();
                Process.Start("worker", share.ToString());
            });
        """);

    [Fact]
    public Task A_local_function_with_an_expression() => HelperAsync(
        """
        Start();
        void Start() => [|Process.Start("worker")|];
        """,
        """
        Start();
        void Start()
        {
            connection.Checkpoint();
            Process.Start("worker");
        }
        """);

    [Fact]
    public Task Members_with_an_expression() => _fix.VerifyAsync(
        "Helper",
        Source.Class(
            """
            private readonly SqliteConnection _connection = new();

            public Process Worker // for now
                => /* new each time */ [|Process.Start("worker")|] /* here */;
            """),
        Source.Class(
            """
            private readonly SqliteConnection _connection = new();

            public Process Worker
            {
                get
                {
                    _connection.Checkpoint();
                    // for now
                    /* new each time */
                    /* here */
                    return Process.Start("worker");
                }
            }
            """,
            runtime: true),
        (DiagnosticProperties.Connection, "_connection"));

    [Fact]
    public Task An_async_method_with_an_expression() => _fix.VerifyAsync(
        "Helper",
        Source.Class("static async Task Run(SqliteConnection connection) => await [|Task.Run(() => Process.Start(\"worker\"))|];"),
        Source.Class(
            """
            static async Task Run(SqliteConnection connection)
            {
                connection.Checkpoint();
                await Task.Run(() => Process.Start("worker"));
            }
            """,
            runtime: true),
        s_connection);

    [Fact]
    public Task Braces_and_tabs_as_in_the_file() => _fix.VerifyAsync(
        "Plain",
        """
        using System;
        using System.Diagnostics;
        using Microsoft.Data.Sqlite;

        class Program {
        	static void Run(SqliteConnection connection) {
        		[|Process.Start("worker")|];
        	}
        }
        """,
        """
        using System;
        using System.Diagnostics;
        using Microsoft.Data.Sqlite;

        class Program {
        	static void Run(SqliteConnection connection) {
        		using (var checkpoint = connection.CreateCommand()) {
        			checkpoint.CommandText = "PRAGMA wal_checkpoint(FULL);";
        			if (checkpoint.ExecuteScalar() is 1L) {
        				throw new InvalidOperationException("The checkpoint was blocked by another connection.");
        			}
        		}
        		Process.Start("worker");
        	}
        }
        """,
        s_connection);

    [Fact]
    public Task Line_endings_as_in_the_file() => _fix.VerifyAsync(
        "Helper",
        Source.Method("if (true)\n    [|Process.Start(\"worker\")|];").ReplaceLineEndings("\r\n"),
        Source.Method("if (true)\n{\n    connection.Checkpoint();\n    Process.Start(\"worker\");\n}", runtime: true).ReplaceLineEndings("\r\n"),
        s_connection);

    [Fact]
    public Task Top_level_statements() => _fix.VerifyAsync(
        "Plain",
        """
        // What this program does.

        using System.Diagnostics;
        using Microsoft.Data.Sqlite;

        using var connection = new SqliteConnection("Data Source=app.db");
        [|Process.Start("worker")|];
        """,
        """
        // What this program does.

        using System;
        using System.Diagnostics;
        using Microsoft.Data.Sqlite;

        using var connection = new SqliteConnection("Data Source=app.db");
        using (var checkpoint = connection.CreateCommand())
        {
            checkpoint.CommandText = "PRAGMA wal_checkpoint(FULL);";
            if (checkpoint.ExecuteScalar() is 1L)
            {
                throw new InvalidOperationException("The checkpoint was blocked by another connection.");
            }
        }
        Process.Start("worker");
        """,
        s_connection);

    [Fact]
    public Task A_data_source_without_a_connection() => _fix.VerifyAsync(
        "Helper",
        Source.Class(
            """
            private const string Store = "Data Source=app.db";

            static void Run(int connection) => [|Process.Start("worker", connection.ToString())|];
            """),
        Source.Class(
            """
            private const string Store = "Data Source=app.db";

            static void Run(int connection)
            {
                using (var connection2 = new SqliteConnection(Store))
                {
                    connection2.Open();
                    connection2.Checkpoint();
                }
                Process.Start("worker", connection.ToString());
            }
            """,
            runtime: true),
        (DiagnosticProperties.DataSource, "Store"));

    [Fact]
    public Task A_literal_data_source_without_a_connection() => _fix.VerifyAsync(
        "Plain",
        Source.Method("[|Process.Start(\"worker\")|];", parameters: ""),
        Source.Method(
            """
            using (var connection = new SqliteConnection("Data Source=app.db"))
            {
                connection.Open();
                using (var checkpoint = connection.CreateCommand())
                {
                    checkpoint.CommandText = "PRAGMA wal_checkpoint(FULL);";
                    if (checkpoint.ExecuteScalar() is 1L)
                    {
                        throw new InvalidOperationException("The checkpoint was blocked by another connection.");
                    }
                }
            }
            Process.Start("worker");
            """,
            parameters: ""),
        (DiagnosticProperties.DataSource, "\"Data Source=app.db\""));

    [Fact]
    public Task The_helper_comes_first() =>
        OfferedAsync(["Helper", "Plain"], Source.Method("[|Process.Start(\"worker\")|];"), s_connection);

    [Theory]
    [InlineData("var worker = connection.Execute(\"INSERT INTO t VALUES (1)\") == 1 ? [|Process.Start(\"worker\")|] : null;")]
    [InlineData("[|Process.Start(\"worker\", Write(connection))|];\nstatic string Write(SqliteConnection target) => target.Execute(\"INSERT INTO t VALUES (1)\").ToString();")]
    [InlineData("if (Count() > 0 && [|Process.Start(\"worker\")|] != null) { }\nint Count() => connection.Execute(\"INSERT INTO t VALUES (1)\");")]
    [InlineData("[|Run()|];\nvoid Run()\n{\n    connection.Execute(\"INSERT INTO t VALUES (1)\");\n    Process.Start(\"worker\");\n}")]
    public Task What_the_statement_writes_itself_no_checkpoint_before_it_moves(string body) => OfferedAsync([], Source.Method(body), s_connection);

    [Theory]
    [InlineData("using var reader = connection.ExecuteReader(\"SELECT 1\");\nwhile (reader.Read())\n{\n    [|Process.Start(\"worker\")|];\n}")]
    [InlineData("using (var reader = connection.ExecuteReader(\"SELECT 1\"))\n{\n    reader.Read();\n    [|Process.Start(\"worker\")|];\n}")]
    [InlineData("foreach (var row in Rows())\n    [|Process.Start(\"worker\", row)|];\nstatic IEnumerable<string> Rows() { yield return \"1\"; }")]
    [InlineData("foreach (var row in connection.Query<string>(\"SELECT 1\", buffered: false))\n    [|Process.Start(\"worker\", row)|];")]
    [InlineData("try { } catch { [|Process.Start(\"worker\")|]; }")]
    [InlineData("try { } finally { [|Process.Start(\"worker\")|]; }")]
    [InlineData("var transaction = connection.BeginTransaction();\ntry\n{\n    transaction.Commit();\n    [|Process.Start(\"worker\")|];\n}\ncatch\n{\n    transaction.Rollback();\n    throw;\n}")]
    [InlineData("connection.Close();\n[|Process.Start(\"worker\")|];")]
    [InlineData("Parallel.For(0, 9, share => [|Process.Start(\"worker\")|]);")]
    [InlineData("Task.Run(() => { [|Process.Start(\"worker\")|]; });")]
    [InlineData("new System.Threading.Thread(() => [|Process.Start(\"worker\")|]).Start();")]
    [InlineData("Task.Run(Start);\nvoid Start() => [|Process.Start(\"worker\")|];")]
    public Task Where_a_checkpoint_would_fail_or_hide_a_failure_nothing_is_offered(string body) => OfferedAsync([], Source.Method(body), s_connection);

    [Theory]
    [InlineData("using var reader = connection.ExecuteReader(\"SELECT 1\");\nwhile (reader.Read())\n{\n}\n[|Process.Start(\"worker\")|];")]
    [InlineData("var reader = connection.ExecuteReader(\"SELECT 1\");\nreader.Close();\n[|Process.Start(\"worker\")|];")]
    [InlineData("foreach (var row in new List<string>())\n    [|Process.Start(\"worker\", row)|];")]
    [InlineData("foreach (var row in Enumerable.Range(1, 9))\n    [|Process.Start(\"worker\", row.ToString())|];")]
    [InlineData("foreach (var row in new[] { 1 }.Where(row => row > 0))\n    [|Process.Start(\"worker\", row.ToString())|];")]
    [InlineData("Task.Run(() =>\n{\n    using var own = new SqliteConnection();\n    connection = own;\n});\n[|Process.Start(\"worker\")|];")]
    [InlineData("Start();\nvoid Start() => [|Process.Start(\"worker\")|];")]
    [InlineData("using (var worker = [|Process.Start(\"worker\")|])\n{\n    worker.WaitForExit();\n    if (worker.ExitCode != 2)\n    {\n        return;\n    }\n}")]
    [InlineData("using (var transaction = connection.BeginTransaction())\n{\n    transaction.Commit();\n}\n\nusing (var worker = [|Process.Start(\"worker\")|])\n{\n    worker.WaitForExit();\n}\n\nusing (var transaction = connection.BeginTransaction())\n{\n    transaction.Commit();\n}")]
    public Task Where_a_checkpoint_completes_it_is_offered(string body) => OfferedAsync(["Helper", "Plain"], Source.Method(body), s_connection);

    [Theory]
    [InlineData("SqliteConnection? connection")]
    [InlineData("SqliteConnection connection, SqliteTransaction transaction")]
    [InlineData("SqliteConnection connection, System.Data.IDataReader reader")]
    public Task A_connection_that_may_be_missing_or_busy_is_not_used(string parameters) =>
        OfferedAsync([], Source.Method("[|Process.Start(\"worker\")|];", parameters: parameters), s_connection);

    [Theory]
    [InlineData("if (connection != null)\n{\n}\n[|Process.Start(\"worker\")|];")]
    [InlineData("connection?.Open();\n[|Process.Start(\"worker\")|];")]
    [InlineData("connection = null;\n[|Process.Start(\"worker\")|];")]
    public Task Without_nullable_references_the_program_says_whether_a_connection_may_be_missing(string body) =>
        OfferedAsync([], "#nullable disable\n" + Source.Method(body), s_connection);

    [Fact]
    public Task A_connection_that_a_caller_may_have_in_a_transaction_is_offered_for_one_place() => _fix.VerifyForOneOnlyAsync(
        "Helper",
        Source.Class(
            """
            static void Export(SqliteConnection connection) => [|Process.Start("worker")|];

            static void All(SqliteConnection connection)
            {
                using var transaction = connection.BeginTransaction();
                Step(connection);
                transaction.Commit();
            }

            static void Step(SqliteConnection connection) => Export(connection);
            """),
        s_connection);

    [Theory]
    [InlineData("namespace Company.SqliteAnalyzers { class Empty { } }", "using SqliteAnalyzers.Runtime;\n", "connection.Checkpoint();")]
    [InlineData("namespace Company { static class Own { public static void Checkpoint(this SqliteConnection connection) { } } }", "", "global::SqliteAnalyzers.Runtime.SqliteConnectionExtensions.Checkpoint(connection);")]
    [InlineData("namespace Company { static class Own { public static void Checkpoint(this object connection) { } } }", "using SqliteAnalyzers.Runtime;\n", "connection.Checkpoint();")]
    public Task Own_names_are_not_taken_for_ours(string own, string import, string call) => _fix.VerifyAsync(
        "Helper",
        Own(own, "[|Process.Start(\"worker\")|];", ""),
        Own(own, $"{call}\n        Process.Start(\"worker\");", import),
        s_connection);

    [Fact]
    public Task An_own_exception_is_not_taken_for_the_systems() => _fix.VerifyAsync(
        "Plain",
        Own("namespace Company { class InvalidOperationException { } }", "[|Process.Start(\"worker\")|];", ""),
        Own(
            "namespace Company { class InvalidOperationException { } }",
            """
            using (var checkpoint = connection.CreateCommand())
                    {
                        checkpoint.CommandText = "PRAGMA wal_checkpoint(FULL);";
                        if (checkpoint.ExecuteScalar() is 1L)
                        {
                            throw new global::System.InvalidOperationException("The checkpoint was blocked by another connection.");
                        }
                    }
                    Process.Start("worker");
            """,
            ""),
        s_connection);

    [Fact]
    public Task A_namespace_of_the_same_beginning() => _fix.VerifyAsync(
        "Helper",
        "namespace Company.SqliteAnalyzers;\nusing System.Diagnostics;\nusing Microsoft.Data.Sqlite;\n\nclass Program\n{\n    void Run(SqliteConnection connection) => [|Process.Start(\"worker\")|];\n}\n",
        "namespace Company.SqliteAnalyzers;\nusing System.Diagnostics;\nusing Microsoft.Data.Sqlite;\n\nclass Program\n{\n    void Run(SqliteConnection connection)\n    {\n        global::SqliteAnalyzers.Runtime.SqliteConnectionExtensions.Checkpoint(connection);\n        Process.Start(\"worker\");\n    }\n}\n",
        s_connection);

    [Fact]
    public async Task Titles_say_where_the_checkpoint_goes() => Assert.Equal(
        ["Checkpoint before the process starts", "Checkpoint before the process starts (ADO.NET only)"],
        await _fix.TitlesAsync(Source.Method("[|Process.Start(\"worker\")|];"), s_connection));

    [Fact]
    public async Task Without_the_library_there_is_no_helper()
    {
        var fix = new FixHarness(
            new ProcessStartedWithoutCheckpointFix(),
            Descriptors.ProcessStartedWithoutCheckpoint,
            nameof(Descriptors.ProcessStartedWithoutCheckpoint))
        {
            References = TestReferences.WithoutRuntime,
        };

        Assert.Equal(["Plain"], await fix.OfferedAsync(Source.Method("[|Process.Start(\"worker\")|];"), s_connection));
    }

    [Fact]
    public Task A_connection_of_another_type_has_no_helper() => OfferedAsync(
        ["Plain"],
        Source.Method("[|Process.Start(\"worker\")|];", parameters: "System.Data.IDbConnection connection"),
        s_connection);

    [Fact]
    public Task Nothing_known_nothing_offered() =>
        OfferedAsync([], Source.Method("[|Process.Start(\"worker\")|];"));

    [Theory]
    [InlineData("while ([|Process.Start(\"worker\")|] != null) { }")]
    [InlineData("do { } while ([|Process.Start(\"worker\")|] != null);")]
    [InlineData("for (; [|Process.Start(\"worker\")|] != null;) { }")]
    [InlineData("for (; ; [|Process.Start(\"worker\")|]) { }")]
    [InlineData("try { } catch when ([|Process.Start(\"worker\")|] != null) { }")]
    [InlineData("switch (1) { case 1 when [|Process.Start(\"worker\")|] != null: break; }")]
    [InlineData("var all = from share in new[] { 1 } select [|Process.Start(\"worker\")|];")]
    [InlineData("System.Linq.Expressions.Expression<Func<Process>> start = () => [|Process.Start(\"worker\")|];")]
    public Task Where_a_statement_would_run_at_another_time_nothing_is_offered(string body) =>
        OfferedAsync([], Source.Method(body), s_connection);

    [Fact]
    public Task A_field_initializer_has_no_place_for_a_statement() => OfferedAsync(
        [],
        Source.Class("static SqliteConnection s_connection = new();\nProcess _worker = [|Process.Start(\"worker\")|];"),
        (DiagnosticProperties.Connection, "s_connection"));

    [Theory]
    [InlineData("[|Process.Start(\"worker\")|];\nvar later = new SqliteConnection();", "later")]
    [InlineData("using (var same = new SqliteConnection()) { }\n[|Process.Start(\"worker\")|];", "same")]
    [InlineData("[|Process.Start(\"worker\")|];", "missing")]
    [InlineData("[|Process.Start(\"worker\")|];", "Create()")]
    [InlineData("if (new SqliteConnection() is { } found && [|Process.Start(\"worker\")|] != null) { }", "found")]
    public Task A_connection_that_is_not_there_yet_is_not_used(string body, string connection) =>
        OfferedAsync([], Source.Method(body), (DiagnosticProperties.Connection, connection));

    private Task HelperAsync(string body, string expected) => VerifyAsync("Helper", body, expected);

    private Task VerifyAsync(string variant, string body, string expected) =>
        _fix.VerifyAsync(variant, Source.Method(body), Source.Method(expected, runtime: true), s_connection);

    private Task PlainAsync(string body, string expected) =>
        _fix.VerifyAsync("Plain", Source.Method(body), Source.Method(expected), s_connection);

    private static string Own(string own, string body, string import) =>
        $"using System.Diagnostics;\nusing Company;\nusing Microsoft.Data.Sqlite;\n{import}\nclass Program\n{{\n    void Run(SqliteConnection connection)\n    {{\n        {body}\n    }}\n}}\n\n{own}\n\nnamespace Company {{ class Other {{ }} }}\n";

    private async Task OfferedAsync(string[] expected, string marked, params (string, string)[] properties) =>
        Assert.Equal(expected, await _fix.OfferedAsync(marked, properties));
}
