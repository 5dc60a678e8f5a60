// Connections, transactions and checkpoints behind the objects that real programs wrap around them. One database in WAL mode.
using System;
using System.Collections.Generic;
using System.Data;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Wrappers;

internal static class Db
{
    public static SqliteConnection Open()
    {
        SqliteConnection connection = new(connectionString: "Data Source=shop.db");
        connection.Open();
        connection.Execute("PRAGMA busy_timeout = 5000");
        connection.Execute("PRAGMA journal_mode = WAL");
        connection.Execute("PRAGMA synchronous = NORMAL");
        return connection;
    }

    public static void Checkpoint(IDbConnection connection)
    {
        if (connection.ExecuteScalar<int>("PRAGMA wal_checkpoint(RESTART)") is 1)
        {
            throw new TimeoutException();
        }
    }
}

internal sealed class UnitOfWork : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;

    public UnitOfWork()
    {
        _connection = Db.Open();
        _transaction = _connection.BeginTransaction();
    }

    public void Add(string name) => _connection.Execute("INSERT INTO items (name) VALUES (@name)", new { name }, _transaction);

    public void Complete() => _transaction.Commit();

    public void Checkpoint() => Db.Checkpoint(_connection);

    public void Dispose()
    {
        _transaction.Dispose();
        _connection.Dispose();
    }
}

internal static class UnitsOfWork
{
    public static void StartedBeforeComplete()
    {
        using var work = new UnitOfWork();
        work.Add("a");
        Process.Start("label"); // expect: SQLITE1002
        work.Complete();
    }

    public static void StartedAfterComplete()
    {
        using (var work = new UnitOfWork())
        {
            work.Add("a");
            work.Complete();
        }

        Process.Start("label"); // expect: SQLITE1001
    }

    public static void NeverCompleted()
    {
        using (var work = new UnitOfWork())
        {
            work.Add("a");
        }

        Process.Start("label");
    }

    public static void CheckpointBeforeComplete()
    {
        using var work = new UnitOfWork();
        work.Add("a");
        work.Checkpoint(); // expect: SQLITE2001
        work.Complete();
    }

    public static void CheckpointAfterComplete()
    {
        using var work = new UnitOfWork();
        work.Add("a");
        work.Complete();
        work.Checkpoint();
        Process.Start("label");
    }
}

internal sealed class LazyStore
{
    private readonly Lazy<SqliteConnection> _connection = new(Db.Open);
    private readonly object _gate = new();

    public void Save(string name)
    {
        lock (_gate)
        {
            _connection.Value.Execute("INSERT INTO items (name) VALUES (@name)", new { name });
        }
    }

    public void SaveAndStart(string name)
    {
        Save(name);
        Process.Start("label"); // expect: SQLITE1001
    }
}

internal abstract class Repository
{
    protected Repository(SqliteConnection connection) => Connection = connection;

    protected SqliteConnection Connection { get; }

    protected int Execute(string sql, object? arguments = null) => Connection.Execute(sql, arguments);

    protected T Read<T>(string sql) => Connection.ExecuteScalar<T>(sql)!;
}

internal sealed class ItemRepository(SqliteConnection connection) : Repository(connection)
{
    public void Clear() => Execute("DELETE FROM items");

    public int Count() => Read<int>("SELECT count(*) FROM items");

    public void Flush() => Db.Checkpoint(Connection);
}

internal static class Repositories
{
    public static void Writes(ItemRepository items)
    {
        items.Clear();
        Process.Start("label"); // expect: SQLITE1001
    }

    public static void Reads(ItemRepository items)
    {
        if (items.Count() > 0)
        {
            Process.Start("label");
        }
    }

    public static void Flushes(ItemRepository items)
    {
        items.Clear();
        items.Flush();
        Process.Start("label");
    }
}

