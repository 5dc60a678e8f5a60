using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Sql;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Configuration;

/// <summary>SQLITE3002 at each shape of code that has the fault, and at none that has not.</summary>
public sealed class UnknownPragmaTests
{
    [Theory]
    [InlineData("PRAGMA [|jurnal_mode|] = WAL")]
    [InlineData("PRAGMA [|jurnal_mode|]")]
    [InlineData("PRAGMA [|journalmode|]=WAL;")]
    [InlineData("pragma Main.[|Synchronus|] ( off )")]
    [InlineData("PRAGMA main.[|user_versio|]")]
    [InlineData("PRAGMA [|'jurnal_mode'|] = WAL")]
    [InlineData("PRAGMA [|`jurnal_mode`|] = WAL")]
    [InlineData("PRAGMA [|foreign_key|] = ON")]
    [InlineData("PRAGMA [|group_concat_max_len|] = -1")]
    [InlineData("PRAGMA [|group_concat_max_len|](1)")]
    [InlineData("PRAGMA [|table_inf|]('orders')")]
    [InlineData("PRAGMA /* journal_mode */ [|jurnal_mode|] = WAL -- now")]
    [InlineData("SELECT 1; PRAGMA [|jurnal_mode|] = WAL; SELECT 2")]
    [InlineData("PRAGMA [|jurnal_mode|] = WAL; PRAGMA synchronous = NORMAL; PRAGMA [|bussy_timeout|] = 5000")]
    [InlineData("PRAGMA [|wal_checkpont|](FULL)")]
    public Task Every_form_of_the_statement(string sql) => VerifyAsync($"connection.Execute(\"{sql}\");");

    [Theory]
    [InlineData("PRAGMA journal_mode")]
    [InlineData("PRAGMA journal_mode = WAL;")]
    [InlineData("pragma Main.Journal_Mode(wal)")]
    [InlineData("PRAGMA 'journal_mode' = WAL")]
    [InlineData("PRAGMA \\\"journal_mode\\\" = WAL")]
    [InlineData("PRAGMA [journal_mode] = WAL")]
    [InlineData("PRAGMA `main`.`journal_mode` = WAL")]
    [InlineData("PRAGMA /* jurnal_mode */ journal_mode = WAL -- jurnal_mode")]
    [InlineData("-- PRAGMA jurnal_mode = WAL")]
    [InlineData("/* PRAGMA jurnal_mode = WAL */ SELECT 1")]
    [InlineData("SELECT 'PRAGMA jurnal_mode = WAL'")]
    [InlineData("INSERT INTO log (text) VALUES ('PRAGMA jurnal_mode = WAL')")]
    [InlineData("SELECT * FROM pragma_jurnal_mode")]
    [InlineData("SELECT pragma FROM settings WHERE jurnal_mode = 1")]
    [InlineData("PRAGMA wal_checkpoint(FUL)")]
    [InlineData("PRAGMA synchronous = NORMALL")]
    [InlineData("PRAGMA table_info('orders')")]
    [InlineData("PRAGMA default_cache_size = 100")]
    [InlineData("PRAGMA vdbe_trace = ON")]
    [InlineData("PRAGMA lock_proxy_file = ':auto:'")]
    [InlineData("PRAGMA checksum_verification = 1")]
    [InlineData("PRAGMA key = 'secret'")]
    [InlineData("PRAGMA rekey = 'secret'")]
    [InlineData("PRAGMA cipher = 'aes256cbc'")]
    [InlineData("PRAGMA Cipher_Page_Size = 4096")]
    [InlineData("PRAGMA fast_kdf_iter = 2")]
    [InlineData("PRAGMA hmac_use = 1")]
    [InlineData("PRAGMA mc_legacy_wal = 1")]
    [InlineData("PRAGMA legacy_page_size = 4096")]
    [InlineData("PRAGMA rekey_kdf_iter = 64000")]
    [InlineData("PRAGMA")]
    [InlineData("PRAGMA ''")]
    [InlineData("PRAGMA AUTONOMOUS_TRANSACTION;")]
    [InlineData("PRAGMA EXCEPTION_INIT(deadlock, -60)")]
    [InlineData("EXPLAIN PRAGMA jurnal_mode")]
    public Task Clean_statements(string sql) => VerifyAsync($"connection.Execute(\"{sql}\");");

