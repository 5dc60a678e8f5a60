using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SqliteAnalyzers.Tests.Flow;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Libraries;

/// <summary>What the rules say of programs that use sqlite-net.</summary>
public sealed class SqliteNetTests
{
    private const string Wal = "using var connection = new SQLiteConnection(\"app.db\"); connection.EnableWriteAheadLogging();";

    private const string Start = "Process.Start(\"worker\", \"app.db\");";

    /// <summary>What the library's file says, as far as the programs of these tests need it.</summary>
    private const string OfLibrary =
        """
        using System;

        namespace SQLite
        {
            public class PrimaryKeyAttribute : Attribute
            {
            }

            public partial class SQLiteConnection : IDisposable
            {
                public SQLiteConnection(string databasePath) => DatabasePath = databasePath;

                public string DatabasePath { get; }

                public void EnableWriteAheadLogging() => ExecuteScalar<string>("PRAGMA journal_mode=WAL");

                public void BeginTransaction() => Execute("begin transaction");

                public void Commit() => Execute("commit");

                public void RunInTransaction(Action action)
                {
                    BeginTransaction();
                    action();
                    Commit();
                }

                public int InsertAll(System.Collections.IEnumerable objects, bool runInTransaction = true)
                {
                    if (runInTransaction)
                    {
                        RunInTransaction(() => InsertAll(objects, runInTransaction: false));
                        return 0;
                    }

                    foreach (var item in objects)
                    {
                        Insert(item);
                    }

                    return 0;
                }

                public int Insert(object obj) => Execute("INSERT INTO Item VALUES (1)");

                public int Execute(string query, params object[] args) => new SQLiteCommand { CommandText = query }.ExecuteNonQuery();

                public T ExecuteScalar<T>(string query, params object[] args) => default!;

                public void Dispose()
                {
                }
            }

            public partial class SQLiteCommand
            {
                public string CommandText { get; set; } = "";

                public int ExecuteNonQuery() => CommandText.Length;
            }
        }
        """;

    [Theory]
    [InlineData("connection.Insert(new Item()); " + Start, "SQLITE1001")]
    [InlineData("connection.Execute(\"DELETE FROM Item\"); " + Start, "SQLITE1001")]
    [InlineData("connection.InsertAll(items); " + Start, "SQLITE1001")]
    [InlineData("connection.RunInTransaction(() => connection.Delete<Item>(1)); " + Start, "SQLITE1001")]
    [InlineData("connection.CreateCommand(\"DELETE FROM Item\").ExecuteNonQuery(); " + Start, "SQLITE1001")]
    [InlineData("connection.BeginTransaction(); connection.Insert(new Item()); connection.Commit(); " + Start, "SQLITE1001")]
    [InlineData("connection.BeginTransaction(); connection.Insert(new Item()); " + Start + " connection.Commit();", "SQLITE1002")]
    [InlineData("connection.BeginTransaction(); connection.RunInTransaction(() => connection.Insert(new Item())); " + Start + " connection.Commit();", "SQLITE1002")]
    [InlineData("connection.BeginTransaction(); connection.Insert(new Item()); if (connection.ExecuteScalar<int>(\"PRAGMA wal_checkpoint(FULL)\") != 0) return; connection.Commit();", "SQLITE2001")]
    [InlineData("connection.RunInTransaction(() => { connection.Insert(new Item()); if (connection.ExecuteScalar<int>(\"PRAGMA wal_checkpoint(FULL)\") != 0) return; });", "SQLITE2001")]
    [InlineData("connection.ExecuteScalar<int>(\"PRAGMA wal_checkpoint(FULL)\");", "SQLITE2002")]
    [InlineData("foreach (var item in items) connection.Insert(item);", "SQLITE4001")]
    [InlineData("foreach (var item in items) connection.Execute(\"DELETE FROM Item WHERE Id = ?\", item.Id);", "SQLITE4001")]
    [InlineData("foreach (var item in items) connection.Table<Item>().Delete(stored => stored.Id == item.Id);", "SQLITE4001")]
    [InlineData("foreach (var item in items) connection.Table<Item>().Where(stored => stored.Id == item.Id).Delete();", "SQLITE4001")]
    [InlineData("var all = connection.Table<Item>(); all.Delete(stored => stored.Id == 1); " + Start, "SQLITE1001")]
    [InlineData("connection.BeginTransaction(); connection.Insert(new Item()); connection.ExecuteScalar<string>(\"PRAGMA journal_mode = DELETE\"); connection.Commit();", "SQLITE3004")]
    [InlineData("connection.BeginTransaction(); if (connection.ExecuteScalar<int>(\"SELECT count(*) FROM Item\") == 0) { connection.Insert(new Item()); } connection.Commit();", "SQLITE4006")]
    [InlineData("connection.BeginTransaction(); var stored = connection.Table<Item>().ToList(); connection.Update(stored[0]); connection.Commit();", "SQLITE4006")]
    [InlineData("connection.BeginTransaction(); foreach (var stored in connection.Table<Item>()) { Console.WriteLine(stored); } connection.DeleteAll<Item>(); connection.Commit();", "SQLITE4006")]
    [InlineData("connection.BeginTransaction(); var stored = connection.Find<Item>(1); connection.Update(stored); connection.Commit();", "SQLITE4006")]
    [InlineData("connection.BeginTransaction(); if (connection.Table<Item>().Where(item => item.Id > 1).Count() == 0) { connection.DeleteAll<Item>(); } connection.Commit();", "SQLITE4006")]
    [InlineData("connection.Insert(new Item()); Process.Start(Environment.GetEnvironmentVariable(\"WORKER\"));", "SQLITE1005")]
    public async Task Reported(string body, string id) => Assert.Equal([id], await FoundAsync(Wal + body));

