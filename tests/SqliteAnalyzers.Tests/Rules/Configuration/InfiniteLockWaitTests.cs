using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Configuration;

/// <summary>SQLITE3008 at each shape of code that has the fault, and at none that has not.</summary>
public sealed class InfiniteLockWaitTests
{
    [Theory]
    [InlineData("new SqliteConnection(\"Data Source=app.db;Default Timeout=[|0|]\");")]
    [InlineData("new SqliteConnection(\"command timeout = [|'00'|] ;Data Source=app.db\");")]
    [InlineData("new SqliteConnection(\"Data Source=:memory:;Command Timeout=[|0|];\");")]
    [InlineData("new SqliteConnection($\"Data Source={path};Default Timeout=[|0|]\");")]
    [InlineData("new SqliteConnection(path + \";Default Timeout=[|0|]\");")]
    [InlineData("new SqliteConnectionStringBuilder { DefaultTimeout = [|0|] };")]
    [InlineData("new SqliteConnectionStringBuilder { [\"Default Timeout\"] = [|0|] };")]
    [InlineData("new SqliteConnectionStringBuilder { [\"Command Timeout\"] = [|\"0\"|] };")]
    [InlineData("new SqliteConnection { DefaultTimeout = [|0|] };")]
    [InlineData("connection.DefaultTimeout = [|0|];")]
    [InlineData("command.CommandTimeout = [|0|];")]
    [InlineData("const int never = 0; command.CommandTimeout = [|never|];")]
    [InlineData("new SqliteCommand { CommandTimeout = [|0|] };")]
    [InlineData("connection.Execute(\"VACUUM\", commandTimeout: [|0|]);")]
    [InlineData("connection.Execute(\"VACUUM\", null, null, [|0|]);")]
    [InlineData("connection.Query<int>(\"SELECT 1\", null, null, true, [|0|]);")]
    [InlineData("connection.Execute(new CommandDefinition(\"VACUUM\", null, null, [|0|]));")]
    [InlineData("connection.Execute(new CommandDefinition(\"VACUUM\", commandTimeout: [|0|]));")]
    [InlineData("new SqliteConnection(\"Data Source=app.db;Default Timeout=\" + (path == \"\" ? \"[|0|]\" : \"5\"));")]
    [InlineData("command.CommandTimeout = 5; new SqliteConnection(\"Data Source=app.db;Default Timeout=[|0|]\");")]
    public Task A_wait_without_end(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("new SqliteConnection(\"Data Source=app.db;Default Timeout=1\");")]
    [InlineData("new SqliteConnection(\"Data Source=app.db;Default Timeout=0;Command Timeout=5\");")]
    [InlineData("new SqliteConnection($\"Data Source=app.db;Default Timeout={path}\");")]
    [InlineData("new SqliteConnection($\"Data Source=app.db;Default Timeout=0{path}\");")]
    [InlineData("new SqliteConnection(\"Data Source='Default Timeout=0'\");")]
    [InlineData("Console.WriteLine(\"Data Source=app.db;Default Timeout=0\");")]
    [InlineData("new SqliteConnectionStringBuilder { DefaultTimeout = 30 };")]
    [InlineData("connection.DefaultTimeout = path.Length;")]
    [InlineData("command.CommandTimeout = 1;")]
    [InlineData("other.CommandTimeout = 0; other.DefaultTimeout = 0;")]
    [InlineData("connection.Execute(\"VACUUM\", commandTimeout: 60);")]
    [InlineData("connection.Execute(\"VACUUM\", commandTimeout: null);")]
    [InlineData("plain.Execute(\"VACUUM\", commandTimeout: 0);")]
    [InlineData("plain.Execute(\"VACUUM\", null, null, 0);")]
    [InlineData("connection.Execute(\"VACUUM\", null, null, 60);")]
    [InlineData("connection.Query<int>(\"SELECT @a\", 0, null, true, 5);")]
    [InlineData("Math.Max(Math.Clamp(1, 5, 0), 0); string.Format(\"{0}{1}{2}\", 1, 2, 0);")]
    [InlineData("if (command.CommandTimeout == 0) { }")]
    [InlineData("var own = new SqliteConnectionStringBuilder(\"Data Source=app.db;Default Timeout=0\"); own.DefaultTimeout = 30; new SqliteConnection(own.ToString());")]
    [InlineData("var own = new SqliteConnectionStringBuilder(\"Data Source=app.db;Default Timeout=0\") { DefaultTimeout = 30 }; new SqliteConnection(own.ToString());")]
    [InlineData("var own = new SqliteConnectionStringBuilder(\"Data Source=app.db;Default Timeout=0\"); own.Remove(\"Command Timeout\"); new SqliteConnection(own.ToString());")]
    [InlineData("new SqliteConnection(\"Host=localhost;Command Timeout=0;Database=app\");")]
    public Task A_limit_or_another_thing(string body) => VerifyAsync(body);

    [Fact]
    public Task Through_Entity_Framework_Core() => RuleVerifier.VerifyAsync(
        Descriptors.InfiniteLockWait,
        """
        using System;
        using Microsoft.EntityFrameworkCore;

        public sealed class Context : DbContext
        {
            protected override void OnConfiguring(DbContextOptionsBuilder options) =>
                options.UseSqlite("Data Source=app.db;Default Timeout=[|0|]", sqlite => sqlite.CommandTimeout([|0|]));

            public void Wait()
            {
                Database.SetCommandTimeout([|0|]);
                Database.SetCommandTimeout([|TimeSpan.Zero|]);
                Database.SetCommandTimeout(30);
                Database.SetCommandTimeout(TimeSpan.FromSeconds(30));
                Database.SetCommandTimeout(null);
            }
        }
        """,
        test => test.References = TestReferences.WithEntityFramework);

    [Fact]
    public Task System_Data_SQLite_gives_up_at_once() => RuleVerifier.VerifyAsync(
        Descriptors.InfiniteLockWait,
        "using System.Data.SQLite;\nclass C { void M(SQLiteCommand command) { command.CommandTimeout = 0; new SQLiteConnection(\"Data Source=app.db;Default Timeout=0\"); } }",
        test => test.References = TestReferences.WithSystemDataSqlite);

    private static Task VerifyAsync(string body) => RuleVerifier.VerifyAsync(
        Descriptors.InfiniteLockWait,
        $$"""
        using System;
        using Dapper;
        using Microsoft.Data.Sqlite;

        static class Program
        {
            static void Run(string path, SqliteConnection connection, System.Data.IDbConnection plain, SqliteCommand command, Other other)
            {
                {{body}}
            }
        }

        class Other
        {
            public int CommandTimeout { get; set; }

            public int DefaultTimeout { get; set; }
        }
        """);
}
