using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Configuration;

/// <summary>SQLITE3007 at each shape of code that has the fault, and at none that has not.</summary>
public sealed class UnsupportedConnectionStringKeywordTests
{
    [Theory]
    [InlineData("Data Source=app.db;[|Version|]=3")]
    [InlineData("Data Source=app.db;[|version|]=3;[|New|]=True;[|Journal Mode|]=WAL")]
    [InlineData("[|Timeout|]=5;Data Source=app.db")]
    [InlineData("Filename=app.db; [|BusyTimeout|] = 3 ;")]
    [InlineData("Data Source=app.db;[|Max Pool Size|]='25'")]
    [InlineData("Data Source=app.db;[|Foo|]=1")]
    [InlineData("Data Source=app.db;[|Data  Source|]=1")]
    [InlineData("Data Source=app.db;[|DefaultTimeout|]=1")]
    [InlineData("[|FullUri|]=file:app.db")]
    [InlineData("[|Database|]=app.db")]
    [InlineData("Data Source=app.db;[|Read Only|]=True;[|FailIfMissing|]=''")]
    public Task An_unknown_keyword(string text) => VerifyAsync($"using var connection = new SqliteConnection(\"{text}\");");

    [Theory]
    [InlineData("")]
    [InlineData("Data Source=app.db")]
    [InlineData("data source=app.db;mode=ReadOnly;cache=Private;password=a;foreign keys=True;recursive triggers=False;default timeout=5;pooling=False;vfs=unix")]
    [InlineData("DataSource=app.db;Command Timeout=3")]
    [InlineData("FILENAME=app.db")]
    [InlineData("Data Source=app.db;Version=")]
    [InlineData("Data Source='app.db;Version=3'")]
    [InlineData("Data Source=app==3.db")]
    [InlineData("Data Source=app.db;Version=3;x='")]
    [InlineData("Data Source=app.db;Version")]
    public Task Known_keywords_and_what_is_no_connection_string(string text) => VerifyAsync($"using var connection = new SqliteConnection(\"{text}\");");