    [Theory]
    [InlineData("connection.Insert(new Item()); if (connection.ExecuteScalar<int>(\"PRAGMA wal_checkpoint(FULL)\") != 0) return; " + Start)]
    [InlineData("connection.RunInTransaction(() => connection.Insert(new Item())); if (connection.ExecuteScalar<int>(\"PRAGMA wal_checkpoint(FULL)\") != 0) return;")]
    [InlineData("connection.BeginTransaction(); connection.Insert(new Item()); connection.Rollback(); " + Start)]
    [InlineData("connection.Insert(new Item()); connection.Close(); " + Start)]
    [InlineData("connection.Query<Item>(\"SELECT * FROM Item\"); " + Start)]
    [InlineData("connection.Table<Item>().ToList(); " + Start)]
    [InlineData("foreach (var item in items) connection.Table<Item>().Where(stored => stored.Id == item.Id).ToList();")]
    [InlineData("foreach (var item in connection.Table<Item>().OrderBy(stored => stored.Id)) { connection.Insert(item); break; }")]
    [InlineData("connection.RunInTransaction(() => { foreach (var item in items) connection.Table<Item>().Delete(stored => stored.Id == item.Id); });")]
    [InlineData("connection.Execute(\"PRAGMA wal_checkpoint(FULL)\");")]
    [InlineData("connection.Insert(new Item()); Process.Start(\"notepad\");")]
    [InlineData("connection.InsertAll(items);")]
    [InlineData("connection.RunInTransaction(() => { foreach (var item in items) connection.Insert(item); });")]
    [InlineData("connection.BeginTransaction(); try { foreach (var item in items) connection.Insert(item); connection.Commit(); } catch { connection.Rollback(); throw; }")]
    [InlineData("connection.BeginTransaction(); connection.Insert(new Item()); connection.Commit(); connection.ExecuteScalar<string>(\"PRAGMA journal_mode = DELETE\");")]
    [InlineData("connection.BeginTransaction(); connection.Insert(new Item()); connection.ExecuteScalar<int>(\"SELECT count(*) FROM Item\"); connection.Insert(new Item()); connection.Commit();")]
    [InlineData("connection.RunInTransaction(() => { var stored = connection.Find<Item>(1); connection.Update(stored); });")]
    [InlineData("connection.BeginTransaction(); connection.DeleteAll<Item>(); var left = connection.Table<Item>().Count(); connection.Insert(new Item()); connection.Commit();")]
    [InlineData("connection.BeginTransaction(); var part = connection.Table<Item>().Where(item => item.Id > 1); connection.Insert(new Item()); connection.Commit();")]
    [InlineData("Process.Start(Environment.GetEnvironmentVariable(\"WORKER\")); connection.Insert(new Item());")]
    public async Task Clean(string body) => Assert.Empty(await FoundAsync(Wal + body));

