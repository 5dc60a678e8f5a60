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
internal sealed class WriterLoop(WriterConnection connection, ChannelReader<WriterRequest> queue, Func<int> queueLength, SqliteSingleWriterOptions options)
{
    private const int NoStatements = -1;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(1);

    private readonly List<(WriterRequest Request, Exception? Failure)> _group = [];

    private readonly List<ClosingRequest> _closing = [];

    /// <summary>From which of the group on statements share a savepoint.</summary>
    private int _statements = NoStatements;

    private sqlite3? _known;
    private volatile bool _isStopped;

    /// <summary>The name of the database's file, as far as is known.</summary>
    public string? Database { get; private set; }

    /// <summary>How many units wait, for room too.</summary>
    public int Waiting => queueLength();

    /// <summary>Lets what has not been begun fail.</summary>
    public void Stop() => _isStopped = true;

    /// <summary>Carries out what comes, until nothing will come any more.</summary>
    public void Run()
    {
        Observed.Begins(this);
        while (queue.TryRead(out var request) || WaitForMore())
        {
            if (request is not null)
            {
                CarryOutOrFail(request);
                CloseIfAsked();
            }
        }

        Observed.Ends(this);
        GiveUpConnection();
    }

    // The thread sleeps in the meantime.
    private bool WaitForMore() => queue.WaitToReadAsync().AsTask().GetAwaiter().GetResult();

    // Nobody may wait for ever because of what nobody has thought of, such as that there is no memory.
    private void CarryOutOrFail(WriterRequest first)
    {
        _group.Clear();
        if (IsClosing(first))
        {
            return;
        }

        try
        {
            CarryOut(first);
        }
        catch (Exception exception)
        {
            GiveUpConnection();
            TellAll(exception);
            FailThoseWhoCameBefore(first.Came, first, exception);
        }
    }

    // Who asks for it waits for all who came before, and nobody for him.
    private bool IsClosing(WriterRequest request)
    {
        if (request is ClosingRequest closing)
        {
            _closing.Add(closing);
            return true;
        }

        return false;
    }

    private void CloseIfAsked()
    {
        foreach (var closing in _closing)
        {
            if (closing.TryBegin())
            {
                GiveUpConnection();
                closing.Complete();
            }
        }

        _closing.Clear();
    }

    // Closing it rolls back. What cannot even be closed is left, and the next transaction takes a new one.
    private void GiveUpConnection()
    {
        try
        {
            connection.Dispose();
        }
        catch (Exception)
        {
            // The callers are told what was wrong in the first place. Work of theirs may have left a handler that throws.
        }
    }

