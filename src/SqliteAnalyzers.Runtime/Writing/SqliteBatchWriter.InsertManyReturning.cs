using System;
using System.Collections.Generic;
using Microsoft.Data.Sqlite;

namespace SqliteAnalyzers.Runtime;

public sealed partial class SqliteBatchWriter
{
    /// <summary>Inserts rows into a table, each of them one operation, and hands back a column of each, such as the key that SQLite has given it.</summary>
    /// <remarks>
    /// Each row is a statement of its own (INSERT … RETURNING), because what comes back of several rows of one statement comes in no order that SQLite promises: so the key is that
    /// of its row, and rows go slower than by <see cref="InsertMany{T}"/>. A key is good when the batch is committed; one that is rolled back may be given to another row.
    /// It is what stands in the row before AFTER triggers change it. Source: <see href="https://sqlite.org/lang_returning.html"/>.
    /// <code>
    /// batch.InsertManyReturning("orders", ["customer"], orders, static (row, o) => row.Bind(1, o.Customer), "id", static (o, id) => o.Id = (long)id);
    /// </code>
    /// </remarks>
    /// <typeparam name="T">What a row is made from.</typeparam>
    /// <param name="table">The table's name, as it is: it is put in quotes.</param>
    /// <param name="columns">The columns' names, as they are.</param>
    /// <param name="rows">What the rows are made from. Read once. It may use the batch, and end it.</param>
    /// <param name="bind">Gives every column of a row its value. It may not use the batch.</param>
    /// <param name="keyColumn">The name of the column to hand back, as it is; "rowid" is one too.</param>
    /// <param name="onKey">Gets what a row was made from and its key, as long, double, string, byte[] or <see cref="DBNull"/>, when the row is in the batch and before the next
    /// one is asked for; also of a row that <paramref name="upsert"/> has updated. Not called for a row that was left out. It may use the batch, and end it.</param>
    /// <param name="onConflict">What happens to a row that a constraint forbids.</param>
    /// <param name="databaseName">Which database the table is in: "main", "temp" or the name of an attached one. Left out, SQLite looks for it in temp, in main
    /// and then in the attached ones.</param>
    /// <param name="progress">Is told now and then, and at the end, how many rows have been inserted.</param>
    /// <param name="upsert">What happens to a row whose key is there already: left out, it is as for any other constraint.</param>
    /// <returns>How many rows were inserted, or updated by <paramref name="upsert"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null that may not be.</exception>
    /// <exception cref="ArgumentException">There are no columns, or more than SQLite takes parameters, or a name is empty; or <paramref name="upsert"/> updates a
    /// column that is none of <paramref name="columns"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="onConflict"/> is not one of the enumeration's.</exception>
    /// <exception cref="InvalidOperationException">A column of a row got no value, <paramref name="bind"/> uses the batch, or the batch cannot go on.</exception>
    /// <exception cref="ObjectDisposedException">The batch has been disposed.</exception>
    /// <exception cref="SqliteRowException">A row was refused. The rows before it are in the batch, and their keys handed back; those after it are not.</exception>
    /// <exception cref="SqliteException">There is no such table or column, or <paramref name="upsert"/> has no unique key of it; or SQLite is older than 3.35; or the transaction could not
    /// be begun or committed.</exception>
    public long InsertManyReturning<T>(
        string table,
        IReadOnlyList<string> columns,
        IEnumerable<T> rows,
        SqliteRowBinder<T> bind,
        string keyColumn,
        Action<T, object> onKey,
        SqliteConflictResolution onConflict = SqliteConflictResolution.Abort,
        string? databaseName = null,
        IProgress<long>? progress = null,
        SqliteUpsert? upsert = null)
    {
        if (rows is null)
        {
            throw new ArgumentNullException(nameof(rows));
        }

        if (bind is null)
        {
            throw new ArgumentNullException(nameof(bind));
        }

        if (keyColumn is null)
        {
            throw new ArgumentNullException(nameof(keyColumn));
        }

        if (onKey is null)
        {
            throw new ArgumentNullException(nameof(onKey));
        }

        var insert = StartInsert(new(databaseName, table, columns, onConflict, upsert, keyColumn));
        try
        {
            foreach (var item in rows)
            {
                try
                {
                    Add(insert, item, bind, progress);
                }
                finally
                {
                    // The row may be in the batch and what comes after it fail: its commit, or who watches.
                    if (insert.TakeReturned() is { } key)
                    {
                        onKey(item, key);
                    }
                }
            }

            return Complete(insert, progress);
        }
        finally
        {
            insert.Stop();
        }
    }
}
