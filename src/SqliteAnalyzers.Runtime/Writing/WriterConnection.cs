#if NET
using System;
using System.Collections.Generic;
using System.Data;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// The single writer's connection, not pooled, and the transaction on it. It is opened again when the work of a caller has left it in a state that cannot be gone on with.
/// </summary>
/// <remarks>
/// The transaction is begun and ended by statements and not through the driver, so that commands of the work need not be told of it. An authorizer, which SQLite asks
/// when a statement is prepared, keeps the work from ending it, and a commit hook from storing anything by itself when SQLite has ended it after an error, which
/// <see cref="IsInTransaction"/> tells.
/// </remarks>
internal sealed class WriterConnection(Func<SqliteConnection> open, TimeSpan lockTimeout) : IDisposable
{
    /// <summary>The work of a unit is undone alone by rolling back to it.</summary>
    private const string Savepoint = "sqlite_single_writer_unit";

    private const int MostStatements = 256;

    // SQLITE_DBSTATUS_DEFERRED_FKS.
    private const int DeferredForeignKeys = 10;

    private readonly Dictionary<string, WriterStatement> _statements = new(StringComparer.Ordinal);
    private SqliteConnection? _connection;
    private sqlite3? _handle;
    private ConnectionHold? _hold;
    private WriterStatement? _begin;
    private WriterStatement? _commit;
    private WriterStatement? _rollback;
    private WriterStatement? _savepoint;
    private WriterStatement? _release;
    private WriterStatement? _rollbackTo;
    private bool _ownStatement;
    private ChangeCount _changes;

    public SqliteConnection Connection => _connection!;

    /// <summary>Whether the writer's transaction is open still.</summary>
    public bool IsInTransaction => IsUsable && NativeConnection.IsInTransaction(_handle!);

    private bool IsUsable => _connection is { State: ConnectionState.Open } && ReferenceEquals(_connection.Handle, _handle);

    /// <summary>The native connection, once it is open.</summary>
    public sqlite3? Handle => _handle;

    /// <summary>What the transaction has changed.</summary>
    public ChangeCount Changed => _changes;

    /// <summary>Begins a transaction, on a new connection if need be. Waits for nobody.</summary>
    /// <returns>Null, or what is in the way.</returns>
    /// <exception cref="SqliteException">The database cannot be opened, or not written.</exception>
    public SqliteException? TryBegin()
    {
        var isNew = !IsUsable;
        if (isNew)
        {
            Open();
        }

        raw.sqlite3_busy_timeout(_handle, 0);
        var result = Run(_begin!);
        if (result == raw.SQLITE_DONE)
        {
            _changes.Begin(_handle!);
            return null;
        }

        var failure = NativeConnection.Error(result, _handle!);
        if (failure.SqliteErrorCode != raw.SQLITE_BUSY && !BusyRetry.IsCurable(failure.SqliteExtendedErrorCode))
        {
            // What work has left on the connection, such as an interrupt that a reader keeps alive, is not the fault of those who come after it.
            Close();
            return isNew ? throw failure : TryBegin();
        }

        if (failure.SqliteExtendedErrorCode == raw.SQLITE_BUSY_SNAPSHOT)
        {
            // A reader that some work has left open keeps the connection in a state from which nobody may write any more.
            Close();
        }

        return failure;
    }

    /// <summary>Commits. Waits for nobody.</summary>
    /// <returns>Null, or what is in the way: <see cref="IsInTransaction"/> tells whether it can be tried again.</returns>
    public SqliteException? TryCommit()
    {
        var result = Run(_commit!);
        return result == raw.SQLITE_DONE ? null : NativeConnection.Error(result, _handle!);
    }

    /// <summary>Undoes what is not committed, whatever it takes.</summary>
    public void Rollback()
    {
        if (IsInTransaction)
        {
            Run(_rollback!);
        }

        if (!IsUsable || IsInTransaction)
        {
            Close();
        }
    }

    /// <summary>Begins a unit. Until it is kept or undone, nothing else may be done in the transaction.</summary>
    public void BeginUnit()
    {
        RunOrThrow(_savepoint!);
        _changes.BeginUnit(_handle!);
    }

    /// <summary>Keeps the unit.</summary>
    public void KeepUnit() => RunOrThrow(_release!);

    /// <summary>Why the unit cannot be committed, if it cannot: it breaks a foreign key that is looked at in the end.</summary>
    public SqliteException? BrokenForeignKey() =>
        raw.sqlite3_db_status(_handle, DeferredForeignKeys, out var broken, out _, 0) == raw.SQLITE_OK && broken != 0
            ? new($"SQLite Error {raw.SQLITE_CONSTRAINT}: 'FOREIGN KEY constraint failed'.", raw.SQLITE_CONSTRAINT, raw.SQLITE_CONSTRAINT_FOREIGNKEY)
            : null;

