using System;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// A prepared statement on the connection's own handle. Every run takes its values from a buffer and leaves the statement ready for the next run.
/// </summary>
internal sealed class NativeStatement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private readonly Kind _kind;

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
    }

    public int ParameterCount { get; }

    /// <summary>How many rows the last run inserted, updated or deleted: -1 if the statement cannot write, 0 if what it writes are not rows.</summary>
    public int Changes => _kind switch
    {
        Kind.ChangesRows => raw.sqlite3_changes(_connection),
        Kind.ChangesSchema => 0,
        _ => -1,
    };

    /// <summary>The number of a named parameter, from 1 on; 0 if there is none of that name.</summary>
    public int ParameterIndex(string name) => raw.sqlite3_bind_parameter_index(_statement, name);

    public string? ParameterName(int index) => raw.sqlite3_bind_parameter_name(_statement, index).utf8_to_string();

    /// <summary>Runs the statement to its end with the values from <paramref name="start"/> on.</summary>
    /// <returns>SQLITE_DONE, or the error.</returns>
    public int Run(ParameterBuffer values, int start)
    {
        var result = BindAll(values, start);
        if (result != raw.SQLITE_OK)
        {
            return result;
        }

        do
        {
            result = raw.sqlite3_step(_statement);
        }
        while (result == raw.SQLITE_ROW);

        raw.sqlite3_reset(_statement);
        return result;
    }

    /// <summary>As <see cref="Run(ParameterBuffer, int)"/>, and takes the first column of the first row along: null without a row.</summary>
    public int Run(ParameterBuffer values, int start, out object? scalar)
    {
        scalar = null;
        var result = BindAll(values, start);
        if (result != raw.SQLITE_OK)
        {
            return result;
        }

        result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW)
        {
            scalar = Column(0);
        }

        while (result == raw.SQLITE_ROW)
        {
            result = raw.sqlite3_step(_statement);
        }

        raw.sqlite3_reset(_statement);
        return result;
    }

    /// <summary>Runs a statement without parameters to its end.</summary>
    public void Run()
    {
        var result = raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
        if (result != raw.SQLITE_DONE)
        {
            throw NativeConnection.Error(result, _connection);
        }
    }

    private enum Kind
    {
        ReadsOnly,
        ChangesRows,
        ChangesSchema,
    }

    public void Dispose() => _statement.Dispose();

    private int BindAll(ParameterBuffer values, int start)
    {
        for (var i = 0; i < ParameterCount; i++)
        {
            var result = Bind(i + 1, values, start + i);
            if (result != raw.SQLITE_OK)
            {
                return result;
            }
        }

        return raw.SQLITE_OK;
    }

    private int Bind(int parameter, ParameterBuffer values, int index)
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
