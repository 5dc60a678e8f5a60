#if !NETSTANDARD_BUILD
using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Torture;

/// <summary>
/// Many producers hand units to one writer, for ever, until the process is killed. Each unit is a row in one table and its lines in another; some fail on purpose. What is
/// acknowledged is said after the task has completed.
/// </summary>
internal static class KilledSingleWriter
{
    public const string Name = "killed-single-writer";
    public const string Acknowledged = "acknowledged";
    public const string Failed = "failed";
    public const int Lines = 3;

    private const int Producers = 24;

    /// <summary>Tables that let a unit stand twice, so that it is seen if it does.</summary>
    public static void CreateTables(SqliteConnection connection) =>
        connection.Run("CREATE TABLE IF NOT EXISTS unit (id INTEGER); CREATE TABLE IF NOT EXISTS line (unit INTEGER, number INTEGER); CREATE INDEX IF NOT EXISTS line_unit ON line (unit); CREATE TABLE IF NOT EXISTS once (id INTEGER PRIMARY KEY); INSERT OR IGNORE INTO once VALUES (1)");

    public static void Run(string path, string firstId)
    {
        var writer = new SqliteSingleWriter($"Data Source={path}", new() { MaxUnitsPerCommit = 16 });
        var next = Message.Number(firstId);
        Task.WaitAll(Enumerable.Range(0, Producers).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                var id = Interlocked.Increment(ref next);
                try
                {
                    await writer.RunAsync(unit => Write(unit, id));
                    Message.Say(Acknowledged, id);
                }
                catch (Exception exception) when (exception is SqliteException or FormatException)
                {
                    Message.Say(Failed, id);
                }
            }
        })).ToArray());
    }

    private static void Write(SqliteWriterUnit unit, long id)
    {
        unit.Execute("INSERT INTO unit VALUES (?)", id);
        for (var number = 0; number < Lines; number++)
        {
            unit.Execute("INSERT INTO line VALUES (?, ?)", id, number);
        }

        switch (id % 50)
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
