using Microsoft.CodeAnalysis.Testing;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Sql;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Configuration;

/// <summary>SQLITE3003 at each kind of value that a pragma does not take, and at none that it does.</summary>
public sealed class InvalidPragmaValueTests
{
    [Theory]
    [InlineData("PRAGMA journal_mode = [|WALL|]")]
    [InlineData("PRAGMA journal_mode([|WALL|])")]
    [InlineData("pragma Main.Journal_Mode=[|'walL '|];")]
    [InlineData("PRAGMA journal_mode = [|ON|]")]
    [InlineData("PRAGMA journal_mode = [|1|]")]
    [InlineData("PRAGMA synchronous = [|NORMALL|]")]
    [InlineData("PRAGMA synchronous = [|ON|]")]
    [InlineData("PRAGMA synchronous = [|7|]")]
    [InlineData("PRAGMA synchronous = [|-1|]")]
    [InlineData("PRAGMA temp_store = [|MEM|]")]
    [InlineData("PRAGMA temp_store = [|3|]")]
    [InlineData("PRAGMA locking_mode = [|SHARED|]")]
    [InlineData("PRAGMA auto_vacuum = [|ON|]")]
    [InlineData("PRAGMA auto_vacuum = [|3|]")]
    [InlineData("PRAGMA encoding = [|'UTF_8'|]")]
    [InlineData("PRAGMA secure_delete = [|SLOW|]")]
    [InlineData("PRAGMA page_size = [|5000|]")]
    [InlineData("PRAGMA foreign_keys = [|enabled|]")]
    [InlineData("PRAGMA foreign_keys = [|t|]")]
    [InlineData("PRAGMA foreign_keys = [|-1|]")]
    [InlineData("PRAGMA foreign_keys = [|''|]")]
    [InlineData("PRAGMA recursive_triggers([|full|])")]
    [InlineData("PRAGMA busy_timeout = [|abc|]")]
    [InlineData("PRAGMA busy_timeout = [|30s|]")]
    [InlineData("PRAGMA busy_timeout = [|'30s'|]")]
    [InlineData("PRAGMA busy_timeout = [|- 1|]")]
    [InlineData("PRAGMA busy_timeout = [|1.5|]")]
    [InlineData("PRAGMA busy_timeout = [|5e3|]")]
    [InlineData("PRAGMA busy_timeout = [|30_000|]")]
    [InlineData("PRAGMA busy_timeout = [|NULL|]")]
    [InlineData("PRAGMA busy_timeout = [|x'31'|]")]
    [InlineData("PRAGMA cache_size = [|64MB|]")]
    [InlineData("PRAGMA mmap_size = [|256M|]")]
    [InlineData("PRAGMA user_version = [|4294967295|]")]
    [InlineData("PRAGMA wal_autocheckpoint = [|OFF|]")]
    [InlineData("PRAGMA busy_timeout = /* ms */ [|many|] -- now")]
    [InlineData("SELECT 1; PRAGMA journal_mode = [|WALL|]; PRAGMA synchronous = NORMAL; PRAGMA temp_store = [|RAM|]")]
    public Task Values_that_are_not_taken(string sql) => VerifyAsync($"connection.Execute(\"{sql}\");");

    [Theory]
    [InlineData("PRAGMA busy_timeout = [|@ms|]")]
    [InlineData("PRAGMA busy_timeout = [|$ms|]")]
    [InlineData("PRAGMA busy_timeout = [|:ms|]")]
    [InlineData("PRAGMA user_version = [|?|]")]
    [InlineData("PRAGMA user_version([|?1|])")]
    [InlineData("PRAGMA table_info([|@table|])")]
    [InlineData("PRAGMA key = [|@key|]")]
    [InlineData("PRAGMA wal_checkpoint([|@mode|])")]
    [InlineData("PRAGMA temp_store_directory = [|@folder|]")]
    public Task Parameters(string sql) => VerifyAsync($"connection.Execute(\"{sql}\");");

