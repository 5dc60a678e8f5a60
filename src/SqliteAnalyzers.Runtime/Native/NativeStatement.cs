using System;
using System.Runtime.CompilerServices;
#if NET
using System.Runtime.InteropServices;
#endif
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// A prepared statement on the connection's own handle. Every run takes its values from a buffer and leaves the statement ready for the next run.
/// </summary>
/// <remarks>
/// For one thread at a time, and not to be disposed during a run: an <see cref="OperationGate"/> sees to both. As long as the statement is not disposed
/// SQLite keeps the native connection, even one that is closed already, and so its address and that of its mutex hold.
/// </remarks>
internal sealed unsafe class NativeStatement : IDisposable
{
    /// <summary>In place of a result of SQLite: the statement was not run, because no transaction is open.</summary>
    public const int NoTransaction = -1;

    private const int StatementStatusReprepare = 5;

    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private readonly Kind _kind;
#if NET
    private readonly IntPtr _connectionAddress;
    private readonly IntPtr _address;
    private readonly IntPtr _mutex;
#endif
    private int _changes;

    /// <summary>Prepares a single statement.</summary>
    /// <exception cref="ArgumentException">The text holds no statement or more than one.</exception>
    /// <exception cref="SqliteException">SQLite does not understand it, or the schema cannot be read.</exception>
    public NativeStatement(sqlite3 connection, string sql)
    {
        _connection = connection;
        NativeConnection.Check(raw.sqlite3_prepare_v2(connection, sql, out _statement, out var rest), connection);
        if (_statement.IsInvalid)
        {
            throw new ArgumentException("The SQL holds no statement.", nameof(sql));
        }

        if (!SqlText.IsBlank(rest))
        {
            _statement.Dispose();
            throw new ArgumentException($"The SQL holds more than one statement. The second is: {rest.Trim()}", nameof(sql));
        }

        ParameterCount = raw.sqlite3_bind_parameter_count(_statement);
        _kind = raw.sqlite3_stmt_readonly(_statement) != 0 ? Kind.ReadsOnly : SqlText.ChangesRows(sql) ? Kind.ChangesRows : Kind.ChangesSchema;
#if NET
        if (DirectCalls.Available)
        {
            _connectionAddress = connection.DangerousGetHandle();
            _address = _statement.DangerousGetHandle();
            _mutex = DirectCalls.ConnectionMutex(_connectionAddress);
        }
#endif
    }

    private enum Kind
    {
        ReadsOnly,
        ChangesRows,
        ChangesSchema,
    }

    public int ParameterCount { get; }

    public bool IsDisposed => _statement.IsClosed;

    /// <summary>Whether it inserts, updates or deletes rows, and does nothing else.</summary>
    public bool ChangesRows => _kind == Kind.ChangesRows;

    /// <summary>How many rows the last run inserted, updated or deleted: -1 if the statement cannot write, 0 if what it writes are not rows.</summary>
    public int Changes => _kind switch
    {
        Kind.ChangesRows => _changes,
        Kind.ChangesSchema => 0,
        _ => -1,
    };

    /// <summary>As <see cref="NativeStatement(sqlite3, string)"/>, and waits for locks that keep the schema from being read.</summary>
    public static NativeStatement Prepare(sqlite3 connection, string sql, BusyRetry retry)
    {
        while (true)
        {
            try
            {
                return new NativeStatement(connection, sql);
            }
            catch (SqliteException exception) when (BusyRetry.IsCurable(exception.SqliteExtendedErrorCode))
            {
                if (!retry.Wait())
                {
                    throw;
                }
            }
        }
    }

    /// <summary>How often SQLite has had to prepare the statement again, because the schema or a function had become another one.</summary>
    public int Repreparations => raw.sqlite3_stmt_status(_statement, StatementStatusReprepare, 0);

    /// <summary>The number of a named parameter, from 1 on; 0 if there is none of that name.</summary>
    /// <remarks>SQLite reads a name to its first NUL.</remarks>
    public int ParameterIndex(string name) => name.IndexOf('\0') >= 0 ? 0 : raw.sqlite3_bind_parameter_index(_statement, name);

    public string? ParameterName(int index) => raw.sqlite3_bind_parameter_name(_statement, index).utf8_to_string();

