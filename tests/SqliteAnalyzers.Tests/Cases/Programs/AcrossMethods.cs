// One database in WAL mode. Writes, checkpoints and starts stand in different methods and classes.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace AcrossMethods;

internal sealed class Database : IDisposable
{
    private readonly SqliteConnection _connection;

    public Database()
    {
        _connection = new SqliteConnection("Data Source=library.db");
        _connection.Open();
        Run("PRAGMA busy_timeout = 30000");
        Run("PRAGMA journal_mode = WAL");
        Run("PRAGMA synchronous = NORMAL");
    }

    public SqliteConnection Connection => _connection;

    public string Theme
    {
        get => ReadText("SELECT theme FROM settings");
        set
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "UPDATE settings SET theme = $theme";
            command.Parameters.AddWithValue("$theme", value);
            command.ExecuteNonQuery();
        }
    }

    public void AddBook(string title)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "INSERT INTO books (title) VALUES ($title)";
        command.Parameters.AddWithValue("$title", title);
        command.ExecuteNonQuery();
    }

    public string ReadText(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString() ?? "";
    }

    public void Flush()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        using var reader = command.ExecuteReader();
        if (reader.Read() && reader.GetInt32(0) != 0)
        {
            throw new InvalidOperationException("The checkpoint was blocked by another connection.");
        }
    }

    public void Dispose() => _connection.Dispose();

    private void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

internal static class Workers
{
    public static void Launch() => Process.Start("indexer");

    public static void LaunchTwo()
    {
        Launch();
        Launch();
    }

    public static void LaunchAfterFlush(Database database)
    {
        database.Flush();
        Process.Start("indexer");
    }
}

internal static class Callers
{
    public static void WriteInCalleeStartHere(Database database)
    {
        database.AddBook("Emma");
        Process.Start("indexer"); // expect: SQLITE1001
    }

    public static void WriteHereStartInCallee(Database database)
    {
        using var command = database.Connection.CreateCommand();
        command.CommandText = "DELETE FROM books";
        command.ExecuteNonQuery();
        Workers.Launch(); // expect: SQLITE1001
    }

    public static void BothInCallees(Database database)
    {
        database.AddBook("Emma");
        Workers.Launch(); // expect: SQLITE1001
    }

    public static void TwoLevelsDown(Database database)
    {
        database.AddBook("Emma");
        Workers.LaunchTwo(); // expect: SQLITE1001
    }

    public static void CheckpointInCallee(Database database)
    {
        database.AddBook("Emma");
        database.Flush();
        Workers.Launch();
    }

    public static void CheckpointInTheCalleeThatStarts(Database database)
    {
        database.AddBook("Emma");
        Workers.LaunchAfterFlush(database);
    }

    public static void ReadInCallee(Database database)
    {
        string theme = database.ReadText("SELECT theme FROM settings");
        Process.Start("indexer", theme);
    }

    public static void StartThenWrite(Database database)
    {
        Workers.Launch();
        database.AddBook("Emma");
    }

    public static void PropertySetterWrites(Database database)
    {
        database.Theme = "dark";
        Process.Start("indexer"); // expect: SQLITE1001
    }

    public static void PropertyGetterReads(Database database)
    {
        Process.Start("indexer", database.Theme);
    }
}

internal sealed class Shelf
{
    private readonly Database _database = new();

    public void Fill(IEnumerable<string> titles)
    {
        foreach (string title in titles)
        {
            _database.AddBook(title);
        }
    }

    public void Index() => Workers.Launch();

    public void FillAndIndex(IEnumerable<string> titles)
    {
        Fill(titles);
        Index(); // expect: SQLITE1001
    }

    public void FillFlushAndIndex(IEnumerable<string> titles)
    {
        Fill(titles);
        _database.Flush();
        Index();
    }
}

internal static class ShelfUser
{
    public static void JoinsTwoInnocentMethods(Shelf shelf)
    {
        shelf.Fill(new[] { "Emma" });
        shelf.Index(); // expect: SQLITE1001
    }

    public static void OnlyIndexes(Shelf shelf) => shelf.Index();
}

internal sealed class Importer
{
    public Importer(Database database)
    {
        database.AddBook("Persuasion");
    }

    public void Start() => Process.Start("indexer");
}

internal static class Constructors
{
    public static void ConstructorWrites(Database database)
    {
        var importer = new Importer(database);
        importer.Start(); // expect: SQLITE1001
    }

    public static void ConstructorWritesThenFlush(Database database)
    {
        var importer = new Importer(database);
        database.Flush();
        importer.Start();
    }
}

internal static class Journal
{
    private static readonly SqliteConnection Connection = Open();

    private static SqliteConnection Open()
    {
        var connection = new SqliteConnection("Data Source=library.db");
        connection.Open();
        return connection;
    }

    public static void Append(string text)
    {
        using var command = Connection.CreateCommand();
        command.CommandText = "INSERT INTO journal (text) VALUES ($text)";
        command.Parameters.AddWithValue("$text", text);
        command.ExecuteNonQuery();
    }

    public static long Count()
    {
        using var command = Connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM journal";
        return (long)command.ExecuteScalar()!;
    }
}

internal static class StaticClasses
{
    public static void Appends()
    {
        Journal.Append("started");
        Process.Start("indexer"); // expect: SQLITE1001
    }

    public static void Counts()
    {
        if (Journal.Count() > 10)
        {
            Process.Start("indexer");
        }
    }
}

internal interface IBookStore
{
    void Save(string title);

    void Flush();
}