    [Theory]
    [InlineData("PRAGMA journal_mode")]
    [InlineData("PRAGMA journal_mode = WAL;")]
    [InlineData("PRAGMA journal_mode = 'wal'")]
    [InlineData("PRAGMA journal_mode(w)")]
    [InlineData("PRAGMA journal_mode = OFF")]
    [InlineData("PRAGMA synchronous = NORMAL")]
    [InlineData("PRAGMA synchronous = 3")]
    [InlineData("PRAGMA synchronous = no")]
    [InlineData("PRAGMA temp_store = Memory")]
    [InlineData("PRAGMA temp_store(2)")]
    [InlineData("PRAGMA locking_mode = EXCLUSIVE")]
    [InlineData("PRAGMA auto_vacuum = incremental")]
    [InlineData("PRAGMA encoding = 'UTF-8'")]
    [InlineData("PRAGMA encoding = \\\"UTF-16le\\\"")]
    [InlineData("PRAGMA encoding = utf8")]
    [InlineData("PRAGMA secure_delete = FAST")]
    [InlineData("PRAGMA page_size = 8192")]
    [InlineData("PRAGMA foreign_keys = ON")]
    [InlineData("PRAGMA foreign_keys = Yes")]
    [InlineData("PRAGMA foreign_keys = 'true'")]
    [InlineData("PRAGMA foreign_keys = 0")]
    [InlineData("PRAGMA foreign_keys = 2")]
    [InlineData("PRAGMA writable_schema = RESET")]
    [InlineData("PRAGMA cache_spill = off")]
    [InlineData("PRAGMA cache_spill = 2000")]
    [InlineData("PRAGMA busy_timeout = 5000")]
    [InlineData("PRAGMA busy_timeout = '5000'")]
    [InlineData("PRAGMA busy_timeout = 0x10")]
    [InlineData("PRAGMA cache_size = - 64000")]
    [InlineData("PRAGMA mmap_size = 30000000000")]
    [InlineData("PRAGMA journal_size_limit = -1")]
    [InlineData("PRAGMA wal_autocheckpoint = 0")]
    [InlineData("PRAGMA user_version = +5")]
    [InlineData("PRAGMA wal_checkpoint(FUL)")]
    [InlineData("PRAGMA table_info(orders)")]
    [InlineData("PRAGMA main.table_info('orders')")]
    [InlineData("PRAGMA incremental_vacuum(10)")]
    [InlineData("PRAGMA integrity_check(orders)")]
    [InlineData("PRAGMA optimize = 0x10002")]
    [InlineData("PRAGMA key = 'secret'")]
    [InlineData("PRAGMA cipher_compatibility = three")]
    [InlineData("PRAGMA jurnal_mode = WALL")]
    [InlineData("PRAGMA jurnal_mode = @mode")]
    [InlineData("PRAGMA journal_mode =")]
    [InlineData("PRAGMA journal_mode = WALL is no statement")]
    [InlineData("PRAGMA journal_mode(WALL")]
    [InlineData("-- PRAGMA journal_mode = WALL")]
    [InlineData("SELECT 'PRAGMA journal_mode = WALL'")]
    [InlineData("UPDATE settings SET synchronous = @value")]
    public Task Clean_statements(string sql) => VerifyAsync($"connection.Execute(\"{sql}\");");