    /// <summary>
    /// Binds all parameters to the values from <paramref name="start"/> on, and runs the statement to its end. SQLite looks at texts and blobs in the buffer
    /// until then.
    /// </summary>
    /// <param name="values">The values.</param>
    /// <param name="start">Which of them is the first parameter's.</param>
    /// <param name="inTransaction">Whether to run only in a transaction, which nobody can end between the question and the run.</param>
    /// <returns>SQLITE_DONE, <see cref="NoTransaction"/>, or the error.</returns>
    public int Run(ParameterBuffer values, int start, bool inTransaction = false)
    {
#if NET
        if (_address != IntPtr.Zero)
        {
            return RunDirectly(values, start, inTransaction);
        }
#endif
        var result = BindThroughProvider(values, start, inTransaction);
        if (result != raw.SQLITE_OK)
        {
            return result;
        }

        do
        {
            result = raw.sqlite3_step(_statement);
        }
        while (result == raw.SQLITE_ROW);

        return Finish(result);
    }

    /// <summary>As <see cref="Run(ParameterBuffer, int, bool)"/> in a transaction, and waits for the locks of others as a command of the connection does.</summary>
    public int RunInTransaction(ParameterBuffer values, int start, SqliteConnection connection)
    {
        var result = Run(values, start, inTransaction: true);
        return IsKeptOut(result) ? RunWhenLetIn(values, start, connection, result) : result;
    }

    /// <summary>Whether a lock of somebody else kept the statement from being tried.</summary>
    public bool IsKeptOut(int result) =>
        (result & 0xFF) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED && BusyRetry.IsCurable(raw.sqlite3_extended_errcode(_connection));

    /// <summary>As <see cref="Run(ParameterBuffer, int, bool)"/>, and takes the first column of the first row along: null without a row.</summary>
    public int Run(ParameterBuffer values, int start, bool inTransaction, out object? scalar)
    {
        scalar = null;
        var result = BindThroughProvider(values, start, inTransaction);
        if (result != raw.SQLITE_OK)
        {
            return result;
        }

        result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW)
        {
            try
            {
                scalar = Column(0);
            }
            catch
            {
                // There is no memory for it.
                Finish(result);
                throw;
            }
        }

        while (result == raw.SQLITE_ROW)
        {
            result = raw.sqlite3_step(_statement);
        }

        return Finish(result);
    }

    /// <summary>As <see cref="RunInTransaction(ParameterBuffer, int, SqliteConnection)"/>, and takes the first column of the first row along.</summary>
    public int RunInTransaction(ParameterBuffer values, int start, SqliteConnection connection, out object? scalar)
    {
        var retry = BusyRetry.AsCommandsOf(connection);
        int result;
        do
        {
            result = Run(values, start, inTransaction: true, out scalar);
        }
        while (IsKeptOut(result) && retry.Wait());
        return result;
    }

    /// <summary>Runs a statement without parameters.</summary>
    /// <returns>SQLITE_DONE, <see cref="NoTransaction"/>, or the error.</returns>
    public int Run(bool inTransaction) => Run(ParameterBuffer.Empty, 0, inTransaction);

    public void Dispose() => _statement.Dispose();

