using Microsoft.CodeAnalysis.Testing;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Checkpoints;

/// <summary>SQLITE2003 at each shape of code that has the fault, and at none that has not.</summary>
public sealed class UnknownCheckpointModeTests
{
    [Theory]
    [InlineData("PRAGMA wal_checkpoint([|FUL|])")]
    [InlineData("PRAGMA wal_checkpoint([|TRUNC|]);")]
    [InlineData("pragma Main.Wal_Checkpoint( [|restrat|] )")]
    [InlineData("PRAGMA wal_checkpoint=[|FULLY|]")]
    [InlineData("PRAGMA wal_checkpoint = [|2|]")]
    [InlineData("PRAGMA wal_checkpoint(['|FUL|'])")]
    [InlineData("PRAGMA /* FULL */ wal_checkpoint([|ALL|])")]
    [InlineData("SELECT 1; PRAGMA wal_checkpoint([|FUL|]); SELECT 2")]
    [InlineData("PRAGMA wal_checkpoint([|FUL|]); PRAGMA wal_checkpoint([|RESTRAT|])")]
    public Task Every_form_of_the_statement(string sql) =>
        VerifyAsync($"connection.Execute(\"{sql.Replace("['|", "[|'", StringComparison.Ordinal).Replace("|']", "'|]", StringComparison.Ordinal)}\");");

    [Theory]
    [InlineData("PRAGMA wal_checkpoint")]
    [InlineData("PRAGMA wal_checkpoint;")]
    [InlineData("PRAGMA wal_checkpoint(PASSIVE)")]
    [InlineData("PRAGMA wal_checkpoint(FULL)")]
    [InlineData("PRAGMA wal_checkpoint(RESTART)")]
    [InlineData("PRAGMA wal_checkpoint(TRUNCATE)")]
    [InlineData("PRAGMA wal_checkpoint(NOOP)")]
    [InlineData("pragma wal_checkpoint = truncate")]
    [InlineData("PRAGMA main.wal_checkpoint('Full')")]
    [InlineData("PRAGMA wal_checkpoint(/* FUL */ FULL)")]
    [InlineData("PRAGMA wal_autocheckpoint(1000)")]
    [InlineData("PRAGMA wal_checkpoints(FUL)")]
    [InlineData("PRAGMA journal_mode(FUL)")]
    [InlineData("SELECT 'PRAGMA wal_checkpoint(FUL)'")]
    [InlineData("-- PRAGMA wal_checkpoint(FUL)")]
    [InlineData("/* PRAGMA wal_checkpoint(FUL) */ SELECT 1")]
    [InlineData("SELECT wal_checkpoint(FUL)")]
    [InlineData("wal_checkpoint(FUL)")]
    [InlineData("PRAGMA wal_checkpoint(\\\"FULL\\\")")]
    [InlineData("PRAGMA wal_checkpoint([FULL])")]
    [InlineData("PRAGMA wal_checkpoint(`FULL`)")]
    [InlineData("pragma wal_checkpoint(noop);")]
    [InlineData("PRAGMA wal_checkpoint(FULL); PRAGMA wal_checkpoint(TRUNCATE)")]
    [InlineData("INSERT INTO log (text) VALUES ('PRAGMA wal_checkpoint(FUL)')")]
    [InlineData("SELECT 'it''s PRAGMA wal_checkpoint(FUL)'")]
    public Task Clean_statements(string sql) => VerifyAsync($"connection.Execute(\"{sql}\");");

