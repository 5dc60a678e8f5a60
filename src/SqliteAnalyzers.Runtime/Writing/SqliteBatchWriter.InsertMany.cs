using System;
using System.Collections.Generic;
using System.Data;
using System.Runtime.CompilerServices;
#if NET
using System.Threading;
using System.Threading.Tasks;
#endif
using Microsoft.Data.Sqlite;

namespace SqliteAnalyzers.Runtime;

public sealed partial class SqliteBatchWriter
{
    // Whoever watches does not want to hear of each row.
    private const int RowsBetweenReports = 256;

    /// <summary>
    /// Inserts rows into a table, each of them one operation, several of them to a statement where nobody can tell the difference.
    /// </summary>
    /// <remarks>
    /// Rows go to SQLite in groups of up to 257, so a source that looks into the table meanwhile finds the last ones missing.
    /// Views, virtual and temporary tables, tables with triggers, with a conflict clause or with functions of your own in their definition, those that others refer to by a foreign
    /// key and that have one themselves, and <see cref="SqliteConflictResolution.Replace"/> get their rows one by one.
    /// <code>
    /// batch.InsertMany("measurement", ["sensor", "taken", "value"], measurements,
    ///     static (row, m) => row.Bind(1, m.Sensor).Bind(2, m.Taken).Bind(3, m.Value));
    /// </code>
    /// Rows in the order of the primary key are many times faster than scattered ones (measured).
    /// </remarks>
    /// <typeparam name="T">What a row is made from.</typeparam>
    /// <param name="table">The table's name, as it is: it is put in quotes.</param>
    /// <param name="columns">The columns' names, as they are.</param>
    /// <param name="rows">What the rows are made from. Read once, and kept no longer than it takes to bind the row. It may use the batch, and end it.</param>
    /// <param name="bind">Gives every column of a row its value. It may not use the batch.</param>
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
    /// <exception cref="SqliteRowException">A row was refused. The rows before it are in the batch; those after it are not.</exception>
    /// <exception cref="SqliteException">There is no such table or column, or <paramref name="upsert"/> has no unique key of it; or the transaction could not be begun or committed.</exception>
    public long InsertMany<T>(
        string table,
        IReadOnlyList<string> columns,
        IEnumerable<T> rows,
        SqliteRowBinder<T> bind,
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

        var insert = StartInsert(new(databaseName, table, columns, onConflict, upsert, returning: null));
        try
        {
            foreach (var item in rows)
            {
                Add(insert, item, bind, progress);
            }

            return Complete(insert, progress);
        }
        catch
        {
            KeepRowsBefore(insert);
            throw;
        }
        finally
        {
            insert.Stop();
        }
    }

    /// <summary>Inserts the rows of a reader into a table, as <see cref="InsertMany{T}"/> does: its fields into the columns, by their order.</summary>
    /// <param name="table">The table's name, as it is: it is put in quotes.</param>
    /// <param name="columns">The columns' names, as they are: one for each field of the reader.</param>
    /// <param name="reader">Where the rows come from, before its first one. It is read to its end and not disposed. A reader of the batch's own connection keeps
    /// the state it reads, and the batch cannot begin its next transaction when somebody else has committed meanwhile (error 517).</param>
    /// <param name="onConflict">What happens to a row that a constraint forbids.</param>
    /// <param name="databaseName">Which database the table is in: "main", "temp" or the name of an attached one. Left out, SQLite looks for it in temp, in main
    /// and then in the attached ones.</param>
    /// <param name="progress">Is told now and then, and at the end, how many rows have been inserted.</param>
    /// <param name="upsert">What happens to a row whose key is there already: left out, it is as for any other constraint.</param>
    /// <returns>How many rows were inserted, or updated by <paramref name="upsert"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null that may not be.</exception>
    /// <exception cref="ArgumentException">There are not as many columns as fields, none, or more than SQLite takes parameters; a name is empty; or SQLite has no
    /// type for a value: the rows before it are in the batch.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="onConflict"/> is not one of the enumeration's.</exception>
    /// <exception cref="InvalidOperationException">The reader is closed, or the batch cannot go on.</exception>
    /// <exception cref="ObjectDisposedException">The batch has been disposed.</exception>
    /// <exception cref="SqliteRowException">A row was refused. The rows before it are in the batch; those after it are not.</exception>
    /// <exception cref="SqliteException">There is no such table or column, or <paramref name="upsert"/> has no unique key of it; or the transaction could not be begun or committed.</exception>
    public long InsertFrom(
        string table,
        IReadOnlyList<string> columns,
        IDataReader reader,
        SqliteConflictResolution onConflict = SqliteConflictResolution.Abort,
        string? databaseName = null,
        IProgress<long>? progress = null,
        SqliteUpsert? upsert = null)
    {
        if (columns is null)
        {
            throw new ArgumentNullException(nameof(columns));
        }

        if (reader is null)
        {
            throw new ArgumentNullException(nameof(reader));
        }

        if (reader.FieldCount != columns.Count)
        {
            throw new ArgumentException($"There are {columns.Count} columns, and the reader has {reader.FieldCount} fields.", nameof(columns));
        }

        return InsertMany(table, columns, Records(reader), BindFields, onConflict, databaseName, progress, upsert);
    }
#if NET

