using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Configuration;

/// <summary>SQLITE3005 at each shape of code that has the fault, and at none that has not.</summary>
public sealed class SharedCacheOnFileTests
{
    [Theory]
    [InlineData("Data Source=app.db;[|Cache|]=Shared")]
    [InlineData("[|Cache|]=Shared;Data Source=app.db")]
    [InlineData("filename=app.db; [|cache|] = SHARED ;")]
    [InlineData("DataSource='app.db';[|Cache|]='Shared'")]
    [InlineData("Data Source=app.db;[|Cache|]=2")]
    [InlineData("Data Source=app.db;Cache=Default;[|Cache|]=Shared")]
    [InlineData("Data Source=:memory:;Data Source=app.db;[|Cache|]=Shared")]
    [InlineData("Data Source=app.db;Mode=ReadOnly;[|Cache|]=Shared")]
    [InlineData("Data Source=file:app.db?[|cache|]=shared")]
    [InlineData("Data Source=file:app.db?mode=rw&[|cache|]=shared&vfs=unix")]
    [InlineData("Data Source=file:app.db?mode=ro;[|Cache|]=Shared")]
    [InlineData("Data Source=memory.db;[|Cache|]=Shared")]
    public Task A_file(string text) => VerifyAsync($"using var connection = new SqliteConnection(\"{text}\");");

    [Theory]
    [InlineData("Data Source=app.db")]
    [InlineData("Data Source=app.db;Cache=Default")]
    [InlineData("Data Source=app.db;Cache=Private")]
    [InlineData("Data Source=app.db;Cache=Shared;Cache=Private")]
    [InlineData("Data Source=app.db;Cache=Shared;Cache=")]
    [InlineData("Data Source=':memory:;Cache=Shared'")]
    [InlineData("Data Source='app.db;Cache=Shared'")]
    [InlineData("Data Source=:memory:;Cache=Shared")]
    [InlineData("Data Source=app;Mode=Memory;Cache=Shared")]
    [InlineData("Cache=Shared;mode=memory;Data Source=app")]
    [InlineData("Data Source=file:app?mode=memory&cache=shared")]
    [InlineData("Data Source=file:app?mode=memory;Cache=Shared")]
    [InlineData("Data Source=file::memory:?cache=shared")]
    [InlineData("Data Source=file:/app?vfs=memdb;Cache=Shared")]
    [InlineData("Data Source=;Cache=Shared")]
    [InlineData("Cache=Shared")]
    [InlineData("Data Source=app.db;Cache Shared")]
    [InlineData("Data Source=app.db?cache=shared")]
    [InlineData("Data Source=file:app.db?cache=sharedx")]
    [InlineData("Data Source=file:app.db?nocache=shared")]
    public Task No_shared_cache_or_no_file(string text) => VerifyAsync($"using var connection = new SqliteConnection(\"{text}\");");

