using SqliteAnalyzers.CodeFixes.Checkpoints;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Checkpoints;

public sealed class CheckpointResultIgnoredFixTests
{
    private readonly FixHarness _fix = new(
        new CheckpointResultIgnoredFix(), Descriptors.CheckpointResultIgnored, nameof(Descriptors.CheckpointResultIgnored));

    [Fact]
    public Task A_command_made_for_it_goes() => HelperAsync(
        "Truncate",
        """
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE);";
        command.CommandTimeout = 5;
        [|command.ExecuteNonQuery()|]; // empty the -wal file
        """,
        """
        connection.Checkpoint(SqliteCheckpointMode.Truncate); // empty the -wal file
        """);

    [Fact]
    public Task A_using_statement_made_for_it_goes() => HelperAsync(
        "Full",
        """
        // Hand over.
        using (var command = new SqliteCommand("PRAGMA wal_checkpoint(FULL)", connection))
        {
            [|command.ExecuteNonQuery()|];
        }
        """,
        """
        // Hand over.
        connection.Checkpoint();
        """);

    [Fact]
    public Task A_using_statement_without_braces_goes() => HelperAsync(
        "Restart",
        """
        using (var command = new SqliteCommand { Connection = connection, CommandText = "PRAGMA wal_checkpoint(RESTART)" })
            [|command.ExecuteNonQuery()|];
        """,
        """
        connection.Checkpoint(SqliteCheckpointMode.Restart);
        """);

    [Fact]
    public Task A_command_with_other_work_stays() => HelperAsync(
        "Full",
        """
        var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(FULL)";
        [|command.ExecuteNonQuery()|];
        command.CommandText = "VACUUM";
        command.ExecuteNonQuery();
        """,
        """
        var command = connection.CreateCommand();
        connection.Checkpoint();
        command.CommandText = "VACUUM";
        command.ExecuteNonQuery();
        """);

    [Fact]
    public Task Dapper() => HelperAsync(
        "Truncate",
        """
        [|connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)")|];
        """,
        """
        connection.Checkpoint(SqliteCheckpointMode.Truncate);
        """);

    [Fact]
    public Task A_discard() => HelperAsync(
        "Full",
        """
        _ = [|connection.ExecuteScalar("PRAGMA wal_checkpoint(FULL)")|];
        """,
        """
        connection.Checkpoint();
        """);

    [Fact]
    public Task A_passive_checkpoint_may_be_busy() => HelperAsync(
        "Passive",
        """
        [|connection.Execute("PRAGMA wal_checkpoint")|];
        """,
        """
        connection.TryCheckpoint(SqliteCheckpointMode.Passive);
        """);

    [Fact]
    public Task An_if_without_braces() => HelperAsync(
        "Full",
        """
        if (Environment.ProcessId > 0)
            [|connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
        """,
        """
        if (Environment.ProcessId > 0)
            connection.Checkpoint();
        """);

    [Fact]
    public Task A_lambda() => HelperAsync(
        "Full",
        """
        Action checkpoint = () => [|connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
        checkpoint();
        """,
        """
        Action checkpoint = () => connection.Checkpoint();
        checkpoint();
        """);

    [Fact]
    public Task A_method_with_an_expression() => _fix.VerifyAsync(
        "Helper",
        Source.Class("void Checkpoint(SqliteConnection connection) => [|connection.Execute(\"PRAGMA wal_checkpoint(FULL)\")|];"),
        Source.Class("void Checkpoint(SqliteConnection connection) => connection.Checkpoint();", runtime: true),
        Properties("Full"));

    [Fact]
    public Task The_scalar_of_a_command_is_read() => PlainAsync(
        "Truncate",
        """
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        [|command.ExecuteNonQuery()|]; // empty the -wal file
        """,
        """
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        if (command.ExecuteScalar() is 1L)
        {
            throw new InvalidOperationException("The checkpoint was blocked by another connection.");
        } // empty the -wal file
        """);

    [Fact]
    public Task The_scalar_of_dapper_is_read() => PlainAsync(
        "Full",
        """
        if (Environment.ProcessId > 0)
            [|connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
        else
            Console.WriteLine();
        """,
        """
        if (Environment.ProcessId > 0)
        {
            if (connection.ExecuteScalar<long>("PRAGMA wal_checkpoint(FULL)") != 0)
            {
                throw new InvalidOperationException("The checkpoint was blocked by another connection.");
            }
        }
        else
            Console.WriteLine();
        """);

