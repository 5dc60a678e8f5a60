using System;
using System.Collections.Generic;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>The bulk inserts of a batch: those at work, one in the source of the other or taking turns, and a few that are kept for the next rows of the same table.</summary>
internal sealed class BulkInserts(SqliteConnection connection, sqlite3 handle, BatchTransaction transaction, StatementCache statements) : IDisposable
{
    // Each has statements of many rows, up to a megabyte in all.
    private const int MostKept = 16;

    // The last used stands last.
    private readonly List<BulkInsert> _all = [];

    // The only one with rows that wait: so rows go in the order in which they come.
    private BulkInsert? _gathering;

    /// <summary>Begins to insert rows, after those that are gathered already.</summary>
    public BulkInsert Start(InsertTarget target)
    {
        FlushBefore();
        var index = IndexOf(target);
        var insert = index >= 0 ? _all[index] : new BulkInsert(connection, handle, transaction, statements, target);
        if (index >= 0)
        {
            _all.RemoveAt(index);
        }

        while (_all.Count >= MostKept && _all.FindIndex(kept => !kept.IsRunning) is >= 0 and var oldest)
        {
            _all[oldest].Dispose();
            _all.RemoveAt(oldest);
        }

        _all.Add(insert);
        insert.Start();
        _gathering = insert;
        return insert;
    }

    public bool IsGathering(BulkInsert insert) => _gathering == insert;

    /// <summary>Lets it gather rows, after those that another one has gathered.</summary>
    public void Gather(BulkInsert insert)
    {
        FlushBefore();
        _gathering = insert;
    }

    /// <summary>Inserts the rows gathered so far.</summary>
    public void Flush() => _gathering?.Flush();

    /// <summary>Forgets the rows gathered so far.</summary>
    public void Discard() => _gathering?.Discard();

    public void Dispose()
    {
        foreach (var insert in _all)
        {
            insert.Dispose();
        }

        _all.Clear();
    }

    // A refused row is told to the bulk insert that it belongs to, when that one goes on.
    private void FlushBefore()
    {
        try
        {
            Flush();
        }
        catch (SqliteRowException)
        {
        }
    }

    // Without a delegate, which would be allocated for each bulk insert.
    private int IndexOf(in InsertTarget target)
    {
        var index = _all.Count - 1;
        while (index >= 0 && (_all[index].IsRunning || !_all[index].IsFor(target)))
        {
            index--;
        }

        return index;
    }
}