    [Theory]
    [InlineData("connection.ExecuteScalar<string>(\"PRAGMA journal_mode = [|WALL|]\");")]
    [InlineData("new SqliteCommand(\"PRAGMA journal_mode = [|WALL|]\", connection).ExecuteNonQuery();")]
    [InlineData("connection.CreateCommand().CommandText = \"PRAGMA busy_timeout = [|@ms|]\";")]
    [InlineData("var command = new SqliteCommand { CommandText = \"PRAGMA journal_mode = [|WALL|]\" };")]
    [InlineData("foreach (var sql in new[] { \"PRAGMA optimize\", \"PRAGMA journal_mode = [|WALL|]\" }) connection.Execute(sql);")]
    [InlineData("var sql = flag ? \"PRAGMA journal_mode = [|WALL|]\" : \"PRAGMA journal_mode = [|MEMORYY|]\"; connection.Execute(sql);")]
    [InlineData("connection.Execute(@\"PRAGMA journal_mode = [|WALL|]\");")]
    [InlineData("connection.Execute(\"\"\"PRAGMA journal_mode = [|\"WALL\"|];\"\"\");")]
    [InlineData("connection.Execute(\"PRAGMA journal_mode = \" + \"[|WALL|]\");")]
    [InlineData("connection.Execute($\"PRAGMA {items[0]}.journal_mode = [|WALL|]\");")]
    [InlineData("const string mode = \"WALL\"; connection.Execute($\"PRAGMA journal_mode = {[|mode|]}\");")]
    public Task Every_place_of_the_text(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("connection.Execute($\"PRAGMA journal_mode = {items[0]}\");")]
    [InlineData("connection.Execute($\"PRAGMA busy_timeout = {items[0]}s\");")]
    [InlineData("connection.Execute($\"PRAGMA journal_mode = W{items[0]}\");")]
    [InlineData("connection.Execute($\"PRAGMA {items[0]} = WALL\");")]
    [InlineData("connection.Execute(\"PRAGMA journal_mode = \" + items[0]);")]
    [InlineData("connection.Execute(string.Format(\"PRAGMA journal_mode = {0}\", items[0]));")]
    [InlineData("connection.Execute(\"PRAGMA journal_mode = MODE\".Replace(\"MODE\", items[0]));")]
    [InlineData("connection.Execute(\"PRAGMA table_info(@table)\".Replace(\"@table\", items[0]));")]
    [InlineData("const string mode = \"WAL\"; connection.Execute($\"PRAGMA journal_mode = {mode}\");")]
    [InlineData("const int ms = 5000; connection.Execute($\"PRAGMA busy_timeout = {ms}\");")]
    [InlineData("Console.WriteLine(\"PRAGMA journal_mode = WALL was not taken\");")]
    [InlineData("Console.WriteLine(\"Pragma journal_mode: WALL\");")]
    [InlineData("// connection.Execute(\"PRAGMA journal_mode = WALL\");")]
    [InlineData("var row = connection.Query(\"SELECT * FROM pragma_table_info(@table)\", new { table = items[0] });")]
    [InlineData("const string Text = \"PRAGMA journal_mode = MODE\"; connection.Execute(Text.Replace(\"MODE\", items[0]));")]
    [InlineData("var text = \"PRAGMA table_info(@t)\"; text = text.Replace(\"@t\", items[0]); connection.Execute(text);")]
    [InlineData("var command = connection.CreateCommand(); command.CommandText = \"PRAGMA table_info(@t)\"; command.CommandText = command.CommandText.Replace(\"@t\", items[0]);")]
    [InlineData("connection.Execute(System.Text.RegularExpressions.Regex.Replace(\"PRAGMA journal_mode = MODE\", \"MODE\", items[0]));")]
    [InlineData("connection.Execute(new System.Text.StringBuilder(\"PRAGMA table_info(@t)\").Replace(\"@t\", items[0]).ToString());")]
    public Task Clean_where_the_value_is_not_known(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("static class Texts { public const string Sql = \"PRAGMA journal_mode = MODE\"; } static void Run(SqliteConnection c, string mode) => c.Execute(Texts.Sql.Replace(\"MODE\", mode));")]
    [InlineData("static string Sql => \"PRAGMA journal_mode = MODE\"; static void Run(SqliteConnection c, string mode) => c.Execute(Sql.Replace(\"MODE\", mode));")]
    [InlineData("static string Sql() => \"PRAGMA journal_mode = MODE\"; static void Run(SqliteConnection c, string mode) => c.Execute(Sql().Replace(\"MODE\", mode));")]
    [InlineData("static string Sql() { return \"PRAGMA journal_mode = MODE\"; } static void Run(SqliteConnection c, string mode) => c.Execute(Program.Sql().Replace(\"MODE\", mode));")]
    [InlineData("static readonly string[] s_all = [\"PRAGMA journal_mode = MODE\"]; static void Run(SqliteConnection c, string mode) { foreach (var sql in s_all) c.Execute(sql.Replace(\"MODE\", mode)); }")]
    [InlineData("static void Run(SqliteConnection c, string mode) { string[] all = { \"PRAGMA journal_mode = MODE\" }; c.Execute(all[0].Replace(\"MODE\", mode)); }")]
    [InlineData("static void Run(SqliteConnection c, string mode) { var all = new List<string> { \"PRAGMA journal_mode = MODE\" }; all.ForEach(sql => c.Execute(sql.Replace(\"MODE\", mode))); }")]
    [InlineData("static void Run(SqliteConnection c) => c.Execute(\"PRAGMA journal_mode = WAL_\".Substring(0, 25));")]
    [InlineData("static void Run(SqliteConnection c) => c.Execute(\"PRAGMA journal_mode = WALL\".Remove(25));")]
    [InlineData("static void Run(SqliteConnection c, string mode) { var text = new System.Text.StringBuilder(); text.Append(\"PRAGMA journal_mode = MODE;\").Replace(\"MODE\", mode); c.Execute(text.ToString()); }")]
    [InlineData("static void Run(SqliteConnection c, string mode) { var text = new System.Text.StringBuilder(\"PRAGMA journal_mode = MODE;\"); text.Replace(\"MODE\", mode); c.Execute(text.ToString()); }")]
    public Task Clean_templates(string members) => VerifySourceAsync(RuleSource.Members(members));