    [Theory]
    [InlineData("using var connection = new SQLiteConnection(\"app.db\"); connection.Insert(new Item()); " + Start)]
    [InlineData("using var connection = new SQLiteConnection(\":memory:\"); connection.EnableWriteAheadLogging(); connection.Insert(new Item()); Process.Start(\"worker\", \":memory:\");")]
    [InlineData("using var connection = new SQLiteConnection(\"app.db\", SQLiteOpenFlags.ReadOnly); connection.Query<Item>(\"SELECT * FROM Item\");")]
    public async Task Clean_where_nothing_is_in_WAL_mode(string body) => Assert.Empty(await FoundAsync(body));

    [Fact]
    public async Task Asynchronous_connection()
    {
        const string Open = "var connection = new SQLiteAsyncConnection(\"app.db\"); await connection.EnableWriteAheadLoggingAsync();";
        Assert.Equal(["SQLITE1001"], await FoundAsync(Open + "await connection.InsertAsync(new Item());" + Start));
        Assert.Equal(["SQLITE1001"], await FoundAsync(Open + "await connection.RunInTransactionAsync(inner => inner.Insert(new Item()));" + Start));
        Assert.Empty(await FoundAsync(Open + "await connection.InsertAsync(new Item()); await connection.CloseAsync();" + Start));
    }

    [Fact]
    public async Task A_checkpoint_in_a_transaction_on_a_connection_that_an_object_holds() => Assert.Equal(["SQLITE2001"], await FoundAsync(
        "",
        "private readonly SQLiteConnection _held = new(\"app.db\"); public void Trim() => _held.RunInTransaction(() => { _held.DeleteAll<Item>(); _held.ExecuteScalar<int>(\"PRAGMA wal_checkpoint(TRUNCATE)\"); });"));

    [Theory]
    [InlineData("private readonly SQLiteConnection _held = new(\"app.db\"); public void Add(List<Item> items) => _held.RunInTransaction(() => { foreach (var item in items) _held.Insert(item); });")]
    [InlineData("private readonly SQLiteConnection _held = new(\"app.db\"); public void Add(List<Item> items) => _held.RunInTransaction(() => All(items)); private void All(List<Item> items) { foreach (var item in items) _held.Insert(item); }")]
    [InlineData("private readonly SQLiteConnection _held = new(\"app.db\"); public void Add(List<Item> items) => _held.RunInTransaction(() => { _held.DeleteAll<Item>(); _held.Insert(items[0]); });")]
    [InlineData("private readonly SQLiteConnection _held = new(\"app.db\"); public void Add(List<Item> items) => _held.RunInTransaction(() => { _held.RunInTransaction(() => _held.DeleteAll<Item>()); foreach (var item in items) _held.Insert(item); });")]
    [InlineData("private readonly SQLiteAsyncConnection _held = new(\"app.db\"); public Task Add(List<Item> items) => _held.RunInTransactionAsync(inner => { foreach (var item in items) inner.Insert(item); });")]
    public async Task Clean_in_a_transaction_on_a_connection_that_an_object_holds(string members) => Assert.Empty(await FoundAsync("", members));

    [Theory]
    [InlineData("private readonly SQLiteConnection _held = new(\"app.db\"); public void Add(List<Item> items) { foreach (var item in items) _held.Insert(item); }")]
    [InlineData("private readonly SQLiteConnection _held = new(\"app.db\"); public void Add(List<Item> items) { _held.RunInTransaction(() => _held.DeleteAll<Item>()); foreach (var item in items) _held.Insert(item); }")]
    [InlineData("private readonly SQLiteConnection _held = new(\"app.db\"); public void Add(List<Item> items) { _held.RunInTransaction(() => { _held.RunInTransaction(() => _held.DeleteAll<Item>()); _held.Insert(items[0]); }); foreach (var item in items) _held.Insert(item); }")]
    public async Task A_loop_on_a_connection_that_an_object_holds(string members) => Assert.Equal(["SQLITE4001"], await FoundAsync("", members));