    [Theory]
    [InlineData("connection.Execute(\"PRAGMA wal_checkpoint([|FUL|])\");")]
    [InlineData("connection.ExecuteScalar<long>(\"PRAGMA wal_checkpoint([|FUL|])\");")]
    [InlineData("new SqliteCommand(\"PRAGMA wal_checkpoint([|FUL|])\", connection).ExecuteScalar();")]
    [InlineData("connection.CreateCommand().CommandText = \"PRAGMA wal_checkpoint([|FUL|])\";")]
    [InlineData("var command = new SqliteCommand { CommandText = \"PRAGMA wal_checkpoint([|FUL|])\" };")]
    [InlineData("DbCommand command = connection.CreateCommand(); command.CommandText = \"PRAGMA wal_checkpoint([|FUL|])\";")]
    [InlineData("foreach (var sql in new[] { \"PRAGMA optimize\", \"PRAGMA wal_checkpoint([|FUL|])\" }) connection.Execute(sql);")]
    [InlineData("var sql = flag ? \"PRAGMA wal_checkpoint([|FUL|])\" : \"PRAGMA optimize\";")]
    public Task Every_place_of_the_text(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("Console.WriteLine(\"wal_checkpoint(FUL) is no statement\");")]
    [InlineData("throw new ArgumentException(\"Use wal_checkpoint(FULL).\");")]
    [InlineData("// connection.Execute(\"PRAGMA wal_checkpoint(FUL)\");")]
    [InlineData("var wal_checkpoint = \"FUL\"; Console.WriteLine(wal_checkpoint);")]
    public Task Clean_where_the_text_is_no_statement(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("\"\\tPRAGMA\\u0020wal_checkpoint([|FUL|])\"")]
    [InlineData("@\"PRAGMA wal_checkpoint([|FUL|])\"")]
    [InlineData("@\"PRAGMA \"\"main\"\".wal_checkpoint([|FUL|])\"")]
    [InlineData("\"\"\"PRAGMA \"main\".wal_checkpoint([|FUL|])\"\"\"")]
    [InlineData("\"\"\"\n    PRAGMA\n      wal_checkpoint([|FUL|])\n    \"\"\"")]
    [InlineData("$\"PRAGMA {items[0]}.wal_checkpoint([|FUL|])\"")]
    [InlineData("$@\"PRAGMA {items[0]}.wal_checkpoint([|FUL|])\"")]
    [InlineData("$\"\"\"PRAGMA {items[0]}.wal_checkpoint([|FUL|])\"\"\"")]
    [InlineData("\"PRAGMA \" + \"wal_checkpoint([|FUL|])\"")]
    [InlineData("\"PRAGMA wal_checkpoint(\" + \"[|FUL|])\"")]
    [InlineData("(\"PRAGMA wal_checkpoint(\" + (\"[|FUL|]\" + \")\"))")]
    [InlineData("\"SELECT '\" + items[0] + \"'; PRAGMA wal_checkpoint([|FUL|])\"")]
    public Task Every_form_of_the_literal(string literal) => VerifyAsync($"connection.Execute({literal});");

    [Theory]
    [InlineData("$\"PRAGMA wal_checkpoint({items[0]})\"")]
    [InlineData("$\"PRAGMA wal_checkpoint({items[0]}FUL)\"")]
    [InlineData("\"PRAGMA wal_checkpoint(\" + items[0] + \")\"")]
    [InlineData("$\"PRAGMA {items[0]}_wal_checkpoint(FUL)\"")]
    [InlineData("@\"PRAGMA wal_checkpoint(FULL)\"")]
    [InlineData("\"\"\"PRAGMA wal_checkpoint(TRUNCATE)\"\"\"")]
    [InlineData("\"PRAGMA wal_checkpoint(\" + \"FULL)\"")]
    [InlineData("\"PRAGMA wal_checkpoint(FU\" + \"LL)\"")]
    [InlineData("$\"PRAGMA wal_checkpoint({(flag ? \"FULL\" : \"TRUNCATE\")})\"")]
    [InlineData("\"\"\"\n    PRAGMA\n      wal_checkpoint(FULL)\n    \"\"\"")]
    [InlineData("$\"\"\"PRAGMA {items[0]}.wal_checkpoint(RESTART)\"\"\"")]
    public Task Clean_literals(string literal) => VerifyAsync($"connection.Execute({literal});");

    [Fact]
    public Task A_constant_is_reported_where_it_is_declared() => VerifyMembersAsync(
        """
        private const string Sql = "PRAGMA wal_checkpoint([|FUL|])";
        static void Run(SqliteConnection connection)
        {
            connection.Execute(Sql);
            connection.Execute(Sql);
        }
        """);

    [Fact]
    public Task A_constant_mode_is_reported_where_it_is_used() => VerifyMembersAsync(
        """
        private const string Mode = "FUL";
        static void Run(SqliteConnection connection) => connection.Execute("PRAGMA wal_checkpoint(" + [|Mode|] + ")");
        """);

    [Fact]
    public Task Clean_with_a_constant_mode() => VerifyMembersAsync(
        """
        private const string Mode = "FULL";
        static void Run(SqliteConnection connection) => connection.Execute($"PRAGMA wal_checkpoint({Mode})");
        """);

    [Fact]
    public Task A_field() => VerifyMembersAsync(
        """
        private static readonly string[] s_maintenance = ["PRAGMA optimize", "PRAGMA wal_checkpoint([|FUL|])"];
        static void Run(SqliteConnection connection) { foreach (var sql in s_maintenance) connection.Execute(sql); }
        """);

