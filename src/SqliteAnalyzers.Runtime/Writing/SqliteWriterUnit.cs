#if NET
using System;
using Microsoft.Data.Sqlite;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// What the work of a caller of <see cref="SqliteSingleWriter"/> writes through, in the writer's transaction. It is good while the work runs, on the thread that runs it.
/// </summary>
public sealed class SqliteWriterUnit
{
    private readonly WriterConnection _connection;
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private bool _hasEnded;

    internal SqliteWriterUnit(WriterConnection connection) => _connection = connection;

    /// <summary>
    /// The writer's connection, for commands of your own. The transaction is the writer's: statements that begin or end one are refused (SQLite error 23), savepoints are not.
    /// Read readers to their end or dispose them, and leave the connection open.
    /// </summary>
    /// <exception cref="InvalidOperationException">The work has ended, or runs on another thread.</exception>
    public SqliteConnection Connection
    {
        get
        {
            ThrowIfNotRunning();
            return _connection.Connection;
        }
    }

    /// <summary>Executes one statement, which stays prepared for the next time the same text comes.</summary>
    /// <param name="sql">One statement.</param>
    /// <param name="values">A value for each parameter, by SQLite's numbers: the first for <c>?1</c>, or for the parameter that stands first in the text.</param>
    /// <returns>How many rows were inserted, updated or deleted; 0 for a statement that changes no rows.</returns>
    /// <exception cref="ArgumentException">The text is not one statement, the number of values is not that of the parameters, or SQLite has no type for a value.</exception>
    /// <exception cref="InvalidOperationException">The work has ended, or runs on another thread.</exception>
    /// <exception cref="SqliteException">The statement failed.</exception>
    public int Execute(string sql, params object?[]? values)
    {
        ThrowIfNotRunning();
        return _connection.Execute(sql, values ?? [null]);
    }

    /// <summary>As <see cref="Execute"/>.</summary>
    /// <returns>The first column of the first row, as of <c>RETURNING</c>: a long, double, string, byte[] or <see cref="DBNull.Value"/>; null if there is no row.</returns>
    /// <inheritdoc cref="Execute"/>
    public object? ExecuteScalar(string sql, params object?[]? values)
    {
        ThrowIfNotRunning();
        return _connection.ExecuteScalar(sql, values ?? [null]);
    }

    internal void End() => _hasEnded = true;

    private void ThrowIfNotRunning()
    {
        if (_hasEnded || Environment.CurrentManagedThreadId != _thread)
        {
            throw new InvalidOperationException("A unit of the writer can be used only by the work it was given to, while that runs and on its thread.");
        }
    }
}
#endif
