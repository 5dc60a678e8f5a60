using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.Editor.Tests.Opening;
using Xunit;

namespace SqliteAnalyzers.Editor.Tests.Typing;

/// <summary>What is underlined while somebody types: in the method that is typed in it may change with each key, everywhere else it stays.</summary>
[Collection(nameof(OpenedProjectCollection))]
public sealed class TypingTests(OpenedProject opened)
{
    private const string Cursor = "// here\n        ";

    private const string Store =
        """
        using System.Diagnostics;
        using Microsoft.Data.Sqlite;

        internal static class Store
        {
            public static void Before()
            {
                using var connection = Database.Open();
                Database.Execute(connection, "DELETE FROM orders");
                using var worker = Process.Start("before");
                worker.WaitForExit();
            }

            public static void Typed(string name)
            {
                using var connection = Database.Open();
                // here
                
            }

            public static void After()
            {
                using var connection = Database.Open();
                using var transaction = connection.BeginTransaction();
                Database.Execute(connection, "DELETE FROM orders", transaction);
                using var worker = Process.Start("after");
                worker.WaitForExit();
                transaction.Commit();
            }

            public static void Last()
            {
                using var connection = Database.Open();
                Database.Execute(connection, "PRAGMA journal_mod = WAL");
                Database.Finish(connection);
                Process.Start("last");
            }
        }
        """;

    private const string Database =
        """
        using Microsoft.Data.Sqlite;
        using SqliteAnalyzers.Runtime;

        internal static class Database
        {
            public static SqliteConnection Open()
            {
                var connection = new SqliteConnection("Data Source=orders.db");
                connection.OpenConfigured();
                return connection;
            }

            public static void Execute(SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
            {
                using var command = new SqliteCommand(sql, connection, transaction);
                command.ExecuteNonQuery();
            }

            public static void Finish(SqliteConnection connection)
            {
                Execute(connection, "DELETE FROM counts");
            }
        }
        """;

    [Theory]
    [InlineData("Database.Execute(connection, $\"DELETE FROM t WHERE name = '{name}'\"); Process.Start(name);")]
    [InlineData("foreach (char letter in name) { Database.Execute(connection, \"DELETE FROM t\"); }")]
    [InlineData("using (connection.BeginTransaction()) { Action<int> run = async x => await Task.Run(() => x); }")]
    public async Task Half_a_statement_leaves_the_findings_of_other_methods(string statement)
    {
        var file = Open();
        var atFirst = await file.FindingsAsync();
        Assert.Equal(["SQLITE1001", "SQLITE1002", "SQLITE3002", "SQLITE1001"], atFirst.Select(finding => finding.Id));
        int start = await file.PositionAfterAsync(Cursor);

        for (int typed = 0; typed < statement.Length; typed++)
        {
            await file.InsertAsync(start + typed, statement[typed..(typed + 1)]);

            var elsewhere = (await file.FindingsAsync()).Where(finding => !new TextSpan(start, typed + 1).Contains(finding.Span.Start));
            Assert.True(
                atFirst.Select(finding => finding.MovedBy(start, typed + 1)).SequenceEqual(elsewhere),
                $"After {statement[..(typed + 1)]}\n{string.Join('\n', atFirst)}\nhas become\n{string.Join('\n', elsewhere)}");
        }

        await file.DeleteAsync(new TextSpan(start, statement.Length));
        Assert.Equal(atFirst, await file.FindingsAsync());
    }

    /// <summary>
    /// What an editor sees in between, without the ends that it may put there itself. A brace too many is not among them: it ends the class,
    /// and what follows is code of another kind.
    /// </summary>
    [Theory]
    [InlineData("{")]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("\"DELETE")]
    [InlineData("$\"DELETE {")]
    [InlineData("connection.")]
    [InlineData("connection?.")]
    [InlineData("new SqliteCommand(\"DELETE FROM orders\", ")]
    [InlineData("foreach (var one in ")]
    [InlineData("await foreach (")]
    [InlineData("if (name == ")]
    [InlineData("try {")]
    [InlineData("catch {")]
    [InlineData("lock (connection) {")]
    [InlineData("using (connection) {")]
    [InlineData("switch (name) { case")]
    [InlineData("Action run = () => {")]
    [InlineData("Action run = static delegate {")]
    [InlineData("void Inner() { Database.Execute(connection, ")]
    [InlineData("Process.Start(")]
    [InlineData("return")]
    [InlineData("goto")]
    [InlineData("yield")]
    [InlineData("=>")]
    [InlineData("<")]
    public async Task A_broken_piece_leaves_the_findings_of_other_methods(string piece)
    {
        var file = Open();
        var atFirst = await file.FindingsAsync();
        int start = await file.PositionAfterAsync(Cursor);

        await file.InsertAsync(start, piece);

        var elsewhere = (await file.FindingsAsync()).Where(finding => !new TextSpan(start, piece.Length).Contains(finding.Span.Start));
        Assert.Equal(atFirst.Select(finding => finding.MovedBy(start, piece.Length)), elsewhere);
    }

    /// <summary>What a method of another file does shows here, and only where it is called.</summary>
    [Theory]
    [InlineData("DELETE FROM counts", "SELECT count(*) FROM counts")]
    [InlineData("DELETE FROM counts", "PRAGMA wal_checkpoint(TRUNCATE)")]
    public async Task An_edit_in_another_file_changes_the_findings_of_its_callers(string before, string after)
    {
        var store = Open();
        var atFirst = await store.FindingsAsync();
        var database = new EditedFile(store.Document.Project.Documents.Single(document => document.Name == "Database.cs"));
        int start = await database.PositionAfterAsync("Finish(SqliteConnection connection)\n    {\n        Execute(connection, \"");

        await database.DeleteAsync(new TextSpan(start, before.Length));
        await database.InsertAsync(start, after);
        var changed = await In(database).FindingsAsync();
        await database.DeleteAsync(new TextSpan(start, after.Length));
        await database.InsertAsync(start, before);

        Assert.Equal(atFirst.SkipLast(1), changed);
        Assert.Equal(atFirst, await In(database).FindingsAsync());

        EditedFile In(EditedFile other) => new(other.Document.Project.GetDocument(store.Document.Id)!);
    }

    private EditedFile Open() =>
        new(OpenedProject.With(opened.OnlyOwnAnalyzers, ("Database.cs", Database), ("Store.cs", Store)).Documents.Single(document => document.Name == "Store.cs"));
}
