using Microsoft.Data.Sqlite;

namespace SqliteAnalyzers.Runtime;

/// <summary>A row that <see cref="SqliteBatchWriter.InsertMany{T}"/> could not insert.</summary>
public sealed class SqliteRowException : SqliteException
{
    internal SqliteRowException(string message, SqliteException cause, long rowIndex)
        : base(message, cause.SqliteErrorCode, cause.SqliteExtendedErrorCode) => RowIndex = rowIndex;

    /// <summary>
    /// Which of the rows, counted from 0. Those before it are in the batch and those after it are not; nor is the row itself, unless it was a RAISE(FAIL)
    /// or ON CONFLICT FAIL that refused it, which keeps what has been done so far.
    /// </summary>
    public long RowIndex { get; }
}
