using System;
using System.Collections.Generic;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>The bulk inserts of a batch: those at work, one in the source of the other, and a few that are kept for the next rows of the same table.</summary>
internal sealed class BulkInserts(SqliteConnection connection, sqlite3 handle, BatchTransaction transaction, StatementCache statements) : IDisposable
{
    // Each has statements of many rows, up to a megabyte in all.
    private const int MostKept = 16;

    // The last used stands last.
    private readonly List<BulkInsert> _all = [];
    private readonly Stack<BulkInsert> _running = new();

    /// <summary>Begins to insert rows, after those that are gathered already.</summary>
    public BulkInsert Start(InsertTarget target)
    {
        Flush();
        var index = _all.FindLastIndex(insert => !insert.IsRunning && insert.IsFor(target));
        var insert = index >= 0 ? _all[index] : new BulkInsert(connection, handle, transaction, statements, target);
        if (index >= 0)
        {
            _all.RemoveAt(index);
        }
        else if (_all.Count >= MostKept && _all.FindIndex(kept => !kept.IsRunning) is >= 0 and var oldest)
        {
            _all[oldest].Dispose();
            _all.RemoveAt(oldest);
        }

        _all.Add(insert);
        insert.Start();
        _running.Push(insert);
        return insert;
    }

    /// <summary>Ends it, and those in its source.</summary>
    public void Stop(BulkInsert insert)
    {
        while (insert.IsRunning)
        {
            _running.Pop().Stop();
        }
    }

    /// <summary>Inserts the rows gathered so far.</summary>
    public void Flush()
    {
        if (_running.Count > 0)
        {
            _running.Peek().Flush();
        }
    }

    /// <summary>Forgets the rows gathered so far.</summary>
    public void Discard()
    {
        if (_running.Count > 0)
        {
            _running.Peek().Discard();
        }
    }

    public void Dispose()
    {
        foreach (var insert in _all)
        {
            insert.Dispose();
        }

        _all.Clear();
    }
}
