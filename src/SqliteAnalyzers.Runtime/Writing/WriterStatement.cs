#if NET
using System;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>A prepared statement of the single writer.</summary>
internal sealed class WriterStatement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private readonly ParameterBuffer _values;
    private readonly bool _changesRows;

    /// <exception cref="ArgumentException">The text holds no statement or more than one.</exception>
    /// <exception cref="SqliteException">SQLite does not understand it.</exception>
    public WriterStatement(sqlite3 connection, string sql)
    {
        _connection = connection;
        NativeConnection.Check(raw.sqlite3_prepare_v2(connection, sql, out _statement, out var rest), connection);
        if (_statement.IsInvalid || !SqlText.IsBlank(rest))
        {
            _statement.Dispose();
            throw new ArgumentException($"The text must hold one statement: {sql}", nameof(sql));
        }

        _values = new ParameterBuffer(raw.sqlite3_bind_parameter_count(_statement));
        _changesRows = raw.sqlite3_stmt_readonly(_statement) == 0 && SqlText.ChangesRows(sql);
    }

    /// <summary>How many rows the last run inserted, updated or deleted.</summary>
    public int Changes => _changesRows ? raw.sqlite3_changes(_connection) : 0;

    /// <summary>Runs the statement to its end.</summary>
    /// <param name="values">A value for each parameter.</param>
    /// <param name="scalar">The first column of the first row; null if there is none.</param>
    /// <returns>SQLITE_DONE, or the error.</returns>
    public int Run(object?[] values, out object? scalar)
    {
        if (values.Length != _values.Count)
        {
            throw new ArgumentException($"The statement has {_values.Count} parameters, and {values.Length} values were given.", nameof(values));
        }

        try
        {
            for (var i = 0; i < values.Length; i++)
            {
                ParameterValue.Set(_values, i, values[i]);
                NativeConnection.Check(Bind(i), _connection);
            }

            var result = raw.sqlite3_step(_statement);
            scalar = result == raw.SQLITE_ROW ? Column() : null;
            while (result == raw.SQLITE_ROW)
            {
                result = raw.sqlite3_step(_statement);
            }

            return result;
        }
        finally
        {
            raw.sqlite3_reset(_statement);
            raw.sqlite3_clear_bindings(_statement);
            _values.Clear(values.Length);
        }
    }

    public void Dispose() => _statement.Dispose();

    private int Bind(int index)
    {
        switch (_values.Kind(index))
        {
            case ParameterKind.Integer:
                return raw.sqlite3_bind_int64(_statement, index + 1, _values.Integer(index));
            case ParameterKind.Real:
                return raw.sqlite3_bind_double(_statement, index + 1, _values.Real(index));
            case ParameterKind.Text:
                // An empty span would arrive as a null pointer, which is NULL to SQLite.
                var text = _values.Bytes(index);
                return text.IsEmpty ? raw.sqlite3_bind_text(_statement, index + 1, "") : raw.sqlite3_bind_text(_statement, index + 1, text);
            case ParameterKind.Blob:
                var blob = _values.Bytes(index);
                return blob.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, index + 1, 0) : raw.sqlite3_bind_blob(_statement, index + 1, blob);
            default:
                return raw.sqlite3_bind_null(_statement, index + 1);
        }
    }

    private object Column() => raw.sqlite3_column_type(_statement, 0) switch
    {
        raw.SQLITE_INTEGER => raw.sqlite3_column_int64(_statement, 0),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(_statement, 0),
        raw.SQLITE_TEXT => raw.sqlite3_column_text(_statement, 0).utf8_to_string(),
        raw.SQLITE_BLOB => raw.sqlite3_column_blob(_statement, 0).ToArray(),
        _ => DBNull.Value,
    };
}
#endif