    [Theory]
    [InlineData("static class Texts { public const string Sql = \"PRAGMA journal_mode = [|MODE|]\"; } class Other { public string Sql = \"\"; public string Get(string a) => Sql.Replace(\"MODE\", a); } static void Run(SqliteConnection c) => c.Execute(Texts.Sql);")]
    [InlineData("static readonly string[] s_all = [\"PRAGMA journal_mode = [|MODE|]\"]; static void Run(SqliteConnection c, string name) { name = name.Replace('a', 'b'); foreach (var sql in s_all) c.Execute(sql); }")]
    public Task What_is_no_template(string members) => VerifySourceAsync(RuleSource.Members(members));

    [Theory]
    [InlineData("var sql = \"PRAGMA user_version = v\"; connection.Execute(sql + items[0]);")]
    [InlineData("var sql = \"PRAGMA temp_store = MEM\"; sql += \"ORY\"; connection.Execute(sql);")]
    [InlineData("const string start = \"PRAGMA temp_store = MEM\"; connection.Execute(start + \"ORY\");")]
    [InlineData("const string start = \"PRAGMA temp_store = MEM\"; connection.Execute($\"{start}ORY;\");")]
    [InlineData("var text = new System.Text.StringBuilder(\"PRAGMA temp_store = MEM\"); foreach (var item in items) text.Append(item); connection.Execute(text.ToString());")]
    [InlineData("var text = new System.Text.StringBuilder(); text.Append(\"PRAGMA temp_store = MEM\"); if (flag) text.Append(\"ORY\"); connection.Execute(text.ToString());")]
    public Task Clean_where_the_text_goes_on(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("var sql = \"PRAGMA temp_store = [|MEM|];\"; sql += items[0]; connection.Execute(sql);")]
    [InlineData("var sql = \"PRAGMA temp_store = [|MEM|]\"; connection.Execute(sql + \";\"); connection.Execute($\"{sql}; PRAGMA optimize\"); connection.Execute(\"PRAGMA optimize;\" + sql);")]
    [InlineData("foreach (var sql in new[] { \"PRAGMA temp_store = [|MEM|]\" }) connection.Execute(sql + ';');")]
    [InlineData("var text = new System.Text.StringBuilder(); text.AppendLine(\"PRAGMA temp_store = [|MEM|];\"); if (flag) text.Append(items[0]); connection.Execute(text.ToString());")]
    [InlineData("var text = new System.Text.StringBuilder(); if (flag) text.Append(\"PRAGMA temp_store = [|MEM|]\").Append(\"; \"); connection.Execute(text.ToString());")]
    [InlineData("SqliteCommand command = new(\"PRAGMA temp_store = [|MEM|]\", connection);")]
    public Task Where_the_statement_has_ended(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("(flag ? \"journal_mode\" : \"synchronous\")", "(flag ? \"WAL\" : \"NORMAL\")")]
    [InlineData("(flag ? \"journal_mode\" : \"synchronous\")", "(!flag ? \"NORMAL\" : \"WAL\")")]
    [InlineData("(items.Length == 1 ? \"journal_mode\" : items.Length == 2 ? \"temp_store\" : \"synchronous\")", "(items.Length == 1 ? \"WAL\" : items.Length == 2 ? \"FILE\" : \"NORMAL\")")]
    [InlineData("items.Length switch { 1 => \"journal_mode\", _ => \"synchronous\" }", "items.Length switch { 1 => \"WAL\", _ => \"NORMAL\" }")]
    [InlineData("items.Length switch { 1 => \"journal_mode\", _ => \"synchronous\" }", "items.Length switch { 2 => \"NORMAL\", _ => \"WAL\" }")]
    [InlineData("(flag ? \"journal_mode\" : \"synchronous\")", "(flag ? \"[|WALL|]\" : \"NORMAL\")")]
    [InlineData("(items.Length == 1 ? \"journal_mode\" : items.Length == 2 ? \"temp_store\" : \"synchronous\")", "(items.Length == 1 ? \"WAL\" : items.Length == 2 ? \"FILE\" : \"[|NORML|]\")")]
    [InlineData("\"journal_mode\"", "(items.Length == 1 ? \"WAL\" : items.Length == 2 ? \"[|WALL|]\" : \"DELETE\")")]
    public Task Choices_that_are_made_alike(string name, string value) => VerifyAsync($"connection.Execute(\"PRAGMA \" + {name} + \" = \" + {value});");

