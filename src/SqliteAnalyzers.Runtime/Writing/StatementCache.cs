using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// Prepared statements by their text, one for each, however many ask for it. The ones longest unused make room for new ones, and are prepared
/// again when they are asked for again: so that texts with values written into them cannot fill the memory.
/// </summary>
internal sealed class StatementCache(SqliteConnection connection, sqlite3 handle, Func<string?, string, string>? require = null) : IDisposable
{
    private const int Capacity = 256;

    private readonly Dictionary<string, Entry> _bySql = new(StringComparer.Ordinal);
    private long _uses;

    /// <summary>The statement. It is good until the next call.</summary>
    /// <exception cref="ArgumentException">The text holds no statement or more than one.</exception>
    /// <exception cref="SqliteException">SQLite does not understand it, or the schema cannot be read.</exception>
    public NativeStatement Get(string sql)
    {
        if (sql is null || !_bySql.TryGetValue(sql, out var entry))
        {
            sql = require?.Invoke(sql, nameof(sql)) ?? sql!;
            entry = new Entry(NativeStatement.Prepare(handle, sql, BusyRetry.AsCommandsOf(connection)));
            if (_bySql.Count == Capacity)
            {
                DropHalf();
            }

            _bySql.Add(sql, entry);
        }

        entry.LastUse = ++_uses;
        return entry.Statement;
    }

    public void Dispose()
    {
        foreach (var entry in _bySql.Values)
        {
            entry.Statement.Dispose();
        }

        _bySql.Clear();
    }

    private void DropHalf()
    {
        foreach (var (sql, entry) in _bySql.Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Value.LastUse).Take(Capacity / 2).ToList())
        {
            entry.Statement.Dispose();
            _bySql.Remove(sql);
        }
    }

    private sealed class Entry(NativeStatement statement)
    {
        public NativeStatement Statement => statement;

        public long LastUse { get; set; }
    }
}