    [Theory]
    [InlineData("connection.Execute(\"PRAGMA [|jurnal_mode|] = WAL\");")]
    [InlineData("connection.ExecuteScalar<string>(\"PRAGMA [|jurnal_mode|]\");")]
    [InlineData("new SqliteCommand(\"PRAGMA [|jurnal_mode|] = WAL\", connection).ExecuteNonQuery();")]
    [InlineData("connection.CreateCommand().CommandText = \"PRAGMA [|jurnal_mode|] = WAL\";")]
    [InlineData("var command = new SqliteCommand { CommandText = \"PRAGMA [|jurnal_mode|] = WAL\" };")]
    [InlineData("DbCommand command = connection.CreateCommand(); command.CommandText = \"PRAGMA [|jurnal_mode|] = WAL\";")]
    [InlineData("foreach (var sql in new[] { \"PRAGMA optimize\", \"PRAGMA [|jurnal_mode|] = WAL\" }) connection.Execute(sql);")]
    [InlineData("var sql = flag ? \"PRAGMA [|jurnal_mode|] = WAL\" : \"PRAGMA optimize\";")]
    public Task Every_place_of_the_text(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("Console.WriteLine(\"PRAGMA settings are wrong\");")]
    [InlineData("Console.WriteLine(\"Pragma error\");")]
    [InlineData("Console.WriteLine(\"Pragma failed; see the log = here\");")]
    [InlineData("Console.WriteLine($\"Pragma failed {items[0]}\");")]
    [InlineData("Console.WriteLine(\"Pragma: jurnal_mode = WAL\");")]
    [InlineData("Console.WriteLine(\"PRAGMA jurnal_mode = WAL is no statement\");")]
    [InlineData("Console.WriteLine(\"#pragma once\");")]
    [InlineData("Console.WriteLine(\"#pragma optimise(on)\");")]
    [InlineData("throw new ArgumentException(\"Unknown PRAGMA jurnal_mode.\");")]
    [InlineData("// connection.Execute(\"PRAGMA jurnal_mode = WAL\");")]
    [InlineData("var pragma = \"jurnal_mode = WAL\"; Console.WriteLine(pragma);")]
    public Task Clean_where_the_text_is_no_statement(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("\"\\tPRAGMA\\u0020[|jurnal_mode|] = WAL\"")]
    [InlineData("@\"PRAGMA [|jurnal_mode|] = WAL\"")]
    [InlineData("@\"PRAGMA \"\"main\"\".[|jurnal_mode|] = WAL\"")]
    [InlineData("\"\"\"PRAGMA \"main\".[|jurnal_mode|] = WAL\"\"\"")]
    [InlineData("\"\"\"\n    PRAGMA\n      [|jurnal_mode|] = WAL\n    \"\"\"")]
    [InlineData("$\"PRAGMA {items[0]}.[|jurnal_mode|] = WAL\"")]
    [InlineData("$\"PRAGMA [|jurnal_mode|] = {items[0]}\"")]
    [InlineData("$@\"PRAGMA [|jurnal_mode|]({items[0]})\"")]
    [InlineData("$\"{\"PRAGMA [|jurnal_mode|] = WAL\"}\"")]
    [InlineData("\"PRAGMA \" + \"[|jurnal_mode|] = WAL\"")]
    [InlineData("\"PRAGMA [|jurnal_mode|] = \" + items[0]")]
    [InlineData("(\"PRAGMA \" + (\"[|jurnal_mode|]\" + \" = WAL\"))")]
    [InlineData("\"SELECT '\" + items[0] + \"'; PRAGMA [|jurnal_mode|] = WAL\"")]
    public Task Every_form_of_the_literal(string literal) => VerifyAsync($"connection.Execute({literal});");

