using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>
/// A call without a GC transition must never wait: if it waits for a mutex whose holder runs managed code, and the garbage collector stops that, the process
/// stands still for ever.
/// </summary>
public sealed class NativeCallTests
{
    // SQLite's source, and the machine code of 3.40.1, 3.53.3 and 3.53.4: no mutex is entered, nothing is allocated, nothing is called back.
    private static readonly Dictionary<string, string> s_takeNoLock = new()
    {
        ["ConnectionMutex"] = "sqlite3_db_mutex reads a field.",
        ["LeaveMutex"] = "sqlite3_mutex_leave gives a lock back.",
    };

    [Fact]
    public void Only_what_takes_no_lock_is_called_without_a_gc_transition()
    {
        const BindingFlags All = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var types = typeof(SqliteBatchWriter).Assembly.GetTypes();
        var suppressed = types.SelectMany(type => type.GetFields(All))
            .Where(field => field.FieldType.IsFunctionPointer
                && field.GetModifiedFieldType().GetFunctionPointerCallingConventions().Contains(typeof(CallConvSuppressGCTransition)))
            .Select(field => field.Name)
            .Concat(types.SelectMany(type => type.GetMethods(All)).Where(method => method.IsDefined(typeof(SuppressGCTransitionAttribute))).Select(method => method.Name));

        Assert.Empty(suppressed.Except(s_takeNoLock.Keys));
    }

    [Fact]
    public void No_such_call_is_made_in_passing()
    {
        var places = Directory.EnumerateFiles(Path.Combine(SourceFolder(), "../../src/SqliteAnalyzers.Runtime"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"))
            .SelectMany(file => File.ReadLines(file).Where(line => line.Contains("SuppressGCTransition")).Select(line => line.Trim()))
            .Where(line => !s_takeNoLock.Keys.Any(name => Regex.IsMatch(line, $@"\b{name}(;| = )")));

        Assert.Empty(places);
    }

    [Fact]
    public void A_thread_in_managed_code_under_sqlites_lock_does_not_stop_the_process() => IsolatedScene.Play(typeof(NativeCallTests), nameof(Collate));

    // Another thread sorts on the same connection with a collation that allocates, while this one writes: the collector must be able to stop both.
    private static void Collate()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        connection.CreateCollation("managed", (left, right) =>
        {
            GC.KeepAlive(new byte[10_000]);
            return string.CompareOrdinal(left, right);
        });
        connection.Run("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT COLLATE managed); CREATE TABLE written (id INTEGER, name TEXT, data BLOB, value REAL, other)");
        connection.Run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 2000) INSERT INTO item SELECT i, hex(randomblob(8)) FROM n");
        using var batch = new SqliteBatchWriter(connection, SqliteBatchWriter.MaxBatchSize);
        using var insert = batch.Prepare("INSERT INTO written VALUES (?, ?, ?, ?, ?)");
        insert.Bind(1, 0).Bind(2, "name").Bind(3, new byte[] { 1 }).Bind(4, 1.5).Bind<string?>(5, null).Execute();
        using var reading = connection.CreateCommand();
        reading.CommandText = "SELECT count(*) FROM (SELECT name FROM item ORDER BY name)";
        var isOver = false;
        var reader = new Thread(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                reading.ExecuteScalar();
            }
        });
        reader.Start();

        // No batch boundary, which 101 operations a round would come to: the command that reads belongs to this transaction.
        var until = DateTime.UtcNow.AddSeconds(5);
        for (var i = 1; i < (SqliteBatchWriter.MaxBatchSize / 101) - 1 && DateTime.UtcNow < until; i++)
        {
            insert.Bind(1, i).Bind(2, "name").Bind(3, new byte[] { 1 }).Bind(4, 1.5).Bind<string?>(5, null).Execute();
            using (var unit = batch.BeginUnit())
            {
                unit.Complete();
            }

            batch.InsertMany("written", ["id", "name"], Enumerable.Range(0, 100), static (row, id) => row.Bind(1, id).Bind(2, "name"));
            GC.Collect(0);
        }

        Volatile.Write(ref isOver, true);
        reader.Join();
    }

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
