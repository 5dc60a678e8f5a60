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
    /// <param name="patience">How long to wait where a lock of others keeps it from being tried: of the shared cache, or on an attached database.</param>
    /// <returns>SQLITE_DONE, or the error.</returns>
    public int Run(object?[] values, TimeSpan patience)
    {
        Bind(values);
        IsRunning = true;
        try
        {
            var result = _statement.Run(_values!, 0);
            if (_statement.IsKeptOut(result) && patience > TimeSpan.Zero)
            {
                var retry = new BusyRetry(patience);
                while (_statement.IsKeptOut(result) && retry.Wait())
                {
                    result = _statement.Run(_values!, 0);
                }
            }

            return result;
        }
        finally
        {
            IsRunning = false;
            _values!.Clear(values.Length);
        }
    }

    /// <summary>As <see cref="Run(object?[], TimeSpan)"/>.</summary>
    /// <param name="values">A value for each parameter.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="scalar">The first column of the first row; null if there is none.</param>
    public int Run(object?[] values, TimeSpan patience, out object? scalar)
    {
        Bind(values);
        IsRunning = true;
        try
        {
            var retry = new BusyRetry(patience);
            int result;
            do
            {
                result = _statement.Run(_values!, 0, inTransaction: false, out scalar);
            }
            while (_statement.IsKeptOut(result) && retry.Wait());
            return result;
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