    [Theory]
    [InlineData("$\"PRAGMA {items[0]}\"")]
    [InlineData("$\"PRAGMA {items[0]} = WAL\"")]
    [InlineData("$\"PRAGMA {items[0]}_mode = WAL\"")]
    [InlineData("$\"PRAGMA jurnal_{items[0]} = WAL\"")]
    [InlineData("$\"PRAGMA {items[0]} jurnal_mode = WAL\"")]
    [InlineData("$\"PRAGMA {items[0]}jurnal_mode = WAL\"")]
    [InlineData("$\"PRAGMA jurnal_mode {items[0]}\"")]
    [InlineData("$\"{items[0]} jurnal_mode = WAL\"")]
    [InlineData("$\"PRAGMA {items[0]}.journal_mode = WAL\"")]
    [InlineData("\"PRAGMA jurnal\" + items[0] + \" = WAL\"")]
    [InlineData("\"PRAGMA jour\" + \"nal_mode = WAL\"")]
    [InlineData("string.Format(\"PRAGMA {0} = {1}\", \"journal_mode\", \"WAL\")")]
    [InlineData("@\"PRAGMA \"\"journal_mode\"\" = WAL\"")]
    [InlineData("\"\"\"\n    PRAGMA\n      journal_mode = WAL\n    \"\"\"")]
    public Task Clean_literals(string literal) => VerifyAsync($"connection.Execute({literal});");

    [Theory]
    [InlineData("Run(connection, \"PRAGMA journal_\");")]
    [InlineData("var (name, value) = (\"PRAGMA journal_\", \"mode=WAL\"); connection.Execute(name + value);")]
    [InlineData("var parts = new[] { \"PRAGMA wal_\", \"autocheckpoint=100\" }; connection.Execute(string.Join(\"\", parts));")]
    [InlineData("var names = new Dictionary<string, string> { [\"mode\"] = \"PRAGMA journal_\" }; connection.Execute(names[\"mode\"] + \"mode=WAL\");")]
    [InlineData("Func<string> begin = () => \"PRAGMA journal_\"; connection.Execute(begin() + \"mode=WAL\");")]
    public Task Clean_where_it_is_the_beginning_of_a_text(string statements) => VerifyMembersAsync(
        $$"""
        static void Use(SqliteConnection connection)
        {
            {{statements}}
        }

        static void Run(SqliteConnection connection, string begin) => connection.Execute(begin + "mode=WAL");
        """);

    [Fact]
    public Task A_constant_is_reported_where_it_is_declared() => VerifyMembersAsync(
        """
        private const string Sql = "PRAGMA [|jurnal_mode|] = WAL";
        static void Run(SqliteConnection connection)
        {
            connection.Execute(Sql);
            connection.Execute(Sql);
        }
        """);

    [Fact]
    public Task A_constant_name_is_reported_where_it_is_used() => VerifyMembersAsync(
        """
        private const string Name = "jurnal_mode";
        static void Run(SqliteConnection connection) => connection.Execute("PRAGMA " + [|Name|] + " = WAL");
        """);

    [Fact]
    public Task Clean_with_a_constant_name() => VerifyMembersAsync(
        """
        private const string Name = "journal_mode";
        static void Run(SqliteConnection connection) => connection.Execute($"PRAGMA {Name} = WAL");
        """);

    [Fact]
    public Task Fields_properties_and_default_values() => VerifyMembersAsync(
        """
        private static readonly string[] s_settings = ["PRAGMA journal_mode = WAL", "PRAGMA [|synchronus|] = NORMAL"];
        string Sql => "PRAGMA [|jurnal_mode|] = WAL";
        static void Run(SqliteConnection connection, string sql = "PRAGMA [|bussy_timeout|] = 5000") { foreach (var text in s_settings) connection.Execute(text + sql); }
        """);

    [Fact]
    public Task Branches_handlers_lambdas_and_local_functions() => VerifyAsync(
        """
        if (flag) connection.Execute("PRAGMA [|jurnal_mode|] = WAL");
        try { connection.Execute("PRAGMA [|jurnal_mode|] = WAL"); }
        catch (SqliteException) { connection.Execute("PRAGMA [|jurnal_mode|] = WAL"); }
        Action set = () => connection.Execute("PRAGMA [|jurnal_mode|] = WAL");
        set();
        Local();
        void Local() => connection.Execute("PRAGMA [|jurnal_mode|] = WAL");
        """);