internal sealed class SqliteBookStore(Database database) : IBookStore
{
    public void Save(string title) => database.AddBook(title);

    public void Flush() => database.Flush();
}

internal interface ILauncher
{
    void Launch(string program);
}

internal sealed class ProcessLauncher : ILauncher
{
    public void Launch(string program)
    {
        using Process? process = Process.Start(program);
        process?.WaitForExit();
    }
}

internal interface INotifier
{
    void Notify(string text);
}

internal sealed class MailNotifier : INotifier
{
    public void Notify(string text) => Console.WriteLine(text);
}

internal sealed class JournalNotifier : INotifier
{
    public void Notify(string text) => Journal.Append(text);
}

internal sealed class Interfaces(IBookStore store, ILauncher launcher, INotifier notifier)
{
    public void OneImplementationEach()
    {
        store.Save("Emma");
        launcher.Launch("indexer"); // expect: SQLITE1001
    }

    public void FlushThroughTheInterface()
    {
        store.Save("Emma");
        store.Flush();
        launcher.Launch("indexer");
    }

    public void TwoImplementationsAreUnknown()
    {
        notifier.Notify("starting");
        launcher.Launch("indexer");
    }
}

internal static class Recursion
{
    public static void AddTree(Database database, int depth)
    {
        if (depth == 0)
        {
            return;
        }

        database.AddBook("volume " + depth);
        AddTree(database, depth - 1);
    }

    public static long CountTree(Database database, int depth) =>
        depth == 0 ? 0 : database.ReadText("SELECT count(*) FROM books").Length + CountTree(database, depth - 1);

    public static void AfterARecursiveWrite(Database database)
    {
        AddTree(database, 3);
        Process.Start("indexer"); // expect: SQLITE1001
    }

    public static void AfterARecursiveRead(Database database)
    {
        Process.Start("indexer", CountTree(database, 3).ToString());
    }

    public static void Ping(Database database, int n)
    {
        if (n > 0)
        {
            Pong(database, n - 1);
        }
    }

    public static void Pong(Database database, int n)
    {
        database.AddBook("pong");
        Ping(database, n);
    }

    public static void AfterAMutualRecursion(Database database)
    {
        Ping(database, 4);
        Process.Start("indexer"); // expect: SQLITE1001
    }
}

internal static class Parameters
{
    public static void TransactionFromTheCaller(SqliteConnection connection, SqliteTransaction transaction)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT INTO books (title) VALUES ('Emma')";
        command.ExecuteNonQuery();
    }

    public static void CallerCommitsThenFlushes(Database database)
    {
        using (var transaction = database.Connection.BeginTransaction())
        {
            TransactionFromTheCaller(database.Connection, transaction);
            transaction.Commit();
        }

        database.Flush();
        Workers.Launch();
    }

    public static void CallerStartsBeforeItsCommit(Database database)
    {
        using var transaction = database.Connection.BeginTransaction();
        TransactionFromTheCaller(database.Connection, transaction);
        Workers.Launch(); // expect: SQLITE1002
        transaction.Commit();
    }

    public static void CallerFlushesBeforeItsCommit(Database database)
    {
        using var transaction = database.Connection.BeginTransaction();
        TransactionFromTheCaller(database.Connection, transaction);
        database.Flush(); // expect: SQLITE2001
        transaction.Commit();
    }

    public static void CommandFromTheCaller(SqliteCommand command)
    {
        command.CommandText = "UPDATE books SET read = 1";
        command.ExecuteNonQuery();
        Process.Start("indexer"); // expect: SQLITE1001
    }

    public static SqliteCommand MakeCommand(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    public static void CommandFromACallee(Database database)
    {
        using var command = MakeCommand(database.Connection, "UPDATE books SET read = 1");
        command.ExecuteNonQuery();
        Process.Start("indexer"); // expect: SQLITE1001
    }

    public static void ReadCommandFromACallee(Database database)
    {
        using var command = MakeCommand(database.Connection, "SELECT count(*) FROM books");
        Process.Start("indexer", command.ExecuteScalar()!.ToString()!);
    }
}

internal sealed partial class Catalogue
{
    private readonly Database _database = new();

    public void Rebuild()
    {
        Clear();
        Process.Start("indexer"); // expect: SQLITE1001
    }

    private partial void Clear();
}

internal sealed partial class Catalogue
{
    private partial void Clear()
    {
        using var command = new SqliteCommand("DELETE FROM books", _database.Connection);
        command.ExecuteNonQuery();
    }
}

internal abstract class Job
{
    public void Execute(Database database)
    {
        Prepare(database);
        Process.Start("indexer");
    }

    protected abstract void Prepare(Database database);
}

internal sealed class ReadingJob : Job
{
    protected override void Prepare(Database database) => database.ReadText("SELECT 1");
}

internal sealed class WritingJob : Job
{
    protected override void Prepare(Database database) => database.AddBook("Emma");
}

internal static class Extensions
{
    public static int Write(this SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        return command.ExecuteNonQuery();
    }

    public static void ExtensionMethodWrites(Database database)
    {
        database.Connection.Write("DELETE FROM books");
        Process.Start("indexer"); // expect: SQLITE1001
    }

    public static void ConnectionFromAnOutParameter()
    {
        if (TryGet(out SqliteConnection? connection))
        {
            connection.Write("DELETE FROM books");
            Process.Start("indexer"); // expect: SQLITE1001
        }
    }

    private static bool TryGet([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SqliteConnection? connection)
    {
        connection = new SqliteConnection("Data Source=library.db");
        connection.Open();
        return true;
    }
}