    /// <summary>Inserts rows that come one after another, as <see cref="InsertMany{T}"/> does. SQLite itself is not asynchronous: only the source is.</summary>
    /// <remarks>The batch can be used between two rows, by one thread at a time, also by another bulk insert; what is gathered is inserted first. A row that is refused then ends the bulk insert it
    /// belongs to, and not the other one.</remarks>
    /// <typeparam name="T">What a row is made from.</typeparam>
    /// <param name="table">The table's name, as it is: it is put in quotes.</param>
    /// <param name="columns">The columns' names, as they are.</param>
    /// <param name="rows">What the rows are made from. Read once, and kept no longer than it takes to bind the row. It may use the batch, and end it.</param>
    /// <param name="bind">Gives every column of a row its value. It may not use the batch.</param>
    /// <param name="onConflict">What happens to a row that a constraint forbids.</param>
    /// <param name="databaseName">Which database the table is in: "main", "temp" or the name of an attached one. Left out, SQLite looks for it in temp, in main
    /// and then in the attached ones.</param>
    /// <param name="progress">Is told now and then, and at the end, how many rows have been inserted.</param>
    /// <param name="upsert">What happens to a row whose key is there already: left out, it is as for any other constraint.</param>
    /// <param name="cancellationToken">Looked at before each row, and given to the source.</param>
    /// <returns>How many rows were inserted, or updated by <paramref name="upsert"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null that may not be.</exception>
    /// <exception cref="ArgumentException">There are no columns, or more than SQLite takes parameters, or a name is empty; or <paramref name="upsert"/> updates a
    /// column that is none of <paramref name="columns"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="onConflict"/> is not one of the enumeration's.</exception>
    /// <exception cref="InvalidOperationException">A column of a row got no value, <paramref name="bind"/> uses the batch, or the batch cannot go on.</exception>
    /// <exception cref="ObjectDisposedException">The batch has been disposed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled between two rows. Those before are in the batch.</exception>
    /// <exception cref="SqliteRowException">A row was refused. The rows before it are in the batch; those after it are not.</exception>
    /// <exception cref="SqliteException">There is no such table or column, or <paramref name="upsert"/> has no unique key of it; or the transaction could not be begun or committed.</exception>
    public Task<long> InsertManyAsync<T>(
        string table,
        IReadOnlyList<string> columns,
        IAsyncEnumerable<T> rows,
        SqliteRowBinder<T> bind,
        SqliteConflictResolution onConflict = SqliteConflictResolution.Abort,
        string? databaseName = null,
        IProgress<long>? progress = null,
        SqliteUpsert? upsert = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(bind);
        return RunAsync();

        async Task<long> RunAsync()
        {
            cancellationToken.ThrowIfCancellationRequested();
            var insert = StartInsert(new(databaseName, table, columns, onConflict, upsert, returning: null));
            try
            {
                await foreach (var item in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    Add(insert, item, bind, progress);
                }

                return Complete(insert, progress);
            }
            catch
            {
                KeepRowsBefore(insert);
                throw;
            }
            finally
            {
                insert.Stop();
            }
        }
    }
#endif

    private static IEnumerable<IDataRecord> Records(IDataReader reader)
    {
        while (reader.Read())
        {
            yield return reader;
        }
    }

    private static void BindFields(SqliteRow row, IDataRecord record)
    {
        for (var field = 0; field < record.FieldCount; field++)
        {
            row.Bind(field + 1, record.GetValue(field));
        }
    }

    private BulkInsert StartInsert(InsertTarget target) => _gate.Run((Batch: this, Target: target), static call =>
    {
        call.Batch._transaction.ThrowIfUnusable();
        return call.Batch._bulkInserts.Start(call.Target);
    });

    // A row comes, and is bound, outside the gate: what it comes from may use the batch, and end it. Part of the loops that call it, and what is seldom done apart: each row comes this way.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add<T>(BulkInsert insert, T item, SqliteRowBinder<T> bind, IProgress<long>? progress)
    {
        if (!_bulkInserts.IsGathering(insert))
        {
            Gather(insert);
        }

        insert.Add(item, bind);
        if (insert.IsFull)
        {
            Flush(insert, progress);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Gather(BulkInsert insert) =>
        _gate.Run((Inserts: _bulkInserts, Insert: insert), static call => call.Inserts.Gather(call.Insert));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Flush(BulkInsert insert, IProgress<long>? progress)
    {
        Flush(insert);
        if (progress is not null && insert.IsWorthReporting(RowsBetweenReports))
        {
            progress.Report(insert.Changes);
        }
    }

    private long Complete(BulkInsert insert, IProgress<long>? progress)
    {
        Flush(insert);
        insert.ThrowIfRefused();
        progress?.Report(insert.Changes);
        return insert.Changes;
    }

    // The rows that came before an error of their source would have been inserted by now, one by one. After a refused row there are none. Asked when the source has come to its end, which may be that of the batch.
    private void KeepRowsBefore(BulkInsert insert)
    {
        if (_transaction.IsUsable)
        {
            Flush(insert);
        }
    }

    private void Flush(BulkInsert insert) => _gate.Run(insert, static insert => insert.Flush());
}