    [Fact]
    public Task Clean_with_a_helper_that_is_given_the_name() => VerifyMembersAsync(
        """
        static void Run(SqliteConnection connection) => Set(connection, "jurnal_mode");
        static void Set(SqliteConnection connection, string name) => connection.Execute($"PRAGMA {name} = WAL");
        """);

    [Theory]
    [InlineData("connection.Execute(\"PRAGMA [|jurnal_mode|] = WAL\"\nif (")]
    [InlineData("connection.Execute(\"PRAGMA [|jurnal_mode|] = \" + unknown + \"\");")]
    public Task Half_typed_code(string statements) => VerifyHalfTypedAsync(statements);

    [Theory]
    [InlineData("connection.Execute(\"PRAGMA jurnal_mode = ")]
    [InlineData("connection.Execute(\"PRAGMA jurnal_mode = \");")]
    [InlineData("connection.Execute(\"PRAGMA jurnal_mode(\");")]
    [InlineData("connection.Execute(\"PRAGMA jurnal_mode(WAL\");")]
    [InlineData("connection.Execute(\"PRAGMA main.\");")]
    [InlineData("connection.Execute($\"PRAGMA {\");")]
    [InlineData("connection.Execute(\"PRAGMA \" + );")]
    public Task Clean_in_half_typed_code(string statements) => VerifyHalfTypedAsync(statements);

    [Fact]
    public Task Clean_with_types_of_the_users_own() => VerifySourceAsync(RuleSource.Alone(
        """
        new Own.SqliteCommand("PRAGMA jurnal_mode = WAL").ExecuteNonQuery();
        new Own.SqliteCommand("").CommandText = "PRAGMA jurnal_mode = WAL";
        namespace Own
        {
            class SqliteCommand(string sql)
            {
                public string CommandText { get; set; } = sql;
                public void ExecuteNonQuery() { }
            }
        }
        """));

    [Fact]
    public Task Clean_with_the_command_of_another_database() => RuleVerifier.VerifyAsync(
        Descriptors.UnknownPragma,
        RuleSource.Members(
            """
            static void Run(System.Data.Odbc.OdbcCommand other, SqliteCommand own)
            {
                new System.Data.Odbc.OdbcCommand("PRAGMA memory_limit = '1GB'").ExecuteNonQuery();
                new System.Data.Odbc.OdbcCommand().CommandText = "PRAGMA memory_limit = '1GB'";
                var command = new System.Data.Odbc.OdbcCommand { CommandText = "PRAGMA memory_limit = '1GB'" };
                other.Run("PRAGMA memory_limit = '1GB'");
                own.Run("PRAGMA [|memory_limit|] = '1GB'");
            }
            }

            static class Commands
            {
            public static void Run(this System.Data.IDbCommand command, string sql) => command.CommandText = sql;
            """),
        test => test.References = [.. TestReferences.All, OdbcReference()]);

    [Fact]
    public Task Clean_without_SQLite() => RuleVerifier.VerifyAsync(
        Descriptors.UnknownPragma,
        "class Program { const string Sql = \"PRAGMA jurnal_mode = WAL\"; }",
        test => test.References = TestReferences.Net);

    [Fact]
    public Task Another_provider_of_SQLite() => RuleVerifier.VerifyAsync(
        Descriptors.UnknownPragma,
        "class Program { void Run(System.Data.SQLite.SQLiteCommand command) => command.CommandText = \"PRAGMA [|jurnal_mode|] = WAL\"; }",
        test => test.References = TestReferences.OnlySystemDataSqlite);

    [Fact]
    public Task Clean_in_generated_code() => VerifySourceAsync(RuleSource.Types(
        """
        [System.CodeDom.Compiler.GeneratedCode("tool", "1.0")]
        class Generated { static void Run(SqliteConnection connection) => connection.Execute("PRAGMA jurnal_mode = WAL"); }
        """));