    [Theory]
    [InlineData("var connection = new SqliteConnection($\"Data Source={path};[|Version|]=3\");")]
    [InlineData("var connection = new SqliteConnection(path + \";[|Version|]=3\");")]
    [InlineData("var connection = new SqliteConnection($\"Data Source={path};[|Version|]={path}\");")]
    [InlineData("var text = \"Data Source=\" + path + \";[|Version|]=3;\"; var connection = new SqliteConnection(text);")]
    [InlineData("var builder = new SqliteConnectionStringBuilder(\"Data Source=app.db;[|Version|]=3\");")]
    [InlineData("var builder = new SqliteConnectionStringBuilder(); builder[[|\"Version\"|]] = 3;")]
    [InlineData("var builder = new SqliteConnectionStringBuilder { [[|\"Version\"|]] = 3 };")]
    [InlineData("var builder = new SqliteConnectionStringBuilder(); builder.Add([|\"Version\"|], 3);")]
    [InlineData("var builder = new SqliteConnectionStringBuilder(); Console.WriteLine(builder[[|\"Version\"|]]);")]
    [InlineData("const string version = \";[|Version|]=3\"; var connection = new SqliteConnection(\"Data Source=app.db\" + version);")]
    [InlineData("var connection = new SqliteConnection(string.Format(\"Data Source={0};[|Version|]=3\", path));")]
    [InlineData("var connection = new SqliteConnection(string.Concat(\"Data Source=\", path, \";[|Version|]=3\"));")]
    [InlineData("var connection = new SqliteConnection(string.Join(\";\", \"Data Source=app.db\", \"[|Version|]=3\"));")]
    [InlineData("var connection = new SqliteConnection(string.Join(\";\", new[] { \"Data Source=app.db\", \"[|Version|]=3\" }));")]
    [InlineData("var text = new System.Text.StringBuilder(\"Data Source=\"); text.Append(path); Console.WriteLine(1); text.Append(\";[|Version|]=3\").Append(';'); using var connection = new SqliteConnection(text.ToString());")]
    [InlineData("System.Text.StringBuilder text = new(); text.Append(\"Data Source=\" + path + \";\"); text.Append(\"[|Version|]=3\"); var whole = text.ToString(); using var connection = new SqliteConnection(whole);")]
    [InlineData("switch (path) { case \"a\": var text = new System.Text.StringBuilder(); text.Append(\"Data Source=a;\").Append(\"[|Version|]=3\"); using (new SqliteConnection(text.ToString())) { } break; }")]
    public Task Each_shape(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("var connection = new SqliteConnection($\"Data Source={path};{path}=3\");")]
    [InlineData("var connection = new SqliteConnection($\"Data Source={path};{path}Version=3\");")]
    [InlineData("var connection = new SqliteConnection($\"Data Source={path}\") { ConnectionString = path };")]
    [InlineData("var text = \"Data Source=.;Initial Catalog=app;Version=3\"; Console.WriteLine(text);")]
    [InlineData("var builder = new System.Data.Common.DbConnectionStringBuilder { ConnectionString = \"Data Source=app.db;Version=3\" };")]
    [InlineData("var builder = new System.Data.Common.DbConnectionStringBuilder(); builder[\"Version\"] = 3;")]
    [InlineData("var names = new System.Collections.Generic.Dictionary<string, int>(); names[\"Version\"] = 3; names.Add(\"Version\", 3);")]
    [InlineData("var builder = new SqliteConnectionStringBuilder(); builder[\"vfs\"] = \"unix\"; builder[\"Data Source\"] = path; builder[path] = 3;")]
    [InlineData("var builder = new SqliteConnectionStringBuilder(); builder.Remove(\"Version\"); builder.ContainsKey(\"Version\"); builder.TryGetValue(\"Version\", out _);")]
    [InlineData("var command = new SqliteCommand(\"SELECT Version=3\");")]
    [InlineData("var command = new SqliteCommand(\"UPDATE t SET Timeout=5\");")]
    [InlineData("var connection = new SqliteConnection(\"Host=localhost;Port=5432;Database=app;Timeout=5\");")]
    [InlineData("var connection = new SqliteConnection(\"Server=.;Initial Catalog=app;Integrated Security=True\");")]
    [InlineData("var connection = new SqliteConnection(\"Data Source=.;User ID=sa;Database=app\");")]
    [InlineData("var text = new System.Text.StringBuilder(\"Data Source=app.db\"); if (path is null) text.Append(\";Version=3\"); using var connection = new SqliteConnection(text.ToString());")]
    [InlineData("var text = new System.Text.StringBuilder(\"Data Source=app.db\"); text.Append(\";Version=3\"); text.Clear(); using var connection = new SqliteConnection(text.ToString());")]
    [InlineData("var text = new System.Text.StringBuilder(\"Data Source=app.db\"); text.Append(\";Version=3\"); Console.WriteLine(text); using var connection = new SqliteConnection(text.Replace(\"Version\", \"Mode\").ToString());")]
    [InlineData("var text = new System.Text.StringBuilder(\"Data Source=app.db\"); using var connection = new SqliteConnection(text.ToString()); text.Append(\";Version=3\");")]
    [InlineData("var text = string.Format(\"Data Source={0};Version=3\", path); Console.WriteLine(text);")]
    [InlineData("using var connection = new SqliteConnection(string.Format(\"Data Source={0};{1}Version=3\", path, path));")]
    public Task What_goes_elsewhere_or_is_not_known(string body) => VerifyAsync(body);

    [Fact]
    public Task Through_Entity_Framework_Core() => RuleVerifier.VerifyAsync(
        Descriptors.UnsupportedConnectionStringKeyword,
        """
        using Microsoft.EntityFrameworkCore;

        public sealed class Context : DbContext
        {
            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite("Data Source=packages.db;Pooling=true;[|Max Pool Size|]=25");
        }

        public sealed class Named : DbContext
        {
            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite("Name=ConnectionStrings:Default");
        }
        """,
        test => test.References = TestReferences.WithEntityFramework);

    [Fact]
    public Task System_Data_SQLite_has_other_keywords() => RuleVerifier.VerifyAsync(
        Descriptors.UnsupportedConnectionStringKeyword,
        """
        using System.Data.SQLite;
        using Microsoft.Data.Sqlite;

        class C
        {
            SQLiteConnection M(string path) => new SQLiteConnection($"Data Source={path};Version=3;");
            SQLiteConnectionStringBuilder B() => new SQLiteConnectionStringBuilder { ["Version"] = 3 };
            SqliteConnection O(string path) => new SqliteConnection($"Data Source={path};[|Version|]=3;");
        }
        """,
        test => test.References = TestReferences.WithSystemDataSqlite);

    private static Task VerifyAsync(string body) => RuleVerifier.VerifyAsync(
        Descriptors.UnsupportedConnectionStringKeyword,
        $$"""
        using System;
        using Microsoft.Data.Sqlite;

        static class Program
        {
            static void Run(string path)
            {
                {{body}}
            }
        }
        """);
}