    [Fact]
    public Task The_scalar_of_a_discard_is_read() => PlainAsync(
        "Full",
        """
        _ = [|connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
        """,
        """
        if (connection.ExecuteScalar<long>("PRAGMA wal_checkpoint(FULL)") != 0)
        {
            throw new InvalidOperationException("The checkpoint was blocked by another connection.");
        }
        """);

    [Fact]
    public Task The_scalar_of_an_await_is_read() => _fix.VerifyAsync(
        "Plain",
        Source.Method(
            """
            await using var command = new SqliteCommand("PRAGMA wal_checkpoint(FULL)", connection);
            await [|command.ExecuteNonQueryAsync()|].ConfigureAwait(false);
            """,
            signature: "static async Task"),
        Source.Method(
            """
            await using var command = new SqliteCommand("PRAGMA wal_checkpoint(FULL)", connection);
            if (await command.ExecuteScalarAsync().ConfigureAwait(false) is 1L)
            {
                throw new InvalidOperationException("The checkpoint was blocked by another connection.");
            }
            """,
            signature: "static async Task"),
        Properties("Full"));

    [Fact]
    public Task The_scalar_in_a_method_with_an_expression_is_read() => _fix.VerifyAsync(
        "Plain",
        Source.Class("async Task Checkpoint(SqliteConnection connection) => await [|connection.ExecuteAsync(\"PRAGMA wal_checkpoint(FULL)\")|];"),
        Source.Class(
            """
            async Task Checkpoint(SqliteConnection connection)
            {
                if (await connection.ExecuteScalarAsync<long>("PRAGMA wal_checkpoint(FULL)") != 0)
                {
                    throw new InvalidOperationException("The checkpoint was blocked by another connection.");
                }
            }
            """),
        Properties("Full"));

    [Fact]
    public async Task A_value_that_is_used_is_left_alone() => Assert.Empty(await _fix.OfferedAsync(
        Source.Method("Func<int> run = () => [|connection.Execute(\"PRAGMA wal_checkpoint(FULL)\")|];"), Properties("Full")));

    [Fact]
    public async Task A_passive_checkpoint_has_no_plain_variant() => Assert.Equal(["Helper"], await _fix.OfferedAsync(
        Source.Method("[|connection.Execute(\"PRAGMA wal_checkpoint\")|];"), Properties("Passive")));

    [Fact]
    public Task A_using_of_a_reader_whose_columns_nobody_reads_goes() => HelperAsync(
        "Full",
        """
        using (var reader = [|connection.ExecuteReader("PRAGMA wal_checkpoint(FULL)")|])
        {
            reader.Read();
        }
        """,
        """
        connection.Checkpoint();
        """);

    [Fact]
    public async Task A_reader_that_is_read_is_left_alone() => Assert.Empty(await _fix.OfferedAsync(
        Source.Method("using var reader = [|connection.ExecuteReader(\"PRAGMA wal_checkpoint(FULL)\")|];\nif (reader.Read())\n{\n}"),
        Properties("Full")));

    [Fact]
    public async Task A_reader_with_a_behaviour_has_no_plain_variant() => Assert.Equal(["Helper"], await _fix.OfferedAsync(
        Source.Method("var command = new SqliteCommand(\"PRAGMA wal_checkpoint(FULL)\", connection);\n[|command.ExecuteReader(System.Data.CommandBehavior.SingleRow)|];"),
        Properties("Full")));

    [Fact]
    public Task A_database_that_is_named_keeps_its_name() => HelperAsync(
        "Truncate",
        """
        [|connection.Execute("PRAGMA aux.wal_checkpoint(TRUNCATE)")|];
        """,
        """
        connection.Checkpoint(SqliteCheckpointMode.Truncate, databaseName: "aux");
        """);

    [Fact]
    public async Task Where_databases_are_attached_a_checkpoint_of_all_has_no_helper() => Assert.Equal(["Plain"], await _fix.OfferedAsync(
        Source.Method("connection.Execute(\"ATTACH 'other.db' AS aux\");\n[|connection.Execute(\"PRAGMA wal_checkpoint(FULL)\")|];"), Properties("Full")));

    [Theory]
    [InlineData("Plain", "using var command = new SqliteCommand(\"PRAGMA wal_checkpoint(FULL)\", connection);\nvar token = new System.Threading.CancellationToken(true);\nawait Task.Yield();\nawait [|command.ExecuteNonQueryAsync(token)|];")]
    [InlineData("Plain", "await [|connection.ExecuteAsync(\"PRAGMA wal_checkpoint(FULL)\")|];")]
    [InlineData("Plain", "await Task.Yield();\n[|Of(connection).Execute(\"PRAGMA wal_checkpoint(FULL)\")|];\nstatic SqliteConnection Of(SqliteConnection all) => all;")]
    public async Task What_would_be_lost_with_the_call_keeps_it(string variant, string body) => Assert.Equal([variant], await _fix.OfferedAsync(
        Source.Method(body, signature: "static async Task"), Properties("Full")));