    /// <summary>Undoes the unit alone.</summary>
    public void UndoUnit()
    {
        RunOrThrow(_rollbackTo!);
        _changes.UndoUnit(_handle!);
        RunOrThrow(_release!);
    }

    /// <summary>Whether it is a statement that changes rows and nothing else, such as what is attached, or the savepoints: undone by a unit, it can be repeated.</summary>
    public bool ChangesRows(string sql)
    {
        try
        {
            return Statement(sql).ChangesRows;
        }
        catch (Exception exception) when (exception is SqliteException or ArgumentException or InvalidOperationException)
        {
            // Its caller is told when it is executed.
            return false;
        }
    }

    /// <summary>Executes a statement of a unit.</summary>
    public int Execute(string sql, object?[] values)
    {
        var statement = Statement(sql);
        return Changes(statement, statement.Run(values, lockTimeout));
    }

    /// <summary>Executes a statement of a unit for what it returns.</summary>
    public object? ExecuteScalar(string sql, object?[] values)
    {
        var statement = Statement(sql);
        Changes(statement, statement.Run(values, lockTimeout, out var scalar));
        return scalar;
    }

    public void Dispose() => Close();

    private int Changes(WriterStatement statement, int result) => result == raw.SQLITE_DONE ? statement.Changes : throw NativeConnection.Error(result, _handle!);

    private WriterStatement Statement(string sql)
    {
        if (!IsUsable)
        {
            throw new InvalidOperationException("The work has closed the writer's connection.");
        }

        ArgumentNullException.ThrowIfNull(sql);
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = new WriterStatement(_handle!, sql);
            if (_statements.Count >= MostStatements)
            {
                ForgetStatements();
            }

            _statements.Add(sql, statement);
        }

        return statement;
    }

    private void Open()
    {
        Close();
        _connection = open();
        _handle = _connection.Handle!;
        _hold = new ConnectionHold(_handle);
        _begin = new WriterStatement(_handle, "BEGIN IMMEDIATE");
        _commit = new WriterStatement(_handle, "COMMIT");
        _rollback = new WriterStatement(_handle, "ROLLBACK");
        _savepoint = new WriterStatement(_handle, $"SAVEPOINT {Savepoint}");
        _release = new WriterStatement(_handle, $"RELEASE {Savepoint}");
        _rollbackTo = new WriterStatement(_handle, $"ROLLBACK TO {Savepoint}");

        // No rollback hook: where the work disposes the connection SQLite rolls back later than SQLitePCLRaw frees the hook, and the process would end.
        raw.sqlite3_commit_hook(_handle, _ => _ownStatement ? 0 : 1, null);
        NativeConnection.Check(raw.sqlite3_set_authorizer(_handle, Authorize, null), _handle);
    }

    private void Close()
    {
        foreach (var statement in new[] { _begin, _commit, _rollback, _savepoint, _release, _rollbackTo })
        {
            statement?.Dispose();
        }

        ForgetStatements();
        try
        {
            _connection?.Dispose();
        }
        finally
        {
            _hold?.Dispose();
            _hold = null;
            _connection = null;
            _handle = null;
        }
    }

    private void ForgetStatements()
    {
        foreach (var (sql, statement) in _statements)
        {
            // What a function that it has called would free under it stays.
            if (!statement.IsRunning)
            {
                statement.Dispose();
                _statements.Remove(sql);
            }
        }
    }

    private int Authorize(object userData, int action, utf8z first, utf8z second, utf8z database, utf8z trigger) =>
        _ownStatement ? raw.SQLITE_OK
        : action == raw.SQLITE_TRANSACTION || (action == raw.SQLITE_SAVEPOINT && string.Equals(second.utf8_to_string(), Savepoint, StringComparison.OrdinalIgnoreCase)) ? raw.SQLITE_DENY
        : raw.SQLITE_OK;

    private void RunOrThrow(WriterStatement statement)
    {
        var result = Run(statement);
        if (result != raw.SQLITE_DONE)
        {
            throw NativeConnection.Error(result, _handle!);
        }
    }

    // SQLite prepares a statement again when the schema has changed, and asks the authorizer again.
    private int Run(WriterStatement statement)
    {
        _ownStatement = true;
        try
        {
            return statement.Run([], TimeSpan.Zero);
        }
        finally
        {
            _ownStatement = false;
        }
    }
}
#endif