    [Theory]
    [InlineData("var connection = new SqliteConnection($\"Data Source={path};[|Cache|]=Shared\");")]
    [InlineData("var connection = new SqliteConnection(\"Data Source=\" + path + \";[|Cache|]=Shared\");")]
    [InlineData("var connection = new SqliteConnection(@\"Data Source=\" + path + @\";[|Cache|]=Shared\");")]
    [InlineData("var connection = new SqliteConnection(\"\"\"Data Source=app.db;[|Cache|]=Shared\"\"\");")]
    [InlineData("var connection = new SqliteConnection(path + \";[|Cache|]=Shared\");")]
    [InlineData("var connection = new SqliteConnection($\"{path};[|Cache|]=Shared\");")]
    [InlineData("var connection = new SqliteConnection(connectionString: \"Data Source=app.db;[|Cache|]=Shared\");")]
    [InlineData("var connection = new SqliteConnection(path.Length > 1 ? \"Data Source=app.db;[|Cache|]=Shared\" : \"Data Source=:memory:\");")]
    [InlineData("var connection = new SqliteConnection(string.Format(\"Data Source={0};[|Cache|]=Shared\", path));")]
    [InlineData("SqliteConnection connection = new(\"Data Source=app.db;[|Cache|]=Shared\");")]
    [InlineData("var connection = new SqliteConnection { ConnectionString = \"Data Source=app.db;[|Cache|]=Shared\" };")]
    [InlineData("var connection = new SqliteConnection(); connection.ConnectionString = \"Data Source=app.db;[|Cache|]=Shared\";")]
    [InlineData("System.Data.Common.DbConnection connection = new SqliteConnection(); connection.ConnectionString = \"Data Source=app.db;[|Cache|]=Shared\";")]
    [InlineData("var first = new SqliteConnection(path); var connection = new SqliteConnection(); connection.ConnectionString = first.ConnectionString + \";[|Cache|]=Shared\";")]
    [InlineData("var text = new SqliteConnectionStringBuilder(\"Data Source=app.db;[|Cache|]=Shared\") { Pooling = false }.ToString();")]
    [InlineData("var builder = new SqliteConnectionStringBuilder(); builder.ConnectionString = \"Data Source=app.db;[|Cache|]=Shared\";")]
    [InlineData("var text = \"Data Source=app.db;[|Cache|]=Shared\"; var connection = new SqliteConnection(text);")]
    [InlineData("const string text = \"Data Source=app.db;[|Cache|]=Shared\"; var connection = new SqliteConnection(text);")]
    [InlineData("var text = \"Data Source=app.db\"; text += \";[|Cache|]=Shared\"; var connection = new SqliteConnection(text);")]
    [InlineData("string text; text = \"Data Source=app.db;[|Cache|]=Shared\"; var other = text; var connection = new SqliteConnection(other.Trim());")]
    [InlineData("var source = new SqliteAnalyzers.Runtime.ConfiguredSqliteDataSource(\"Data Source=app.db;[|Cache|]=Shared\");")]
    [InlineData("var connection = new SqliteConnection(\"Data Source=app.db;\" + (path.Length > 1 ? \"[|Cache|]=Shared\" : \"\"));")]
    [InlineData("var connection = new SqliteConnection($\"Data Source={(path.Length > 1 ? path : \"app.db\")};[|Cache|]=Shared\");")]
    [InlineData("var connection = new SqliteConnection($\"Data Source={path};Mode={(path.Length > 1 ? \"ReadOnly\" : \"ReadWriteCreate\")};[|Cache|]=Shared\");")]
    public Task Each_shape_of_a_string(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("var text = \"Data Source=app.db;Cache=Shared\"; Console.WriteLine(text);")]
    [InlineData("Console.WriteLine(\"Data Source=app.db;Cache=Shared\");")]
    [InlineData("var text = \"Data Source=app.db;Cache=Shared\"; var connection = new SqliteConnection(text.Replace(\"Cache=Shared\", \"\"));")]
    [InlineData("var text = \"Data Source=app.db;Cache=Shared\"; if (text == path) { new SqliteConnection(path); }")]
    [InlineData("var other = new Other(\"Data Source=app.db;Cache=Shared\");")]
    [InlineData("var other = new Other(\"\") { ConnectionString = \"Data Source=app.db;Cache=Shared\" };")]
    [InlineData("var command = new SqliteCommand(\"Data Source=app.db;Cache=Shared\");")]
    [InlineData("var name = \":memory:\"; var connection = new SqliteConnection($\"Data Source={name};Cache=Shared\");")]
    [InlineData("const string name = \"file:a?mode=memory\"; var connection = new SqliteConnection(\"Data Source=\" + name + \";Cache=Shared\");")]
    [InlineData("var memory = \"Data Source=:memory:\"; var connection = new SqliteConnection($\"{memory};Cache=Shared\");")]
    [InlineData("var connection = new SqliteConnection($\"Data Source={Guid.NewGuid():N};Mode=Memory;Cache=Shared\");")]
    [InlineData("var connection = new SqliteConnection($\"Data Source=file:{path}?mode=memory&cache=shared\");")]
    [InlineData("var connection = new SqliteConnection($\"Data Source={path};Cache={path}\");")]
    [InlineData("var own = new SqliteConnectionStringBuilder(\"Data Source=app.db;Cache=Shared\"); own.Cache = SqliteCacheMode.Private; var connection = new SqliteConnection(own.ToString());")]
    [InlineData("var own = new SqliteConnectionStringBuilder(\"Data Source=app.db;Cache=Shared\"); own.Remove(\"Cache\"); var connection = new SqliteConnection(own.ToString());")]
    [InlineData("var connection = new SqliteConnection($\"Data Source={path};Mode={path};Cache=Shared\");")]
    [InlineData("var connection = new SqliteConnection(path.Length > 1 ? \"Data Source=:memory:;Cache=Shared\" : \"Data Source=app.db\");")]
    public Task A_string_that_goes_elsewhere_or_is_for_memory(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("new SqliteConnectionStringBuilder { DataSource = path, [|Cache|] = SqliteCacheMode.Shared }.ToString();")]
    [InlineData("new SqliteConnectionStringBuilder { [|Cache|] = SqliteCacheMode.Shared, DataSource = path };")]
    [InlineData("new SqliteConnectionStringBuilder(path) { [|Cache|] = SqliteCacheMode.Shared };")]
    [InlineData("new SqliteConnectionStringBuilder { [\"Data Source\"] = path, [[|\"Cache\"|]] = \"Shared\" };")]
    [InlineData("new SqliteConnectionStringBuilder { DataSource = path.Length > 1 ? \":memory:\" : path, [|Cache|] = SqliteCacheMode.Shared };")]
    public Task A_new_builder(string creation) => VerifyAsync("var builder = " + creation);