    [Fact]
    public Task A_property() => VerifyMembersAsync("string Sql => \"PRAGMA wal_checkpoint([|FUL|])\";");

    [Fact]
    public Task A_default_value() => VerifyMembersAsync(
        "static void Run(SqliteConnection connection, string sql = \"PRAGMA wal_checkpoint([|FUL|])\") => connection.Execute(sql);");

    [Fact]
    public Task Branches_loops_and_handlers() => VerifyAsync(
        """
        if (flag) connection.Execute("PRAGMA wal_checkpoint([|FUL|])");
        foreach (var item in items) connection.Execute("PRAGMA wal_checkpoint([|FUL|])");
        try { connection.Execute("PRAGMA wal_checkpoint([|FUL|])"); }
        catch (SqliteException) { connection.Execute("PRAGMA wal_checkpoint([|FUL|])"); }
        finally { connection.Execute("PRAGMA wal_checkpoint([|FUL|])"); }
        """);

    [Fact]
    public Task Clean_branches_loops_and_handlers() => VerifyAsync(
        """
        if (flag) connection.Execute("PRAGMA wal_checkpoint(FULL)");
        foreach (var item in items) connection.Execute("PRAGMA wal_checkpoint(PASSIVE)");
        try { connection.Execute("PRAGMA wal_checkpoint(RESTART)"); }
        finally { connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)"); }
        """);

    [Fact]
    public Task Awaited() => VerifyAsyncAsync("await connection.ExecuteAsync(\"PRAGMA wal_checkpoint([|FUL|])\").ConfigureAwait(false);");

    [Fact]
    public Task Clean_awaited() => VerifyAsyncAsync("await connection.ExecuteAsync(\"PRAGMA wal_checkpoint(FULL)\");");

    [Fact]
    public Task A_helper_that_is_given_the_text() => VerifyMembersAsync(
        """
        static void Run(SqliteConnection connection) => Execute(connection, "PRAGMA wal_checkpoint([|FUL|])");
        static void Execute(SqliteConnection connection, string sql) => connection.Execute(sql);
        """);

    [Fact]
    public Task Clean_with_a_helper_that_is_given_the_mode() => VerifyMembersAsync(
        """
        static void Run(SqliteConnection connection) => Flush(connection, "FULL");
        static void Flush(SqliteConnection connection, string mode) => connection.Execute($"PRAGMA wal_checkpoint({mode})");
        """);

    [Fact]
    public Task Lambdas_and_local_functions() => VerifyAsync(
        """
        Action flush = () => connection.Execute("PRAGMA wal_checkpoint([|FUL|])");
        flush();
        Local();
        void Local() => connection.Execute("PRAGMA wal_checkpoint([|FUL|])");
        """);

    [Fact]
    public Task An_interface_of_which_nothing_is_known() => VerifyTypesAsync(
        """
        interface IStore { void Execute(string sql); }
        class Program { static void Run(IStore store) => store.Execute("PRAGMA wal_checkpoint([|FUL|])"); }
        """);

    [Fact]
    public Task Partial_classes() => VerifyTypesAsync(
        """
        partial class Program { private const string Sql = "PRAGMA wal_checkpoint([|FUL|])"; }
        partial class Program { static void Run(SqliteConnection connection) => connection.Execute(Sql); }
        """);

    [Fact]
    public Task Half_typed_code() => VerifyHalfTypedAsync(
        """
        connection.Execute("PRAGMA wal_checkpoint([|FUL|])"
        if (
        """);

    [Theory]
    [InlineData("connection.Execute(\"PRAGMA wal_checkpoint(")]
    [InlineData("connection.Execute(\"PRAGMA wal_checkpoint(\");")]
    [InlineData("connection.Execute(\"PRAGMA wal_checkpoint=\");")]
    [InlineData("connection.Execute($\"PRAGMA wal_checkpoint({\");")]
    [InlineData("connection.Execute(\"PRAGMA wal_checkpoint(\" + );")]
    [InlineData("connection.Execute(\"PRAGMA wal_checkpoint(\" + unknown + \")\");")]
    public Task Clean_in_half_typed_code(string statements) => VerifyHalfTypedAsync(statements);

    [Fact]
    public Task Clean_with_types_of_the_users_own() => VerifyAloneAsync(
        """
        new Own.SqliteCommand("PRAGMA wal_checkpoint(FUL)").ExecuteNonQuery();
        new Own.SqliteCommand("").CommandText = "PRAGMA wal_checkpoint(FUL)";
        namespace Own
        {
            class SqliteCommand(string sql)
            {
                public string CommandText { get; set; } = sql;
                public void ExecuteNonQuery() { }
            }
        }
        """);

