using System;
using System.Collections.Generic;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>Prepared statements by their text. Texts that never come again, such as those with values written into them, push the others out.</summary>
internal sealed class StatementCache(sqlite3 connection) : IDisposable
{
    private const int Capacity = 64;

    private static readonly HashSet<string> s_transactionWords =
        new(StringComparer.OrdinalIgnoreCase) { "BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE" };

    private readonly Dictionary<string, (NativeStatement Statement, ParameterBuffer Values)> _bySql = new(StringComparer.Ordinal);

    public static NativeStatement Prepare(sqlite3 connection, string sql)
    {
        if (sql is null)
        {
            throw new ArgumentNullException(nameof(sql));
        }

        var word = SqlText.FirstWord(sql);
        return s_transactionWords.Contains(word)
            ? throw new ArgumentException($"{word} begins or ends a transaction, which the batch does itself: use Commit, Rollback or BeginUnit.", nameof(sql))
            : new NativeStatement(connection, sql);
    }

    public (NativeStatement Statement, ParameterBuffer Values) Get(string sql)
    {
        if (sql is not null && _bySql.TryGetValue(sql, out var cached))
        {
            return cached;
        }

        var statement = Prepare(connection, sql!);
        if (_bySql.Count == Capacity)
        {
            Dispose();
        }

        var prepared = (statement, new ParameterBuffer(statement.ParameterCount));
        _bySql.Add(sql!, prepared);
        return prepared;
    }

    public void Dispose()
    {
        foreach (var (statement, _) in _bySql.Values)
        {
            statement.Dispose();
        }

        _bySql.Clear();
    }
}