    [Fact]
    public Task A_setting_that_does_something_stays() => HelperAsync(
        "Full",
        """
        var command = connection.CreateCommand();
        command.CommandTimeout = int.TryParse("5", out var seconds) ? seconds : 1;
        command.CommandText = "PRAGMA wal_checkpoint(FULL)";
        [|command.ExecuteNonQuery()|];
        Console.WriteLine(seconds);
        """,
        """
        var command = connection.CreateCommand();
        command.CommandTimeout = int.TryParse("5", out var seconds) ? seconds : 1;
        connection.Checkpoint();
        Console.WriteLine(seconds);
        """);

    [Fact]
    public Task Comments_in_a_using_stay() => HelperAsync(
        "Full",
        """
        using (var command = connection.CreateCommand())
        {
            // Hand over.
            command.CommandText = "PRAGMA wal_checkpoint(FULL)";
            [|command.ExecuteNonQuery()|]; // now
        }
        """,
        """
        // Hand over.
        // now
        connection.Checkpoint();
        """);

    [Theory]
    [InlineData("if (Environment.ProcessId > 0)\n    connection.Execute(\"BEGIN\");\nvar command = connection.CreateCommand();\ncommand.CommandText = \"PRAGMA wal_checkpoint(FULL)\";\nif (Environment.ProcessId > 0)\n    command.CommandText = \"VACUUM\";\n[|command.ExecuteNonQuery()|];")]
    [InlineData("if (Environment.ProcessId > 0)\n#if !NEVER\n    [|connection.Execute(\"PRAGMA wal_checkpoint(FULL)\")|];\n#else\n    Console.WriteLine();\n#endif")]
    public async Task What_is_not_always_the_checkpoint_is_left_alone(string body) =>
        Assert.DoesNotContain("Plain", await _fix.OfferedAsync(Source.Method(body), Properties("Full")));

    [Theory]
    [InlineData("try { } finally { [|connection.Execute(\"PRAGMA wal_checkpoint(FULL)\")|]; }")]
    [InlineData("try\n{\n    connection.Execute(\"COMMIT\");\n    [|connection.Execute(\"PRAGMA wal_checkpoint(FULL)\")|];\n}\ncatch\n{\n    connection.Execute(\"ROLLBACK\");\n    throw;\n}")]
    [InlineData("try { } catch { [|connection.Execute(\"PRAGMA wal_checkpoint(FULL)\")|]; }")]
    public Task Where_an_exception_would_hide_another_it_is_offered_for_one_place(string body) =>
        _fix.VerifyForOneOnlyAsync("Helper", Source.Method(body), Properties("Full"));

    [Theory]
    [InlineData("Helper")]
    [InlineData("Plain")]
    public Task Entity_framework_asks_its_connection(string variant)
    {
        var fix = new FixHarness(new CheckpointResultIgnoredFix(), Descriptors.CheckpointResultIgnored, nameof(Descriptors.CheckpointResultIgnored))
        {
            References = TestReferences.WithEntityFramework,
        };
        var import = variant == "Helper" ? "using Microsoft.Data.Sqlite;\nusing Microsoft.EntityFrameworkCore;\nusing SqliteAnalyzers.Runtime;\n" : "using System;\nusing Microsoft.EntityFrameworkCore;\n";
        var checkpoint = variant == "Helper"
            ? "            ((SqliteConnection)context.Database.GetDbConnection()).Checkpoint(SqliteCheckpointMode.Truncate);\n"
            : """
                          using (var checkpoint = context.Database.GetDbConnection().CreateCommand())
                          {
                              checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE);";
                              if (checkpoint.ExecuteScalar() is 1L)
                              {
                                  throw new InvalidOperationException("The checkpoint was blocked by another connection.");
                              }
                          }

              """;
        return fix.VerifyAsync(
            variant,
            "using Microsoft.EntityFrameworkCore;\n\nclass Program\n{\n    void Run(DbContext context)\n    {\n        [|context.Database.ExecuteSqlRaw(\"PRAGMA wal_checkpoint(TRUNCATE)\")|]; // empty\n    }\n}\n",
            $"{import}\nclass Program\n{{\n    void Run(DbContext context)\n    {{\n        context.Database.OpenConnection();\n        try\n        {{\n{checkpoint}        }}\n        finally\n        {{\n            context.Database.CloseConnection();\n        }} // empty\n    }}\n}}\n",
            (DiagnosticProperties.Mode, "Truncate"));
    }