    [Fact]
    public Task Clean_without_SQLite() => RuleVerifier.VerifyAsync(
        Descriptors.UnknownCheckpointMode,
        "class Program { const string Sql = \"PRAGMA wal_checkpoint(FUL)\"; }",
        test => test.References = TestReferences.Net);

    [Fact]
    public Task Clean_in_generated_code() => VerifyTypesAsync(
        """
        [System.CodeDom.Compiler.GeneratedCode("tool", "1.0")]
        class Generated { static void Run(SqliteConnection connection) => connection.Execute("PRAGMA wal_checkpoint(FUL)"); }
        """);

    [Fact]
    public Task Clean_where_the_severity_is_none() => RuleVerifier.VerifyAsync(
        Descriptors.UnknownCheckpointMode,
        RuleSource.Statements("connection.Execute(\"PRAGMA wal_checkpoint(FUL)\");"),
        test => test.EditorConfig = "dotnet_diagnostic.SQLITE2003.severity = none");

    [Theory]
    [InlineData("FUL", "; did you mean 'FULL'?")]
    [InlineData("truncat", "; did you mean 'TRUNCATE'?")]
    [InlineData("42", "")]
    public Task The_message_names_the_word_and_there_is_no_other_location(string mode, string suggestion) => RuleVerifier.VerifyAsync(
        Descriptors.UnknownCheckpointMode,
        RuleSource.Statements($"connection.Execute(\"PRAGMA wal_checkpoint({{|#0:{mode}|}})\");"),
        test =>
        {
            test.ExpectedDiagnostics.Add(new DiagnosticResult(Descriptors.UnknownCheckpointMode).WithLocation(0).WithArguments(mode, suggestion));
            test.DiagnosticVerifier = (diagnostic, _, _) => Assert.Empty(diagnostic.AdditionalLocations);
        });

    [Fact]
    public Task The_message_names_the_word_of_a_raw_string() => RuleVerifier.VerifyAsync(
        Descriptors.UnknownCheckpointMode,
        RuleSource.Statements(
            """"
            connection.Execute("""
                PRAGMA
                  wal_checkpoint({|#0:Restrt|});
                """);
            """"),
        test => test.ExpectedDiagnostics.Add(new DiagnosticResult(Descriptors.UnknownCheckpointMode).WithLocation(0).WithArguments("Restrt", "; did you mean 'RESTART'?")));

    [Theory]
    [InlineData("FUL", "FULL")]
    [InlineData("fulll", "FULL")]
    [InlineData("TRUNC", "TRUNCATE")]
    [InlineData("TURNCATE", "TRUNCATE")]
    [InlineData("RESTRAT", "RESTART")]
    [InlineData("PASIVE", "PASSIVE")]
    [InlineData("NOP", "NOOP")]
    [InlineData("42", null)]
    [InlineData("everything", null)]
    public Task The_fix_is_told_the_nearest_mode(string mode, string? nearest) => RuleVerifier.VerifyAsync(
        Descriptors.UnknownCheckpointMode,
        RuleSource.Statements($"connection.Execute(\"PRAGMA wal_checkpoint([|{mode}|])\");"),
        test => test.DiagnosticVerifier = (diagnostic, _, _) =>
            Assert.Equal(nearest, diagnostic.Properties.GetValueOrDefault(DiagnosticProperties.Replacement)));

    private static Task VerifyAsync(string statements) => VerifySourceAsync(RuleSource.Statements(statements));

    private static Task VerifyAsyncAsync(string statements) => VerifySourceAsync(RuleSource.AsyncStatements(statements));

    private static Task VerifyMembersAsync(string members) => VerifySourceAsync(RuleSource.Members(members));

    private static Task VerifyTypesAsync(string types) => VerifySourceAsync(RuleSource.Types(types));

    private static Task VerifyAloneAsync(string source) => VerifySourceAsync(RuleSource.Alone(source));

    private static Task VerifySourceAsync(string source) => RuleVerifier.VerifyAsync(Descriptors.UnknownCheckpointMode, source);

    private static Task VerifyHalfTypedAsync(string statements) => RuleVerifier.VerifyAsync(
        Descriptors.UnknownCheckpointMode,
        RuleSource.Statements(statements),
        test => test.CompilerDiagnostics = CompilerDiagnostics.None);
}
