using System;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// A prepared statement on the connection's own handle. Every run takes its values from a buffer and leaves the statement ready for the next run.
/// </summary>
internal sealed unsafe class NativeStatement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private readonly Kind _kind;
#if NET
    private readonly IntPtr _connectionAddress;
    private readonly IntPtr _address;
    private readonly IntPtr _mutex;
#endif

    /// <summary>Prepares a single statement.</summary>
    /// <exception cref="ArgumentException">The text holds no statement or more than one.</exception>
    /// <exception cref="SqliteException">SQLite does not understand it.</exception>
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

    /// <summary>How many rows the last run inserted, updated or deleted: -1 if the statement cannot write, 0 if what it writes are not rows.</summary>
    public int Changes => _kind switch
    {
#if NET
        Kind.ChangesRows when _address != IntPtr.Zero => DirectCalls.Changes(_connectionAddress),
#endif
        Kind.ChangesRows => raw.sqlite3_changes(_connection),
        Kind.ChangesSchema => 0,
        _ => -1,
    };

    /// <summary>The number of a named parameter, from 1 on; 0 if there is none of that name.</summary>
    public int ParameterIndex(string name) => raw.sqlite3_bind_parameter_index(_statement, name);

    public string? ParameterName(int index) => raw.sqlite3_bind_parameter_name(_statement, index).utf8_to_string();

    /// <summary>
    /// Binds all parameters to the values from <paramref name="start"/> on. SQLite may look at texts and blobs in the buffer until the run has ended.
    /// </summary>
    /// <returns>SQLITE_OK, or the error.</returns>
    public int Bind(ParameterBuffer values, int start)
    {
#if NET
        if (_address != IntPtr.Zero)
        {
            DirectCalls.EnterMutex(_mutex);
            try
            {
                return BindDirectly(values, start);
            }
            finally
            {
                DirectCalls.LeaveMutex(_mutex);
                GC.KeepAlive(this);
            }
        }
#endif
        return BindThroughProvider(values, start);
    }

    /// <summary>Binds all parameters to the values from <paramref name="start"/> on, and runs the statement to its end.</summary>
    /// <returns>SQLITE_DONE, or the error.</returns>
    public int Run(ParameterBuffer values, int start)
    {
#if NET
        if (_address != IntPtr.Zero)
        {
            // Each of the calls takes the connection's mutex. It is recursive: who holds it takes it again for nearly nothing.
            DirectCalls.EnterMutex(_mutex);
            try
            {
                var result = BindDirectly(values, start);
                return result == raw.SQLITE_OK ? RunDirectly() : result;
            }
            finally
            {
                DirectCalls.LeaveMutex(_mutex);
                GC.KeepAlive(this);
            }
        }
#endif
        var bound = BindThroughProvider(values, start);
        return bound == raw.SQLITE_OK ? Run() : bound;
    }

    /// <summary>Runs the statement to its end with the bound values.</summary>
    /// <returns>SQLITE_DONE, or the error.</returns>
    public int Run()
    {
#if NET
        if (_address != IntPtr.Zero)
        {
            var direct = RunDirectly();
            GC.KeepAlive(this);
            return direct;
        }
#endif
        int result;
        do
        {
            result = raw.sqlite3_step(_statement);
        }
        while (result == raw.SQLITE_ROW);

        raw.sqlite3_reset(_statement);
        return result;
    }

    /// <summary>As <see cref="Run()"/>, and takes the first column of the first row along: null without a row.</summary>
    public int Run(out object? scalar)
    {
        var result = raw.sqlite3_step(_statement);
        scalar = result == raw.SQLITE_ROW ? Column(0) : null;
        while (result == raw.SQLITE_ROW)
        {
            result = raw.sqlite3_step(_statement);
        }

        raw.sqlite3_reset(_statement);
        return result;
    }

    /// <summary>Runs a statement without parameters.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public void RunOrThrow()
    {
        var result = Run();
        if (result != raw.SQLITE_DONE)
        {
            throw NativeConnection.Error(result, _connection);
        }
    }

    public void Dispose() => _statement.Dispose();

#if NET
    private int RunDirectly()
    {
        int result;
        do
        {
            result = DirectCalls.Step(_address);
        }
        while (result == raw.SQLITE_ROW);

        DirectCalls.Reset(_address);
        return result;
    }

    // The destructor argument 0 is SQLITE_STATIC: SQLite copies nothing, because the buffer is pinned and unchanged until the run has ended.
    private int BindDirectly(ParameterBuffer values, int start)
    {
        var statement = _address;
        var bytes = values.BytesAddress;
        var kinds = values.Kinds(start, ParameterCount);
        var numbers = values.Numbers(start, ParameterCount);
        for (var i = 0; i < kinds.Length; i++)
        {
            var number = numbers[i];
            var result = kinds[i] switch
            {
                ParameterKind.Integer => DirectCalls.BindInt64(statement, i + 1, number),
                ParameterKind.Real => DirectCalls.BindDouble(statement, i + 1, BitConverter.Int64BitsToDouble(number)),
                ParameterKind.Text => DirectCalls.BindText(statement, i + 1, bytes + (number >> 32), (int)number, IntPtr.Zero),
                ParameterKind.Blob => DirectCalls.BindBlob(statement, i + 1, bytes + (number >> 32), (int)number, IntPtr.Zero),
                _ => DirectCalls.BindNull(statement, i + 1),
            };
            if (result != raw.SQLITE_OK)
            {
                return result;
            }
        }

        return raw.SQLITE_OK;
    }
#endif

    private int BindThroughProvider(ParameterBuffer values, int start)
    {
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
