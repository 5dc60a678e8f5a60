#if NET
using System;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>A prepared statement of the single writer, with the values of its parameters, which SQLite looks at while it runs.</summary>
internal sealed class WriterStatement(sqlite3 connection, string sql) : IDisposable
{
    private readonly NativeStatement _statement = new(connection, sql);
    private ParameterBuffer? _values;

    /// <summary>Whether it is at work: then a function that it calls has called back.</summary>
    public bool IsRunning { get; private set; }

    /// <inheritdoc cref="NativeStatement.ChangesRows"/>
    public bool ChangesRows => _statement.ChangesRows;

    /// <summary>How many rows the last run inserted, updated or deleted.</summary>
    public int Changes => Math.Max(0, _statement.Changes);

    /// <summary>Runs the statement to its end.</summary>
    /// <param name="values">A value for each parameter.</param>
    /// <returns>SQLITE_DONE, or the error.</returns>
    public int Run(object?[] values)
    {
        Bind(values);
        IsRunning = true;
        try
        {
            return _statement.Run(_values!, 0);
        }
        finally
        {
            IsRunning = false;
            _values!.Clear(values.Length);
        }
    }

    /// <summary>As <see cref="Run(object?[])"/>.</summary>
    /// <param name="values">A value for each parameter.</param>
    /// <param name="scalar">The first column of the first row; null if there is none.</param>
    public int Run(object?[] values, out object? scalar)
    {
        Bind(values);
        IsRunning = true;
        try
        {
            return _statement.Run(_values!, 0, inTransaction: false, out scalar);
        }
        finally
        {
            IsRunning = false;
            _values!.Clear(values.Length);
        }
    }

    public void Dispose() => _statement.Dispose();

    private void Bind(object?[] values)
    {
        if (IsRunning)
        {
            throw new InvalidOperationException("The statement is being executed: functions, collations and hooks that it calls cannot execute it again.");
        }

        if (values.Length != _statement.ParameterCount)
        {
            throw new ArgumentException($"The statement has {_statement.ParameterCount} parameters, and {values.Length} values were given.", nameof(values));
        }

        _values ??= new ParameterBuffer(values.Length);
        try
        {
            for (var i = 0; i < values.Length; i++)
            {
                ParameterValue.Set(_values, i, values[i]);
            }
        }
        catch
        {
            _values.Clear(values.Length);
            throw;
        }
    }
}
#endif