    [Theory]
    [InlineData("builder.DataSource = path; builder.[|Cache|] = SqliteCacheMode.Shared;")]
    [InlineData("builder.[|Cache|] = (SqliteCacheMode)2; builder.DataSource = path;")]
    [InlineData("builder[\"Filename\"] = path; builder[[|\"Cache\"|]] = SqliteCacheMode.Shared;")]
    [InlineData("builder.ConnectionString = path; builder.[|Cache|] = SqliteCacheMode.Shared;")]
    public Task A_builder_that_is_told(string body) => VerifyAsync("var builder = new SqliteConnectionStringBuilder(); " + body);

    [Theory]
    [InlineData("builder.DataSource = path; builder.Cache = SqliteCacheMode.Private;")]
    [InlineData("builder.DataSource = path; builder.Cache = path.Length > 1 ? SqliteCacheMode.Shared : SqliteCacheMode.Default;")]
    [InlineData("builder.DataSource = \":memory:\"; builder.Cache = SqliteCacheMode.Shared;")]
    [InlineData("builder.DataSource = path; builder.Mode = SqliteOpenMode.Memory; builder.Cache = SqliteCacheMode.Shared;")]
    [InlineData("builder.Cache = SqliteCacheMode.Shared;")]
    [InlineData("builder.DataSource = path; var isMemory = path.Length > 1; if (isMemory) { builder.Mode = SqliteOpenMode.Memory; builder.Cache = SqliteCacheMode.Shared; }")]
    [InlineData("var other = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.Memory, Cache = SqliteCacheMode.Shared };")]
    [InlineData("var other = new SqliteConnectionStringBuilder(\"Data Source=:memory:\") { Cache = SqliteCacheMode.Shared };")]
    [InlineData("var other = new SqliteConnectionStringBuilder(); other.DataSource = path; builder.Cache = SqliteCacheMode.Shared;")]
    [InlineData("var other = new Other(\"\") { Cache = SqliteCacheMode.Shared };")]
    public Task A_builder_for_memory_or_without_it(string body) => VerifyAsync("var builder = new SqliteConnectionStringBuilder(); " + body);

    [Fact]
    public Task Through_members_of_the_project() => RuleVerifier.VerifyAsync(
        Descriptors.SharedCacheOnFile,
        """
        using System.Threading.Tasks;
        using Microsoft.Data.Sqlite;

        public static class Names
        {
            public const string Constant = "Data Source=a.db;[|Cache|]=Shared";
            public static readonly string Field = "Data Source=b.db;[|Cache|]=Shared";
            public static string Property => "Data Source=c.db;[|Cache|]=Shared";
            public const string Unused = "Data Source=d.db;Cache=Shared";
        }

        public interface IPaths
        {
            Task<string> ConnectionStringAsync(object configuration);
        }

        public sealed class Paths : IPaths
        {
            public async Task<string> ConnectionStringAsync(object configuration)
            {
                await Task.Yield();
                return $"DataSource={configuration};[|Cache|]=Shared";
            }

            public string NobodyAsks() => "Data Source=e.db;Cache=Shared";
        }

        public sealed record Options(string ConnectionString);

        public static class Extensions
        {
            public static SqliteConnection Connect(this IPaths paths, string text) => new SqliteConnection(text);

            public static SqliteConnection Eighth(this IPaths paths) => paths.Connect("Data Source=k.db;[|Cache|]=Shared");
        }

        public class Store
        {
            private readonly string _text;
            private string Text { get; } = "Data Source=f.db;[|Cache|]=Shared";

            public Store(string path)
            {
                _text = $"Data Source={path};[|Cache|]=Shared";
                Open("Data Source=g.db;[|Cache|]=Shared");
                Log("Data Source=h.db;Cache=Shared");
            }

            public SqliteConnection First() => new(_text);
            public SqliteConnection Second() => new(Text);
            public SqliteConnection Third() => new(Names.Constant);
            public SqliteConnection Fourth() => new(connectionString: Names.Field);
            public SqliteConnection Fifth() => new(Names.Property);

            public async Task<SqliteConnection> Sixth(IPaths paths)
            {
                var text = await paths.ConnectionStringAsync(1).ConfigureAwait(false);
                return new SqliteConnection(text);
            }

            private static SqliteConnection Open(string connectionString) => new SqliteConnection(connectionString);

            private static void Log(string connectionString) => System.Console.WriteLine(connectionString);

            public SqliteConnection Seventh() => Make(new Options("Data Source=i.db;[|Cache|]=Shared"));

            private static SqliteConnection Make(Options options) => new SqliteConnection(options.ConnectionString);
        }

        public sealed class Own : SqliteConnection
        {
            public Own() : base("Data Source=j.db;[|Cache|]=Shared")
            {
            }
        }
        """);

