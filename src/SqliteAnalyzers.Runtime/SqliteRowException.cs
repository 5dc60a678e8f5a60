using Microsoft.Data.Sqlite;

namespace SqliteAnalyzers.Runtime;

/// <summary>A row that <see cref="SqliteBatch.InsertMany"/> could not insert.</summary>
public sealed class SqliteRowException : SqliteException
{
    internal SqliteRowException(string message, SqliteException cause, long rowIndex)
        : base(message, cause.SqliteErrorCode, cause.SqliteExtendedErrorCode) => RowIndex = rowIndex;

    /// <summary>Which of the rows, counted from 0. Those before it are in the batch; it and those after it are not.</summary>
    public long RowIndex { get; }
}