internal sealed class Store<T>(Func<SqliteConnection> open, string table)
    where T : class
{
    public void Insert(T item)
    {
        using SqliteConnection connection = open();
        connection.Execute($"INSERT INTO {table} (value) VALUES (@value)", new { value = item.ToString() });
    }

    public IReadOnlyList<string> All()
    {
        using SqliteConnection connection = open();
        return connection.Query<string>($"SELECT value FROM {table}").ToList();
    }
}

internal static class GenericStores
{
    public static void Inserts(Store<string> store)
    {
        store.Insert("a");
        Process.Start("label"); // expect: SQLITE1001
    }

    public static void Reads(Store<string> store)
    {
        foreach (string value in store.All())
        {
            Process.Start("label", value);
        }
    }
}

internal sealed class Counter
{
    private readonly SqliteConnection _connection = Db.Open();

    public int this[string name]
    {
        get => _connection.ExecuteScalar<int>("SELECT value FROM counters WHERE name = @name", new { name });
        set => _connection.Execute("UPDATE counters SET value = @value WHERE name = @name", new { name, value });
    }
}

internal static class Indexers
{
    public static void Setter(Counter counter)
    {
        counter["label"] = 3;
        Process.Start("label"); // expect: SQLITE1001
    }

    public static void Getter(Counter counter) => Process.Start("label", counter["label"].ToString());

    public static void Increment(Counter counter)
    {
        counter["label"]++;
        Process.Start("label"); // expect: SQLITE1001
    }
}

internal sealed class Session
{
    private readonly SqliteConnection _connection = Db.Open();
    private SqliteTransaction? _transaction;

    public void Begin() => _transaction ??= _connection.BeginTransaction();

    public void Save(string name) => _connection.Execute("INSERT INTO items (name) VALUES (@name)", new { name }, _transaction);

    public void End()
    {
        _transaction?.Commit();
        _transaction?.Dispose();
        _transaction = null;
    }

    public void StartTooEarly()
    {
        Begin();
        Save("a");
        Process.Start("label"); // expect: SQLITE1002
        End();
    }

    public void StartInTime()
    {
        Begin();
        Save("a");
        End();
        Db.Checkpoint(_connection);
        Process.Start("label");
    }
}

internal static class ReturnValues
{
    private static (SqliteConnection Connection, SqliteTransaction Transaction) Begin()
    {
        SqliteConnection connection = Db.Open();
        return (connection, connection.BeginTransaction());
    }

    public static void Deconstructed()
    {
        var (connection, transaction) = Begin();
        connection.Execute("DELETE FROM items", transaction: transaction);
        transaction.Commit();
        Db.Checkpoint(connection);
        Process.Start("label");
        connection.Dispose();
    }

    private static async ValueTask<bool> SaveAsync(SqliteConnection? connection)
    {
        if (connection is null)
        {
            return false;
        }

        await connection.ExecuteAsync("DELETE FROM items");
        return true;
    }

    public static async Task ConditionOnACallee()
    {
        await using SqliteConnection connection = Db.Open();
        if (await SaveAsync(connection))
        {
            Process.Start("label"); // expect: SQLITE1001
        }
    }

    public static async Task NullNeverWrites()
    {
        await SaveAsync(null);
        Process.Start("label");
    }
}

internal static class FieldsOfDelegates
{
    private static readonly Action<SqliteConnection> Clear = connection => connection.Execute("DELETE FROM items");

    public static void StaticDelegate()
    {
        using SqliteConnection connection = Db.Open();
        Clear(connection);
        Db.Checkpoint(connection);
        Process.Start("label");
    }

    public static void MethodGroup(IEnumerable<string> names)
    {
        using SqliteConnection connection = Db.Open();
        names.ToList().ForEach(Save);
        Process.Start("label"); // expect: SQLITE1001

        void Save(string name) => connection.Execute("INSERT INTO items (name) VALUES (@name)", new { name });
    }

    public static void HandlerOfTheProcess(Process process)
    {
        process.Exited += (_, _) =>
        {
            using SqliteConnection connection = Db.Open();
            connection.Execute("UPDATE items SET printed = 1");
        };
        process.Start();
    }
}