#if NET
    // No try, and not to become part of a method with one: inside of one the just-in-time compiler makes each native call through a stub, which costs as much
    // again. Nothing between entering and leaving the mutex throws. Each of the calls takes the mutex too, which is recursive: who holds it takes it again for
    // nearly nothing.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int RunDirectly(ParameterBuffer values, int start, bool inTransaction)
    {
        var bytes = values.PinnedBytes;
        fixed (BoundValue* first = &MemoryMarshal.GetReference(values.Values(start, ParameterCount)))
        {
            DirectCalls.EnterMutex(_mutex);
            int result;
            if (inTransaction && DirectCalls.Autocommit(_connectionAddress) != 0)
            {
                result = NoTransaction;
            }
            else
            {
                result = BindDirectly(first, bytes);
                if (result == raw.SQLITE_OK)
                {
                    do
                    {
                        result = DirectCalls.Step(_address);
                    }
                    while (result == raw.SQLITE_ROW);

                    if (_kind == Kind.ChangesRows)
                    {
                        _changes = DirectCalls.Changes(_connectionAddress);
                    }

                    DirectCalls.Reset(_address);
                }
            }

            DirectCalls.LeaveMutex(_mutex);
            GC.KeepAlive(bytes);
            GC.KeepAlive(this);
            return result;
        }
    }

    // Part of the method that calls it, because each that calls native code costs what it costs to be ready for that. Addresses, because references would be
    // written to the stack and read from there around each call.
    // The destructor argument 0 is SQLITE_STATIC: SQLite copies nothing, because the bytes are pinned and stay as they are until the run has ended.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int BindDirectly(BoundValue* value, byte[] bytes)
    {
        var statement = _address;
        var count = ParameterCount;
        var address = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(bytes));
        for (var parameter = 1; parameter <= count; parameter++, value++)
        {
            var kind = value->Kind;
            var number = value->Number;
            var result =
                kind == ParameterKind.Integer ? DirectCalls.BindInt64(statement, parameter, number)
                : kind == ParameterKind.Real ? DirectCalls.BindDouble(statement, parameter, BitConverter.Int64BitsToDouble(number))
                : kind == ParameterKind.Null ? DirectCalls.BindNull(statement, parameter)
                : kind == ParameterKind.Unset || !IsWithin(bytes, number) ? raw.SQLITE_MISUSE
                : kind == ParameterKind.Text ? DirectCalls.BindText(statement, parameter, address + (number >> 32), (int)number, IntPtr.Zero)
                : DirectCalls.BindBlob(statement, parameter, address + (number >> 32), (int)number, IntPtr.Zero);
            if (result != raw.SQLITE_OK)
            {
                return result;
            }
        }

        return raw.SQLITE_OK;
    }

    // Whoever binds on one thread what another executes breaks a rule, but not the process.
    private static bool IsWithin(byte[] bytes, long place)
    {
        var offset = (ulong)place >> 32;
        return offset + (uint)place <= (ulong)bytes.Length;
    }
#endif

    // Apart, so that those whom nobody keeps out do not pay for it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int RunWhenLetIn(ParameterBuffer values, int start, SqliteConnection connection, int result)
    {
        var retry = BusyRetry.AsCommandsOf(connection);
        while (IsKeptOut(result) && retry.Wait())
        {
            result = Run(values, start, inTransaction: true);
        }

        return result;
    }

    private int Finish(int result)
    {
        if (_kind == Kind.ChangesRows)
        {
            _changes = raw.sqlite3_changes(_connection);
        }

        raw.sqlite3_reset(_statement);

        // The provider has had texts and blobs copied.
        raw.sqlite3_clear_bindings(_statement);
        return result;
    }

    private int BindThroughProvider(ParameterBuffer values, int start, bool inTransaction)
    {
        if (inTransaction && !NativeConnection.IsInTransaction(_connection))
        {
            return NoTransaction;
        }

        for (var i = 0; i < ParameterCount; i++)
        {
            var result = BindThroughProvider(i + 1, values, start + i);
            if (result != raw.SQLITE_OK)
            {
                return result;
            }
        }

        return raw.SQLITE_OK;
    }

    private int BindThroughProvider(int parameter, ParameterBuffer values, int index)
    {
        switch (values.Kind(index))
        {
            case ParameterKind.Integer:
                return raw.sqlite3_bind_int64(_statement, parameter, values.Integer(index));
            case ParameterKind.Real:
                return raw.sqlite3_bind_double(_statement, parameter, values.Real(index));
            case ParameterKind.Text:
                // An empty span would arrive as a null pointer, which is NULL to SQLite.
                var text = values.Bytes(index);
                return text.IsEmpty ? raw.sqlite3_bind_text(_statement, parameter, "") : raw.sqlite3_bind_text(_statement, parameter, text);
            case ParameterKind.Blob:
                var blob = values.Bytes(index);
                return blob.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, parameter, 0) : raw.sqlite3_bind_blob(_statement, parameter, blob);
            default:
                return raw.sqlite3_bind_null(_statement, parameter);
        }
    }

    private object Column(int index) => raw.sqlite3_column_type(_statement, index) switch
    {
        raw.SQLITE_INTEGER => raw.sqlite3_column_int64(_statement, index),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(_statement, index),
        raw.SQLITE_TEXT => raw.sqlite3_column_text(_statement, index).utf8_to_string(),
        raw.SQLITE_BLOB => raw.sqlite3_column_blob(_statement, index).ToArray(),
        _ => DBNull.Value,
    };
}