    [Fact]
    public Task Handed_out_to_code_outside_of_the_project() => RuleVerifier.VerifyAsync(
        Descriptors.SharedCacheOnFile,
        """
        using System.Threading.Tasks;
        using Microsoft.Data.Sqlite;

        public class Paths
        {
            public async Task<string> GetConnectionStringAsync(string path)
            {
                await Task.Yield();
                return $"DataSource={path};[|Cache|]=Shared";
            }

            public string ConnectionString => "Data Source=a.db;[|Cache|]=Shared";
            public string MemoryConnectionString => "Data Source=a;Mode=Memory;Cache=Shared";
            public string ConnectionStringEnd => ";Cache=Shared";
            public string Text => "Data Source=a.db;Cache=Shared";
            internal string InternalConnectionString => "Data Source=a.db;Cache=Shared";
        }

        class Inner
        {
            public string ConnectionString => "Data Source=a.db;Cache=Shared";
        }
        """);

    [Fact]
    public Task Through_Entity_Framework_Core() => RuleVerifier.VerifyAsync(
        Descriptors.SharedCacheOnFile,
        """
        using Microsoft.EntityFrameworkCore;

        public sealed class Context : DbContext
        {
            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite("Data Source=app.db;[|Cache|]=Shared");
        }

        public sealed class InMemory : DbContext
        {
            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite("Data Source=app;Mode=Memory;Cache=Shared");
        }
        """,
        test => test.References = TestReferences.WithEntityFramework);

    [Fact]
    public Task Not_for_other_libraries() => RuleVerifier.VerifyAsync(
        Descriptors.SharedCacheOnFile,
        "using System.Data.SQLite;\nclass C { SQLiteConnection M() => new SQLiteConnection(\"Data Source=app.db;Cache=Shared\"); }",
        test => test.References = TestReferences.WithSystemDataSqlite);

    [Fact]
    public Task Half_typed_text_is_survived() => RuleVerifier.VerifyAsync(
        Descriptors.SharedCacheOnFile,
        "using Microsoft.Data.Sqlite;\nclass C { SqliteConnection M() => new SqliteConnection(\"Data Source=app.db;Cache=Shared;x='\"); }");

    /// <summary>What is looked at of a text's way ends at a number of variables, whichever of them comes first in the source.</summary>
    [Theory]
    [InlineData(20, 0, true)]
    [InlineData(20, 19, true)]
    [InlineData(80, 0, false)]
    [InlineData(80, 79, false)]
    public Task However_many_variables_are_given_it(int variables, int opened, bool isFound) => VerifyAsync(
        $"var text = \"Data Source=app.db;{(isFound ? "[|Cache|]" : "Cache")}=Shared\"; "
        + string.Concat(Enumerable.Range(0, variables).Select(number => $"var text{number} = text; "))
        + $"new SqliteConnection(text{opened}).Dispose();");

    /// <summary>A name that much code uses is not followed, wherever that code stands.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_field_that_is_used_without_end(bool isOpenedFirst)
    {
        var open = "new SqliteConnection(_text).Dispose(); ";
        var uses = string.Concat(Enumerable.Repeat("Console.WriteLine(_text); ", 500));
        return RuleVerifier.VerifyAsync(
            Descriptors.SharedCacheOnFile,
            $$"""
            using System;
            using Microsoft.Data.Sqlite;

            class Store
            {
                private readonly string _text = "Data Source=app.db;Cache=Shared";

                void Run() { {{(isOpenedFirst ? open + uses : uses + open)}} }
            }
            """);
    }

    /// <summary>A setting of other objects is none of the builder's.</summary>
    [Fact]
    public Task A_string_beside_other_settings() => VerifyAsync(
        """
        var other = new Other(path);
        other.Cache = SqliteCacheMode.Private;
        using var connection = new SqliteConnection("Data Source=app.db;[|Cache|]=Shared");
        var builder = new SqliteConnectionStringBuilder("Data Source=second.db;[|Cache|]=Shared");
        new SqliteConnection(builder.ToString()).Dispose();
        var second = new SqliteConnectionStringBuilder { DataSource = path, Cache = SqliteCacheMode.Private };
        """);

    private static Task VerifyAsync(string body) => RuleVerifier.VerifyAsync(
        Descriptors.SharedCacheOnFile,
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

        class Other(string connectionString)
        {
            public string ConnectionString { get; set; } = connectionString;

            public SqliteCacheMode Cache { get; set; }
        }
        """);
}
