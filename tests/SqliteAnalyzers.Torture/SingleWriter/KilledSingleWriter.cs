#if !NETSTANDARD_BUILD
using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Torture;

/// <summary>
/// Many producers hand units to one writer, for ever, until the process is killed. Some units fail on purpose. What is acknowledged is said after the task has completed.
/// </summary>
internal static class KilledSingleWriter
{
    public const string Name = "killed-single-writer";

    public static void Run(SingleWriterSettings settings)
    {
        LoadCode(settings);
        Message.Say(KillPhase.Opening);
        var writer = new SqliteSingleWriter($"Data Source={settings.Path}", settings.Options, settings.ConnectionOptions);
        Open(writer);
        Message.Say(KillPhase.Batch);
        var next = settings.FirstKey;
        Task.WaitAll(Enumerable.Range(0, KeyedUnits.Callers).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                var key = Interlocked.Increment(ref next);
                try
                {
                    await writer.RunAsync(unit => Write(unit, key));
                    Message.Say(Message.Acknowledged, key);
                }
                catch (Exception exception) when (exception is SqliteException or FormatException)
                {
                    Message.Say(Message.Failed, key);
                }
            }
        })).ToArray());
    }

    // So that what is killed at the opening is SQLite, and not the compiler.
    private static void LoadCode(SingleWriterSettings settings)
    {
        using var writer = new SqliteSingleWriter("Data Source=:memory:", settings.Options, settings.ConnectionOptions);
        Open(writer);
    }

    private static void Open(SqliteSingleWriter writer) => writer.RunAsync(unit => unit.ExecuteScalar("SELECT count(*) FROM sqlite_master")).Wait();

    private static void Write(SqliteWriterUnit unit, long key)
    {
        KeyedUnits.Write(unit.Execute, key);
        switch (key % 50)
        {
            case 7:
                throw new FormatException();
            case 17:
                // SQLite then rolls back everything that shares the commit.
                unit.Execute("INSERT OR ROLLBACK INTO once VALUES (1)");
                break;
            default:
                break;
        }
    }
}
#endif