    [Theory]
    [InlineData("_held.RunInTransaction(() => { _held.Insert(items[0]); System.Diagnostics.Process.Start(\"worker\"); });", true)]
    [InlineData("var point = _held.SaveTransactionPoint(); _held.Insert(items[0]); System.Diagnostics.Process.Start(\"worker\"); _held.Release(point);", true)]
    [InlineData("_held.BeginTransaction(); var point = _held.SaveTransactionPoint(); _held.Insert(items[0]); _held.Release(point); System.Diagnostics.Process.Start(\"worker\"); _held.Commit();", true)]
    [InlineData("var point = _held.SaveTransactionPoint(); _held.Insert(items[0]); _held.Release(point); System.Diagnostics.Process.Start(\"worker\");", false)]
    [InlineData("var point = _held.SaveTransactionPoint(); System.Diagnostics.Process.Start(\"worker\"); _held.Insert(items[0]); _held.RollbackTo(point);", false)]
    [InlineData("_held.RunInTransaction(() => { foreach (var item in items) _held.Insert(item); }); System.Diagnostics.Process.Start(\"worker\");", false)]
    [InlineData("_held.RunInTransaction(() => { System.Diagnostics.Process.Start(\"worker\"); _held.Insert(items[0]); });", false)]
    [InlineData("_held.RunInTransaction(() => { _held.Get<Item>(1); System.Diagnostics.Process.Start(\"worker\"); });", false)]
    public async Task A_process_start_in_the_transaction_of_a_connection_that_an_object_holds(string body, bool isInside) => Assert.Equal(
        isInside,
        (await FoundAsync("", $"private readonly SQLiteConnection _held = new(\"app.db\"); public void Add(List<Item> items) {{ _held.EnableWriteAheadLogging(); {body} }}")).Contains("SQLITE1002"));

    [Theory]
    [InlineData("foreach (var item in items) connection.Insert(item);", "SQLITE4001")]
    [InlineData("connection.Execute(\"DELETE FROM Item\"); connection.Execute(\"DELETE FROM Other\");", "SQLITE4002")]
    [InlineData("connection.BeginTransaction(); connection.Insert(items[0]); Process.Start(\"worker\"); connection.Commit();", "SQLITE1002")]
    public async Task Reported_where_the_library_is_a_file_of_the_project(string body, string id) => Assert.Equal([id], await FoundAsync(Wal + body, source: OfLibrary));

    [Theory]
    [InlineData("connection.Insert(items[0]);")]
    [InlineData("connection.InsertAll(items);")]
    [InlineData("connection.BeginTransaction(); foreach (var item in items) connection.Insert(item); connection.Commit();")]
    [InlineData("connection.RunInTransaction(() => { foreach (var item in items) connection.Insert(item); });")]
    [InlineData("connection.BeginTransaction(); connection.Insert(items[0]); connection.Commit(); Process.Start(\"notepad\");")]
    public async Task Clean_where_the_library_is_a_file_of_the_project(string body) => Assert.Empty(await FoundAsync(Wal + body, source: OfLibrary));

    private static async Task<IEnumerable<string>> FoundAsync(string body, string members = "", string? source = null)
    {
        var program = FlowRun.Compile(
            $$"""
            using System;
            using System.Collections.Generic;
            using System.Diagnostics;
            using System.Linq;
            using System.Threading.Tasks;
            using SQLite;

            class Item
            {
                [PrimaryKey]
                public int Id { get; set; }
            }

            class Program
            {
                {{members}}

                static async Task Run(List<Item> items)
                {
                    await Task.Yield();
                    {{body}}
                }
            }
            """,
            withLibraries: false);
        var compilation = source is null
            ? program.WithReferences([.. TestReferences.Net, Of(SqliteNet), Of(typeof(SQLitePCL.raw).Assembly.Location)])
            : program.AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, TestCompilation.ParseOptions, "SQLite.cs"));
        Assert.DoesNotContain(compilation.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return (await FlowRun.Of(compilation, TestContext.Current.CancellationToken)).Findings.Select(finding => finding.Id);
    }

    private static string SqliteNet => Path.Combine(AppContext.BaseDirectory, "Libraries", "SQLite-net.dll");

    private static PortableExecutableReference Of(string path) => MetadataReference.CreateFromFile(path);
}
