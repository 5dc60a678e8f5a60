using System;

namespace SqliteAnalyzers.Runtime;

/// <summary>Operations of a batch that belong together: see <see cref="SqliteBatchWriter.BeginUnit"/>.</summary>
public readonly struct SqliteWriteUnit : IDisposable
{
    private readonly SqliteBatchWriter? _batch;
    private readonly int _number;

    internal SqliteWriteUnit(SqliteBatchWriter batch, int number)
    {
        _batch = batch;
        _number = number;
    }

    /// <summary>Ends the unit and keeps its operations. The batch commits if they make it full.</summary>
    /// <exception cref="InvalidOperationException">The unit has ended already.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The unit is complete, but the full batch could not be committed and is still open.</exception>
    public void Complete() => (_batch ?? throw new InvalidOperationException("The unit was not begun by BeginUnit.")).CompleteUnit(_number);

    /// <summary>Undoes the unit's operations, unless it is complete.</summary>
    public void Dispose() => _batch?.EndUnit(_number);
}
