namespace SqliteAnalyzers.Tests.Rules;

/// <summary>
/// Source around the lines that a rule is tested with: a program with one database, in WAL mode and configured, that <c>Db</c> opens.
/// </summary>
internal static class RuleSource
{
    private const string Usings =
        """
        using System;
        using System.Collections.Generic;
        using System.Data.Common;
        using System.Diagnostics;
        using System.IO;
        using System.Linq;
        using System.Threading.Tasks;
        using Dapper;
        using Microsoft.Data.Sqlite;

        """;

    private const string Database =
        """

        static class Db
        {
            public const string Path = "app.db";
            public const string Text = "Data Source=app.db";

            public static ProcessStartInfo Info(string program, Action<ProcessStartInfo> configure)
            {
                var info = new ProcessStartInfo(program);
                configure(info);
                return info;
            }

            public static SqliteConnection Open()
            {
                var connection = new SqliteConnection("Data Source=app.db");
                connection.Open();
                connection.Execute("PRAGMA busy_timeout=30000; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL");
                return connection;
            }

            public static void Write(SqliteConnection connection) => connection.Execute("INSERT INTO items (name) VALUES ('a')");

            public static void Checkpoint(SqliteConnection connection)
            {
                if (connection.ExecuteScalar<long>("PRAGMA wal_checkpoint(TRUNCATE)") != 0)
                {
                    throw new InvalidOperationException("The checkpoint was blocked.");
                }
            }

            public static void Start() => Process.Start("worker");
        }
        """;

    /// <summary>A method with these statements, in which <c>connection</c> is open, and <c>flag</c> and <c>items</c> are not known.</summary>
    public static string Statements(string statements) => Members(
        $$"""
        static void Run(bool flag, string[] items)
        {
            using var connection = Db.Open();
            {{statements}}
        }
        """);

    /// <summary>The same, asynchronous.</summary>
    public static string AsyncStatements(string statements) => Members(
        $$"""
        static async Task RunAsync(bool flag, string[] items)
        {
            await using var connection = Db.Open();
            {{statements}}
        }
        """);

    /// <summary>An asynchronous method with these statements, in which <c>context</c> is one of Entity Framework Core. Wants its references.</summary>
    public static string ContextStatements(string statements) =>
        $$"""
        using System.Linq;
        using Microsoft.EntityFrameworkCore;

        class Item { public int Id { get; set; } public string Name { get; set; } }

        class Context : DbContext
        {
            public DbSet<Item> Items { get; set; }

            public DbSet<Item> Made => Set<Item>();

            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite("Data Source=app.db");
        }

        class Program
        {
            static async System.Threading.Tasks.Task Run()
            {
                await System.Threading.Tasks.Task.Yield();
                using var context = new Context();
                {{statements}}
            }
        }
        """;

    /// <summary>A class with these members.</summary>
    public static string Members(string members) => Types($"class Program\n{{\n{members}\n}}");

    /// <summary>These types beside <c>Db</c>.</summary>
    public static string Types(string types) => Alone(types + Database);

    /// <summary>These types, or these top-level statements, and nothing that opens or configures a database.</summary>
    public static string Alone(string source) => Usings + source;
}