    [Fact]
    public Task Clean_where_the_text_is_only_spoken_of() => VerifySourceAsync(RuleSource.Types(
        """
        class Failed : Exception
        {
            public Failed() : base("PRAGMA journal_mode = WALL") { }
        }

        class FailedToo() : Exception("PRAGMA journal_mode = WALL");

        static class Assert
        {
            public static void Equal(string expected, string actual) => ArgumentNullException.ThrowIfNull(expected + actual);
        }

        static class Expectations
        {
            public static void ShouldBe(this string actual, string expected) => Assert.Equal(expected, actual);
        }

        class Journal
        {
            public void Warn(string text) => Console.Out.Write(text);
        }

        class Program
        {
            static void Run(Journal journal, string sql)
            {
                Assert.Equal("PRAGMA journal_mode = WALL", sql);
                sql.ShouldBe("PRAGMA journal_mode = WALL");
                journal.Warn("PRAGMA journal_mode = WALL");
                Console.Error.WriteLine("PRAGMA journal_mode = WALL");
            }
        }
        """));

    [Fact]
    public Task Fields_properties_and_constants() => VerifySourceAsync(RuleSource.Members(
        """
        private const string Sql = "PRAGMA journal_mode = [|WALL|]";
        private static readonly string[] s_settings = ["PRAGMA journal_mode = WAL", "PRAGMA synchronous = [|NORML|]"];
        string Property => "PRAGMA temp_store = [|MEM|]";
        static void Run(SqliteConnection connection) { foreach (var text in s_settings) connection.Execute(Sql + ";" + text); }
        """));

    [Fact]
    public Task Clean_with_every_documented_value_of_the_catalogue() => VerifyAsync(string.Join(
        '\n',
        PragmaCatalogue.All.SelectMany(info => info.Values.Words.Select(word => $"connection.Execute(\"PRAGMA {info.Name} = '{word}'\");"))));

    [Fact]
    public Task Another_provider_of_SQLite() => RuleVerifier.VerifyAsync(
        Descriptors.InvalidPragmaValue,
        "class Program { void Run(System.Data.SQLite.SQLiteCommand command) => command.CommandText = \"PRAGMA journal_mode = [|WALL|]\"; }",
        test => test.References = TestReferences.OnlySystemDataSqlite);

    [Fact]
    public Task Clean_without_SQLite() => RuleVerifier.VerifyAsync(
        Descriptors.InvalidPragmaValue,
        "class Program { const string Sql = \"PRAGMA journal_mode = WALL\"; }",
        test => test.References = TestReferences.Net);

    [Fact]
    public Task Clean_with_types_of_the_users_own() => VerifySourceAsync(RuleSource.Alone(
        """
        new Own.SqliteCommand("PRAGMA journal_mode = WALL").ToString();
        namespace Own
        {
            class SqliteCommand(string sql)
            {
                public override string ToString() => sql;
            }
        }
        """));

