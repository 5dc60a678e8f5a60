using System;
using System.IO;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SqliteAnalyzers.Runtime;
using SQLitePCL;

namespace SqliteAnalyzers.Hosting;

/// <summary>
/// Looks after the -wal file of one database, through a connection that it keeps: by SQLite's own count it sees on it that others have committed. Used by one thread at a time.
/// </summary>
internal sealed class WalMaintenance(ConfiguredSqliteDataSource dataSource, SqliteDatabaseOptions options, TimeProvider time, ILogger logger) : IDisposable
{
    // While a TRUNCATE waits, writers wait: so much longer they can go on.
    private const int Rest = 20;

    private SqliteConnection? _connection;
    private bool _isReadOnly;
    private long _dataVersion;
    private bool _isMoved;
    private long _changed;
    private long? _truncationFailed;
    private bool _hasToldThatItCannotTruncate;
    private (Type, int)? _toldFailure;

    /// <summary>The full path of the file, once it was opened; empty for a database in memory.</summary>
    public string? File { get; private set; }

    /// <summary>The full path of the file, or, before it was opened, what the connection string calls it, without what a URI says behind it.</summary>
    public string Name => File is { Length: > 0 } file ? file : new SqliteConnectionStringBuilder(dataSource.ConnectionString).DataSource.Split('?')[0];

    /// <summary>The length of the -wal file in bytes; 0 if there is none.</summary>
    public long WalSize => File is { Length: > 0 } && new FileInfo(File + "-wal") is { Exists: true } wal ? wal.Length : 0;

    /// <summary>Opens the connection, if it is not open.</summary>
    public void Open()
    {
        if (_connection is not null)
        {
            return;
        }

        var connection = dataSource.OpenConnection();
        try
        {
            File = connection.DataSource;
            _isReadOnly = raw.sqlite3_db_readonly(connection.Handle!, "main") != 0;
            _dataVersion = DataVersion(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        _connection = connection;
        _isMoved = false;
        _changed = time.GetTimestamp();
    }

    /// <summary>Does what is to be done now. Does not throw.</summary>
    public void Look()
    {
        try
        {
            Open();
            if (!_isReadOnly)
            {
                Maintain(_connection!);
            }

            _toldFailure = null;
        }
        catch (Exception exception)
        {
            // Whatever it is, the program goes on, and the next look takes a new connection.
            Dispose();
            var kind = (exception.GetType(), (exception as SqliteException)?.SqliteExtendedErrorCode ?? 0);
            if (_toldFailure != kind)
            {
                _toldFailure = kind;
                Log.CannotMaintain(logger, exception, Name);
            }
        }
    }

    /// <summary>The checkpoint before the database is released.</summary>
    /// <param name="mayWait">Whether there is time to wait for others.</param>
    /// <returns>Null if nothing can be moved, because the database is read-only, or its file is gone.</returns>
    public SqliteCheckpointResult? CheckpointAtTheEnd(bool mayWait)
    {
        if (_connection is null && File is { Length: > 0 } file && !System.IO.File.Exists(file))
        {
            // Opening would make an empty one.
            return null;
        }

        Open();
        return _isReadOnly ? null
            : mayWait ? _connection!.TryCheckpoint(SqliteCheckpointMode.Truncate, options.ReleaseTimeout)
            : _connection!.TryCheckpoint(SqliteCheckpointMode.Passive);
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _connection = null;
    }

    // Its value changes when another connection, of this process or another, has committed.
    // Source: https://sqlite.org/pragma.html#pragma_data_version
    private static long DataVersion(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA data_version";
        return (long)command.ExecuteScalar()!;
    }

    private void Maintain(SqliteConnection connection)
    {
        var length = WalSize;
        if (length == 0)
        {
            _hasToldThatItCannotTruncate = false;
            return;
        }

        var version = DataVersion(connection);
        if (version != _dataVersion)
        {
            _dataVersion = version;
            _isMoved = false;
            _changed = time.GetTimestamp();
        }

        if (length > options.MaxWalSize)
        {
            Truncate(connection, length);
        }
        else if (!_isMoved && time.GetElapsedTime(_changed) >= options.IdleTime)
        {
            var result = connection.TryCheckpoint(SqliteCheckpointMode.Passive);
            _isMoved = result.IsComplete;
            if (_isMoved)
            {
                Log.CheckpointedWhileIdle(logger, File!, result.CheckpointedFrames, result.LogFrames);
            }
        }
    }

    private void Truncate(SqliteConnection connection, long length)
    {
        if (_truncationFailed is { } failed && time.GetElapsedTime(failed) < Rest * options.TruncateTimeout)
        {
            return;
        }

        // Where a reader of an older state keeps a PASSIVE one from the end, others would wait in vain for the other one.
        if (connection.TryCheckpoint(SqliteCheckpointMode.Passive) is { LogFrames: var frames, CheckpointedFrames: var moved } && frames == moved
            && connection.TryCheckpoint(SqliteCheckpointMode.Truncate, options.TruncateTimeout).IsComplete)
        {
            _truncationFailed = null;
            _hasToldThatItCannotTruncate = false;
            Log.Truncated(logger, File!, length);
            return;
        }

        _truncationFailed = time.GetTimestamp();
        if (!_hasToldThatItCannotTruncate)
        {
            _hasToldThatItCannotTruncate = true;
            Log.CannotTruncate(logger, File!, length);
        }
    }
}
