using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Benchmarks.Writers;

/// <summary>
/// Each producer has a connection without a busy_timeout, and tries for the lock again and again after the same short time: on a thread that sleeps, as the busy
/// handler of Rails does since rails/rails#51958, or without one, as pal-tamas/rask#363 does. Written from what is said there.
/// </summary>
internal sealed class OwnRetries(SharedDatabase database, bool onThread) : Writing
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    private readonly ConcurrentBag<UnitCommand> _commands = [];

    public override Func<long, Task> NewProducer()
    {
        var connection = database.Open();
        var command = new UnitCommand(connection);
        _commands.Add(command);
        raw.sqlite3_busy_timeout(connection.Handle, 0);
        return key => WriteAsync(connection, command, key);
    }

    public override void Dispose()
    {
        foreach (var command in _commands)
        {
            command.Dispose();
        }
    }

    private async Task WriteAsync(SqliteConnection connection, UnitCommand command, long key)
    {
        for (var began = Stopwatch.GetTimestamp(); raw.sqlite3_exec(connection.Handle, "BEGIN IMMEDIATE") is not raw.SQLITE_OK and var result;)
        {
            if (result != raw.SQLITE_BUSY || Stopwatch.GetElapsedTime(began) > s_timeout)
            {
                SqliteException.ThrowExceptionForRC(result, connection.Handle);
            }

            if (onThread)
            {
                Thread.Sleep(s_interval);
            }
            else
            {
                await Task.Delay(s_interval);
            }
        }

        command.Write(key, transaction: null);
        SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(connection.Handle, "COMMIT"), connection.Handle);
    }
}