    [Theory]
    [InlineData("Truncate", "SqliteCheckpointMode.Truncate", "using SqliteAnalyzers.Runtime;\n")]
    [InlineData("Full", "", "")]
    public Task Entity_framework_makes_its_own_where_its_package_is_referenced(string mode, string argument, string import)
    {
        var fix = new FixHarness(new CheckpointResultIgnoredFix(), Descriptors.CheckpointResultIgnored, nameof(Descriptors.CheckpointResultIgnored))
        {
            References = EntityFrameworkCompanion.References,
        };
        return fix.VerifyAsync(
            "Helper",
            $"using Microsoft.EntityFrameworkCore;\n\nclass Program\n{{\n    void Run(DbContext context)\n    {{\n        [|context.Database.ExecuteSqlRaw(\"PRAGMA wal_checkpoint({mode.ToUpperInvariant()})\")|]; // empty\n    }}\n}}\n",
            $"using Microsoft.EntityFrameworkCore;\n{import}\nclass Program\n{{\n    void Run(DbContext context)\n    {{\n        context.Database.Checkpoint({argument}); // empty\n    }}\n}}\n",
            (DiagnosticProperties.Mode, mode));
    }

    [Theory]
    [InlineData("Helper", "((SqliteConnection)context.Database.GetDbConnection()).Checkpoint();")]
    [InlineData("Plain", "using (var checkpoint = context.Database.GetDbConnection().CreateCommand())")]
    public async Task Entity_framework_that_is_awaited_is_awaited_still(string variant, string checkpoint)
    {
        var fix = new FixHarness(new CheckpointResultIgnoredFix(), Descriptors.CheckpointResultIgnored, nameof(Descriptors.CheckpointResultIgnored))
        {
            References = TestReferences.WithEntityFramework,
        };
        var fixedText = await fix.ApplyAsync(
            variant,
            "using Microsoft.EntityFrameworkCore;\nusing System.Threading.Tasks;\n\nclass Program\n{\n    async Task Run(DbContext context)\n    {\n        await [|context.Database.ExecuteSqlRawAsync(\"PRAGMA wal_checkpoint(FULL)\")|].ConfigureAwait(false);\n    }\n}\n",
            (DiagnosticProperties.Mode, "Full"));
        Assert.Contains("        await context.Database.OpenConnectionAsync().ConfigureAwait(false);\n        try\n        {\n            " + checkpoint, fixedText, StringComparison.Ordinal);
        Assert.Contains("        finally\n        {\n            await context.Database.CloseConnectionAsync().ConfigureAwait(false);\n        }\n", fixedText, StringComparison.Ordinal);
    }

    [Fact]
    public Task The_last_of_several_statements_runs_by_itself() => HelperAsync(
        "Full",
        """
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM log WHERE a < $a; PRAGMA wal_checkpoint(FULL)"; // old rows
        command.Parameters.AddWithValue("$a", 1);
        [|command.ExecuteNonQuery()|];
        Console.WriteLine();
        """,
        """
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM log WHERE a < $a;"; // old rows
        command.Parameters.AddWithValue("$a", 1);
        command.ExecuteNonQuery();
        connection.Checkpoint();
        Console.WriteLine();
        """);

    [Fact]
    public Task The_first_of_several_statements_runs_by_itself() => HelperAsync(
        "Truncate",
        """
        [|connection.Execute("PRAGMA wal_checkpoint(TRUNCATE); VACUUM;")|];
        """,
        """
        connection.Checkpoint(SqliteCheckpointMode.Truncate);
        connection.Execute("VACUUM;");
        """);

