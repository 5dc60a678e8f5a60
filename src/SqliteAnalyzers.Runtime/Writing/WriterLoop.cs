#if NET
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// What the thread of the single writer does: it takes the units that wait, does their work in one transaction, each in a savepoint, commits, and tells the callers.
/// </summary>
/// <remarks>
/// A unit that fails is undone alone. When the whole transaction is lost, by a commit that fails or an error after which SQLite rolls everything back, each of its units
/// is done once more in a transaction of its own: those that are not to blame succeed, and the one that is fails its caller alone. A caller is told when the outcome of
/// the transaction is known, not before.
/// </remarks>
internal sealed class WriterLoop(WriterConnection connection, ChannelReader<WriterRequest> queue, SqliteSingleWriterOptions options)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(1);

    private readonly List<(WriterRequest Request, Exception? Failure)> _group = [];
    private volatile bool _isStopped;

    /// <summary>Lets what has not been begun fail.</summary>
    public void Stop() => _isStopped = true;

    /// <summary>Carries out what comes, until nothing will come any more.</summary>
    public void Run()
    {
        while (queue.TryRead(out var request) || WaitForMore())
        {
            if (request is not null)
            {
                CarryOutOrFail(request);
            }
        }

        connection.Dispose();
    }

    // The thread sleeps in the meantime.
    private bool WaitForMore() => queue.WaitToReadAsync().AsTask().GetAwaiter().GetResult();

    // Nobody may wait for ever because of what nobody has thought of, such as that there is no memory.
    private void CarryOutOrFail(WriterRequest first)
    {
        _group.Clear();
        try
        {
            CarryOut(first);
        }
        catch (Exception exception)
        {
            // Closing the connection rolls back.
            connection.Dispose();
            Tell(exception);
            FailThoseWhoCameBefore(first.Came, first, exception);
        }
    }

    private void CarryOut(WriterRequest first)
    {
        if (!TryBegin(out var obstacle, out var since))
        {
            FailThoseWhoCameBefore(since, first, obstacle);
            return;
        }

        var isLost = !TryGather(first) || !TryCommit(out obstacle);
        if (!isLost)
        {
            Tell();
        }
        else if (_group.Count > 1 && obstacle is not SqliteException { SqliteErrorCode: raw.SQLITE_BUSY })
        {
            CarryOutOneByOne();
        }
        else
        {
            Tell(obstacle);
        }
    }

    /// <summary>Begins the transaction, waiting for others at a constant interval.</summary>
    private bool TryBegin(out Exception? obstacle, out long since)
    {
        since = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                obstacle = connection.TryBegin();
            }
            catch (Exception exception)
            {
                obstacle = exception;
                return false;
            }

            if (obstacle is null)
            {
                return true;
            }

            if (_isStopped || Stopwatch.GetElapsedTime(since) >= options.LockTimeout)
            {
                return false;
            }

            Thread.Sleep(s_pause);
        }
    }

    /// <summary>Does the work of all who wait, as long as there is room and time.</summary>
    /// <returns>False if the transaction is lost.</returns>
    private bool TryGather(WriterRequest first)
    {
        var began = Stopwatch.GetTimestamp();
        var request = first;
        do
        {
            if (IsBegun(request))
            {
                _group.Add((request, null));
                if (!TryCarryOutInUnit(request, out var failure))
                {
                    _group[^1] = (request, failure);
                    connection.Rollback();
                    return false;
                }

                _group[^1] = (request, failure);
            }
        }
        while (_group.Count < options.MaxUnitsPerCommit && Stopwatch.GetElapsedTime(began) < options.MaxTimePerCommit && queue.TryRead(out request));
        return true;
    }

    private bool IsBegun(WriterRequest request)
    {
        if (!request.TryBegin())
        {
            return false;
        }

        if (_isStopped)
        {
            request.Fail(SqliteSingleWriter.Disposed());
            return false;
        }

        return true;
    }

    /// <summary>Does the work of one caller in a savepoint, and undoes it alone if it fails.</summary>
    /// <param name="request">The work.</param>
    /// <param name="failure">Why it failed, if it did.</param>
    /// <returns>False if the transaction is lost.</returns>
    private bool TryCarryOutInUnit(WriterRequest request, out Exception? failure)
    {
        failure = null;
        try
        {
            connection.BeginUnit();
            failure = Run(request);
            if (!connection.IsInTransaction)
            {
                failure ??= new InvalidOperationException("The work has closed the writer's connection or ended its transaction. Nothing of it is stored.");
                return false;
            }

            failure ??= connection.TryKeepUnit();
            if (failure is not null)
            {
                connection.UndoUnit();
            }

            return true;
        }
        catch (SqliteException exception)
        {
            failure ??= exception;
            return false;
        }
    }

    private Exception? Run(WriterRequest request)
    {
        var unit = new SqliteWriterUnit(connection);
        try
        {
            request.Run(unit);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
        finally
        {
            unit.End();
        }
    }

    /// <summary>Commits, waiting for readers where there is no WAL. If that fails, nothing is stored.</summary>
    private bool TryCommit(out Exception? obstacle)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var failure = connection.TryCommit();
            obstacle = failure;
            if (failure is null)
            {
                return true;
            }

            if (failure.SqliteErrorCode != raw.SQLITE_BUSY || !connection.IsInTransaction || Stopwatch.GetElapsedTime(began) >= options.LockTimeout)
            {
                connection.Rollback();
                return false;
            }

            Thread.Sleep(s_pause);
        }
    }

    private void CarryOutOneByOne()
    {
        foreach (var (request, _) in _group)
        {
            if (!TryBegin(out var obstacle, out _))
            {
                request.Fail(obstacle!);
                continue;
            }

            if (!TryCarryOutInUnit(request, out var failure))
            {
                connection.Rollback();
            }
            else if (!TryCommit(out obstacle))
            {
                failure ??= obstacle;
            }

            Tell(request, failure);
        }
    }

    private void Tell(Exception? obstacle = null)
    {
        foreach (var (request, failure) in _group)
        {
            Tell(request, failure ?? obstacle);
        }
    }

    private static void Tell(WriterRequest request, Exception? failure)
    {
        if (failure is null)
        {
            request.Complete();
        }
        else
        {
            request.Fail(failure);
        }
    }

    // They have all waited as long as is to be waited. Those who came later begin to wait anew.
    private void FailThoseWhoCameBefore(long since, WriterRequest first, Exception? obstacle)
    {
        var request = first;
        while (true)
        {
            if (IsBegun(request))
            {
                request.Fail(obstacle!);
            }

            if (!queue.TryPeek(out var next) || next.Came > since || !queue.TryRead(out request))
            {
                return;
            }
        }
    }
}
#endif