    [Fact]
    public Task Clean_where_the_severity_is_none() => RuleVerifier.VerifyAsync(
        Descriptors.UnknownPragma,
        RuleSource.Statements("connection.Execute(\"PRAGMA jurnal_mode = WAL\");"),
        test => test.EditorConfig = "dotnet_diagnostic.SQLITE3002.severity = none");

    [Fact]
    public Task Clean_with_every_pragma_of_the_catalogue() => VerifyAsync(
        string.Join('\n', PragmaCatalogue.All.Select(info => $"connection.Execute(\"PRAGMA {info.Name}; PRAGMA {info.Name.ToUpperInvariant()} = 1\");")));

    [Theory]
    [InlineData("jurnal_mode", "; did you mean 'journal_mode'?")]
    [InlineData("group_concat_max_len", "")]
    public Task The_message_names_the_pragma_and_there_is_no_other_location(string name, string suggestion) => RuleVerifier.VerifyAsync(
        Descriptors.UnknownPragma,
        RuleSource.Statements($"connection.Execute(\"PRAGMA {{|#0:{name}|}} = 1\");"),
        test =>
        {
            test.ExpectedDiagnostics.Add(new DiagnosticResult(Descriptors.UnknownPragma).WithLocation(0).WithArguments(name, suggestion));
            test.DiagnosticVerifier = (diagnostic, _, _) => Assert.Empty(diagnostic.AdditionalLocations);
        });

    [Theory]
    [InlineData("jurnal_mode", "journal_mode")]
    [InlineData("SYNCHRONUS", "synchronous")]
    [InlineData("foreign_key", "foreign_keys")]
    [InlineData("user_versions", "user_version")]
    [InlineData("group_concat_max_len", null)]
    public Task The_fix_is_told_the_nearest_name(string name, string? nearest) => RuleVerifier.VerifyAsync(
        Descriptors.UnknownPragma,
        RuleSource.Statements($"connection.Execute(\"PRAGMA [|{name}|] = 1\");"),
        test => test.DiagnosticVerifier = (diagnostic, _, _) =>
            Assert.Equal(nearest, diagnostic.Properties.GetValueOrDefault(DiagnosticProperties.Replacement)));

    /// <summary>A provider of another database, as the compiler sees one.</summary>
    private static PortableExecutableReference OdbcReference()
    {
        var provider = CSharpCompilation.Create(
            "System.Data.Odbc",
            [
                CSharpSyntaxTree.ParseText(
                    """
                    namespace System.Data.Odbc
                    {
                        public class OdbcCommand : System.Data.IDbCommand
                        {
                            public OdbcCommand() { }
                            public OdbcCommand(string sql) => CommandText = sql;
                            public string CommandText { get; set; }
                            public int CommandTimeout { get; set; }
                            public System.Data.CommandType CommandType { get; set; }
                            public System.Data.IDbConnection Connection { get; set; }
                            public System.Data.IDataParameterCollection Parameters => null;
                            public System.Data.IDbTransaction Transaction { get; set; }
                            public System.Data.UpdateRowSource UpdatedRowSource { get; set; }
                            public void Cancel() { }
                            public System.Data.IDbDataParameter CreateParameter() => null;
                            public void Dispose() { }
                            public int ExecuteNonQuery() => 0;
                            public System.Data.IDataReader ExecuteReader() => null;
                            public System.Data.IDataReader ExecuteReader(System.Data.CommandBehavior behavior) => null;
                            public object ExecuteScalar() => null;
                            public void Prepare() { }
                        }
                    }
                    """,
                    TestCompilation.ParseOptions),
            ],
            TestReferences.Net,
            new(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        Assert.True(provider.Emit(image).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private static Task VerifyAsync(string statements) => VerifySourceAsync(RuleSource.Statements(statements));

    private static Task VerifyMembersAsync(string members) => VerifySourceAsync(RuleSource.Members(members));

    private static Task VerifySourceAsync(string source) => RuleVerifier.VerifyAsync(Descriptors.UnknownPragma, source);

    private static Task VerifyHalfTypedAsync(string statements) => RuleVerifier.VerifyAsync(
        Descriptors.UnknownPragma,
        RuleSource.Statements(statements),
        test => test.CompilerDiagnostics = CompilerDiagnostics.None);
}