    [Fact]
    public Task A_statement_on_a_line_of_its_own_goes_with_the_line() => PlainAsync(
        "Full",
        """"
        using var command = new SqliteCommand(
            """
            DELETE FROM log;
            PRAGMA wal_checkpoint(FULL);
            """,
            connection);
        [|command.ExecuteNonQuery()|];
        """",
        """"
        using var command = new SqliteCommand(
            """
            DELETE FROM log;
            """,
            connection);
        command.ExecuteNonQuery();
        using (var checkpoint = connection.CreateCommand())
        {
            checkpoint.CommandText = "PRAGMA wal_checkpoint(FULL);";
            if (checkpoint.ExecuteScalar() is 1L)
            {
                throw new InvalidOperationException("The checkpoint was blocked by another connection.");
            }
        }
        """");

    [Theory]
    [InlineData("[|connection.Execute(\"DELETE FROM log; PRAGMA wal_checkpoint(FULL); VACUUM\")|];")]
    [InlineData("[|connection.Execute(\"DELETE FROM log; PRAGMA wal_checkpoint(FULL); PRAGMA wal_checkpoint(FULL)\")|];")]
    [InlineData("[|connection.Execute(\"DELETE FROM log; PRAGMA wal_checkpoint(FULL) -- all\")|];")]
    [InlineData("[|connection.ExecuteScalar(\"SELECT 1; PRAGMA wal_checkpoint(FULL)\")|];")]
    [InlineData("const string sql = \"DELETE FROM log; PRAGMA wal_checkpoint(FULL)\";\n[|connection.Execute(sql)|];")]
    [InlineData("using var command = connection.CreateCommand();\ncommand.CommandText = \"DELETE FROM log; PRAGMA wal_checkpoint(FULL)\";\n[|command.ExecuteNonQuery()|];\ncommand.ExecuteNonQuery();")]
    [InlineData("using var command = connection.CreateCommand();\ncommand.CommandText = \"DELETE FROM log\";\nif (Environment.ProcessId > 0)\n{\n    command.CommandText = \"DELETE FROM log; PRAGMA wal_checkpoint(FULL)\";\n}\n[|command.ExecuteNonQuery()|];")]
    public async Task A_checkpoint_among_statements_that_cannot_be_cut_out_is_left_alone(string body) =>
        Assert.Empty(await _fix.OfferedAsync(Source.Method(body), Properties("Full")));

    [Fact]
    public Task A_connection_whose_type_does_not_say_so() => HelperAsync(
        "Full",
        """
        using System.Data.Common.DbConnection other = new SqliteConnection("Data Source=other.db");
        other.Open();
        [|other.Execute("PRAGMA wal_checkpoint(FULL)")|];
        """,
        """
        using System.Data.Common.DbConnection other = new SqliteConnection("Data Source=other.db");
        other.Open();
        ((SqliteConnection)other).Checkpoint();
        """,
        "other");

    [Fact]
    public Task A_method_that_executes_without_the_helper() => PlainAsync(
        "Full",
        """
        Run(connection, "DELETE FROM t");
        [|Run(connection, "PRAGMA wal_checkpoint(FULL)")|];

        static void Run(SqliteConnection on, string sql)
        {
            using var command = on.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
        """,
        """
        Run(connection, "DELETE FROM t");
        using (var checkpoint = connection.CreateCommand())
        {
            checkpoint.CommandText = "PRAGMA wal_checkpoint(FULL);";
            if (checkpoint.ExecuteScalar() is 1L)
            {
                throw new InvalidOperationException("The checkpoint was blocked by another connection.");
            }
        }

        static void Run(SqliteConnection on, string sql)
        {
            using var command = on.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
        """);

    [Fact]
    public Task A_method_that_does_more_than_to_execute_is_replaced_in_one_place_only() => _fix.VerifyForOneOnlyAsync(
        "Helper",
        Source.Method("[|Run(connection, \"PRAGMA wal_checkpoint(FULL)\")|];\nRun(connection, \"DELETE FROM t\");\nstatic void Run(SqliteConnection on, string sql)\n{\n    lock (on)\n    {\n        on.Execute(sql);\n    }\n}"),
        Properties("Full"));

    [Fact]
    public async Task Titles_say_that_it_throws() => Assert.Equal(
        ["Use connection.Checkpoint(), which throws when blocked", "Throw when the checkpoint is blocked (ADO.NET only)"],
        await _fix.TitlesAsync(Source.Method("[|connection.Execute(\"PRAGMA wal_checkpoint(FULL)\")|];"), Properties("Full")));

    [Fact]
    public async Task Without_a_connection_there_is_only_the_plain_variant() => Assert.Equal(["Plain"], await _fix.OfferedAsync(
        Source.Method("[|connection.Execute(\"PRAGMA wal_checkpoint(FULL)\")|];"), (DiagnosticProperties.Mode, "Full")));

    private static (string, string)[] Properties(string mode) =>
        [(DiagnosticProperties.Connection, "connection"), (DiagnosticProperties.Mode, mode)];

    private Task HelperAsync(string mode, string body, string expected, string connection = "connection") =>
        _fix.VerifyAsync("Helper", Source.Method(body), Source.Method(expected, runtime: true), (DiagnosticProperties.Connection, connection), (DiagnosticProperties.Mode, mode));

    private Task PlainAsync(string mode, string body, string expected) =>
        _fix.VerifyAsync("Plain", Source.Method(body), Source.Method(expected), Properties(mode));
}
