#if !NETSTANDARD_BUILD
using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Torture;

/// <summary>What goes wrong under a single writer, for which many callers wait: each gets the error, and what failed is nowhere.</summary>
internal static class SingleWriterFaults
{
    private const int SqliteBusy = 5;
    private const int SqliteIoError = 10;
    private const int SqliteFull = 13;
    private const int Callers = 200;

    public static IReadOnlyList<Fault> All { get; } =
    [
        new("full-under-writer", "the disk is full under `SqliteSingleWriter`", FaultMeans.SmallDisk, OnFullDisk),
        new("quota-under-writer", "the quota is used up under `SqliteSingleWriter`", FaultMeans.FileSizeLimit, OverQuota),
        new("locked-under-writer", "another process writes for longer than `SqliteSingleWriter` waits", FaultMeans.None, Locked),
    ];

    private static void OnFullDisk(FaultScene scene)
    {
        var disk = new SmallDisk(scene.Folder);
        disk.Fill(blocksLeft: 200);
        FailAndGoOn(scene, SqliteFull, callers => callers.UntilOneFails(), disk.MakeRoom);
    }

    private static void OverQuota(FaultScene scene)
    {
        FileSizeLimit? limit = null;
        FailAndGoOn(
            scene,
            SqliteIoError,
            callers =>
            {
                limit = new FileSizeLimit(500_001);
                callers.UntilOneFails();
            },
            () => limit!.Dispose());
    }

    private static void Locked(FaultScene scene)
    {
        ChildProcess? holder = null;
        FailAndGoOn(
            scene,
            SqliteBusy,
            callers =>
            {
                holder = LockHolder.Start(scene.Database, LockHolder.Writes);
                callers.Together();
            },
            () => holder!.Dispose());
    }

    private static void FailAndGoOn(FaultScene scene, int code, Action<CallersOfWriter> fail, Action endFault)
    {
        using (var connection = scene.Open())
        {
            KeyedUnits.CreateTables(connection);
        }

        var books = new KeyedBooks();
        var options = new SqliteSingleWriterOptions { MaxUnitsPerCommit = 50, LockTimeout = TimeSpan.FromMilliseconds(200) };
        using (var writer = new SqliteSingleWriter($"Data Source={scene.Database}", options, FaultScene.NoAutoCheckpoint))
        {
            var callers = new CallersOfWriter(writer, books);
            scene.Require(callers.Together().Count == 0, "all callers succeed before the fault");
            fail(callers);
            scene.Require(callers.Failures.Count > 0, "somebody is told of the fault");
            foreach (var failure in callers.Failures)
            {
                scene.MustFail(code, "", () => throw failure);
            }

            Verify(scene, books);
            endFault();
            scene.Require(callers.Together().Count == 0, "all callers succeed after the fault");
            Verify(scene, books);
        }

        Verify(scene, books);
    }

    // Nobody is at work: what is there is what was acknowledged.
    private static void Verify(FaultScene scene, KeyedBooks books)
    {
        var acknowledged = books.Copy();
        var found = KeyedUnits.Find(scene.Database);
        scene.Require(found.Problems.Count == 0, string.Join(", ", found.Problems.Prepend("the database is whole")));
        var wrong = books.Compare(acknowledged, found).ToList();
        scene.Require(wrong.Count == 0, string.Join(", ", wrong.Prepend("acknowledged units are there, and failed ones are not")));
        scene.Require(found.Keys.Count == acknowledged.Count, $"{acknowledged.Count} units are to be there, {found.Keys.Count} are");
    }

    /// <summary>Many callers at once, again and again.</summary>
    private sealed class CallersOfWriter(SqliteSingleWriter writer, KeyedBooks books)
    {
        private long _key;

        /// <summary>What callers have got, each message once.</summary>
        public IReadOnlyList<SqliteException> Failures { get; private set; } = [];

        public void UntilOneFails()
        {
            while (Together().Count == 0)
            {
            }
        }

        /// <returns>What callers got.</returns>
        public IReadOnlyList<SqliteException> Together()
        {
            var work = Enumerable.Range(0, Callers).Select(_ => ++_key).Select(key => (Key: key, Task: writer.RunAsync(unit => KeyedUnits.Write(unit.Execute, key)))).ToList();
            var failures = new List<SqliteException>();
            foreach (var (key, task) in work)
            {
                try
                {
                    task.GetAwaiter().GetResult();
                    books.Acknowledged(key);
                }
                catch (SqliteException exception)
                {
                    books.Failed(key);
                    failures.Add(exception);
                }
            }

            Failures = [.. Failures.Concat(failures).DistinctBy(f => f.Message)];
            return failures;
        }
    }
}
#endif