    private void CarryOut(WriterRequest first)
    {
        if (!TryBegin(out var obstacle, out var since))
        {
            FailThoseWhoCameBefore(since, first, obstacle);
            return;
        }

        var loss = Gather(first);
        if (loss is not null)
        {
            connection.Rollback();
        }
        else if (TryCommit(out obstacle))
        {
            Observed.Units(connection.Handle!, _group.Count);
            TellAll(null);
            return;
        }

        // Where readers keep a commit waiting it is not the work that is to blame.
        var isKeptOut = loss is null && obstacle is SqliteException { SqliteErrorCode: raw.SQLITE_BUSY };
        if (_group.Count > 1 && !isKeptOut)
        {
            CarryOutOneByOne();
        }
        else
        {
            TellAll(loss ?? obstacle);
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
                KnowDatabase();
                Observed.LockWait(connection.Handle!, Observed.SingleWriter, since, failure: null);
                return true;
            }

            Observed.Busy(connection.Connection);
            if (_isStopped || Stopwatch.GetElapsedTime(since) >= options.LockTimeout)
            {
                Observed.LockWait(connection.Handle, Observed.SingleWriter, since, obstacle);
                return false;
            }

            Thread.Sleep(s_pause);
        }
    }

    /// <summary>Does the work of all who wait, as long as there is room and time.</summary>
    /// <returns>Null; or why the transaction is lost.</returns>
    private Exception? Gather(WriterRequest first)
    {
        var began = Stopwatch.GetTimestamp();
        var request = first;
        _statements = NoStatements;
        try
        {
            do
            {
                if (IsClosing(request))
                {
                    break;
                }

                if (IsBegun(request))
                {
                    CarryOutInGroup(request);
                }
            }
            while (_group.Count < options.MaxUnitsPerCommit && Stopwatch.GetElapsedTime(began) < options.MaxTimePerCommit && queue.TryRead(out request));
            EndStatements();
            return null;
        }
        catch (TransactionLostException exception)
        {
            return exception.InnerException;
        }
        catch (SqliteException exception)
        {
            return exception;
        }
    }

    // A savepoint costs as much as two rows. Statements that change rows can be repeated, and nobody notices: so those that follow each other share one.
    private void CarryOutInGroup(WriterRequest request)
    {
        // Who is in the group is told, whatever happens.
        var index = _group.Count;
        _group.Add((request, null));
        if (request.Statement is not { } sql || !connection.ChangesRows(sql))
        {
            EndStatements();
            CarryOutInUnit(index);
            return;
        }

        if (_statements == NoStatements)
        {
            connection.BeginUnit();
            _statements = index;
        }

        if (Run(request) is not null)
        {
            RepeatStatements();
        }
    }

    private void EndStatements()
    {
        if (_statements != NoStatements)
        {
            connection.KeepUnit();
            _statements = NoStatements;
        }
    }

    // One of them failed: now each is looked at alone.
    private void RepeatStatements()
    {
        connection.UndoUnit();
        var first = _statements;
        _statements = NoStatements;
        for (var i = first; i < _group.Count; i++)
        {
            CarryOutInUnit(i);
        }
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

    /// <summary>Does the work of one of the group in a savepoint, and undoes it alone if it fails.</summary>
    private void CarryOutInUnit(int index)
    {
        var request = _group[index].Request;
        connection.BeginUnit();
        var failure = Run(request);
        if (failure is null)
        {
            connection.KeepUnit();
        }
        else
        {
            connection.UndoUnit();
        }

        _group[index] = (request, failure);
    }

    /// <summary>Does the work of one caller.</summary>
    /// <returns>Why it failed, if it did.</returns>
    /// <exception cref="TransactionLostException">The transaction is over.</exception>
    private Exception? Run(WriterRequest request)
    {
        var unit = new SqliteWriterUnit(connection);
        Exception? failure = null;
        try
        {
            request.Run(unit);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        unit.End();
        return connection.IsInTransaction
            ? failure ?? connection.BrokenForeignKey()
            : throw new TransactionLostException(
                failure ?? new InvalidOperationException("The work has closed the writer's connection, or gone on after an error that ended the transaction. Nothing of it is stored."));
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
                Observed.Commit(connection.Handle!, Observed.SingleWriter, began, connection.Changed, failure: null);
                return true;
            }

            var isKeptOut = BusyRetry.IsCurable(failure.SqliteExtendedErrorCode);
            if (isKeptOut)
            {
                Observed.Busy(connection.Connection);
            }

            if (!isKeptOut || !connection.IsInTransaction || Stopwatch.GetElapsedTime(began) >= options.LockTimeout)
            {
                Observed.Commit(connection.Handle!, Observed.SingleWriter, began, connection.Changed, failure);
                connection.Rollback();
                return false;
            }

            Thread.Sleep(s_pause);
        }
    }

    // Asked for by those who measure, on threads of theirs.
    private void KnowDatabase()
    {
        if (!ReferenceEquals(_known, connection.Handle))
        {
            _known = connection.Handle;
            Database = Observed.DatabaseOf(NativeConnection.FileName(_known!, "main"));
        }
    }

    private void CarryOutOneByOne()
    {
        for (var i = 0; i < _group.Count; i++)
        {
            if (TryBegin(out var obstacle, out _))
            {
                try
                {
                    CarryOutInUnit(i);
                    if (TryCommit(out obstacle))
                    {
                        Observed.Units(connection.Handle!, 1);
                    }
                }
                catch (Exception exception) when (exception is TransactionLostException or SqliteException)
                {
                    connection.Rollback();
                    _group[i] = (_group[i].Request, exception.InnerException ?? exception);
                }
            }
            else
            {
                _group[i] = (_group[i].Request, obstacle);
            }

            Tell(_group[i], obstacle);
        }
    }

    private void TellAll(Exception? obstacle)
    {
        foreach (var outcome in _group)
        {
            Tell(outcome, obstacle);
        }
    }

    // Whose work has failed by itself is told why, whatever became of the others.
    private void Tell((WriterRequest Request, Exception? Failure) outcome, Exception? obstacle)
    {
        Observed.Unit(Database, outcome.Request.Came, outcome.Failure ?? obstacle);
        if ((outcome.Failure ?? obstacle) is { } failure)
        {
            outcome.Request.Fail(failure);
        }
        else
        {
            outcome.Request.Complete();
        }
    }

    // They have all waited as long as is to be waited. Those who came later begin to wait anew.
    private void FailThoseWhoCameBefore(long since, WriterRequest first, Exception? obstacle)
    {
        var request = first;
        while (true)
        {
            if (IsClosing(request))
            {
                return;
            }

            if (IsBegun(request))
            {
                Observed.Unit(Database, request.Came, obstacle);
                request.Fail(obstacle!);
            }

            if (!queue.TryPeek(out var next) || next.Came > since || !queue.TryRead(out request))
            {
                return;
            }
        }
    }

    /// <summary>The transaction ended under some work: SQLite rolled it back, or the connection is closed.</summary>
    private sealed class TransactionLostException(Exception reason) : Exception(reason.Message, reason);
}
#endif