    [Theory]
    [InlineData("connection.Execute(\"PRAGMA journal_mode = ")]
    [InlineData("connection.Execute(\"PRAGMA journal_mode(WALL\");")]
    [InlineData("connection.Execute($\"PRAGMA journal_mode = {\");")]
    [InlineData("connection.Execute(\"PRAGMA journal_mode = \" + );")]
    public Task Clean_in_half_typed_code(string statements) => RuleVerifier.VerifyAsync(
        Descriptors.InvalidPragmaValue,
        RuleSource.Statements(statements),
        test => test.CompilerDiagnostics = CompilerDiagnostics.None);

    [Theory]
    [InlineData("journal_mode", "WALL", "SQLite reads another one out of it, or leaves it as it is, without an error", "; did you mean 'WAL'?")]
    [InlineData("foreign_keys", "enabled", "SQLite reads another one out of it, or leaves it as it is, without an error", "")]
    [InlineData("busy_timeout", "30s", "SQLite throws an error", "")]
    [InlineData("busy_timeout", "@ms", "a PRAGMA statement takes no parameter, and SQLite throws a syntax error", "")]
    public Task The_message_says_what_SQLite_does(string name, string value, string what, string suggestion) => RuleVerifier.VerifyAsync(
        Descriptors.InvalidPragmaValue,
        RuleSource.Statements($"connection.Execute(\"PRAGMA {name} = {{|#0:{value}|}}\");"),
        test =>
        {
            test.ExpectedDiagnostics.Add(new DiagnosticResult(Descriptors.InvalidPragmaValue).WithLocation(0).WithArguments(value, name, what, suggestion));
            test.DiagnosticVerifier = (diagnostic, _, _) => Assert.Empty(diagnostic.AdditionalLocations);
        });

    [Theory]
    [InlineData("journal_mode", "WALL", "WAL")]
    [InlineData("synchronous", "'NORML'", "NORMAL")]
    [InlineData("temp_store", "MEM", "MEMORY")]
    [InlineData("encoding", "'UTF_8'", "'UTF-8'")]
    [InlineData("foreign_keys", "FALS", "FALSE")]
    [InlineData("foreign_keys", "enabled", null)]
    [InlineData("synchronous", "7", null)]
    [InlineData("busy_timeout", "@ms", null)]
    public Task The_fix_is_told_the_nearest_value(string name, string value, string? nearest) => RuleVerifier.VerifyAsync(
        Descriptors.InvalidPragmaValue,
        RuleSource.Statements($"connection.Execute(\"PRAGMA {name} = [|{value}|]\");"),
        test => test.DiagnosticVerifier = (diagnostic, _, _) =>
            Assert.Equal(nearest, diagnostic.Properties.GetValueOrDefault(DiagnosticProperties.Replacement)));

    [Fact]
    public Task Entity_Framework_Core_makes_a_parameter_of_an_interpolated_value() => RuleVerifier.VerifyAsync(
        Descriptors.InvalidPragmaValue,
        """
        using System;
        using System.Linq;
        using Microsoft.EntityFrameworkCore;

        class Item { public int Id { get; set; } }

        static class Program
        {
            static void Run(DbContext context, DbSet<Item> items, int ms, string key)
            {
                context.Database.ExecuteSql($"PRAGMA busy_timeout = [|{ms}|]");
                context.Database.ExecuteSqlInterpolated($"PRAGMA busy_timeout = [|{ms}|]; PRAGMA foreign_keys = ON");
                context.Database.ExecuteSql($"PRAGMA busy_timeout = 5000");
                context.Database.ExecuteSql($"DELETE FROM items WHERE id = {ms}");
                context.Database.ExecuteSqlRaw($"PRAGMA busy_timeout = {ms}");
                context.Database.ExecuteSqlRaw(FormattableString.Invariant($"PRAGMA busy_timeout = {ms}"));
                items.FromSql($"SELECT * FROM items WHERE id = {ms}").ToList();
            }
        }
        """,
        test => test.References = TestReferences.WithEntityFramework);

    private static Task VerifyAsync(string statements) => VerifySourceAsync(RuleSource.Statements(statements));

    private static Task VerifySourceAsync(string source) => RuleVerifier.VerifyAsync(Descriptors.InvalidPragmaValue, source);
}
