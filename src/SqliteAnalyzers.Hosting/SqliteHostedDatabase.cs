using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Hosting;

/// <summary>
/// A database that was registered by <c>AddSqliteDatabase</c>: its data source, its single writer, and the care for its -wal file, from the start of the host to its end.
/// </summary>
/// <remarks>
/// <para>
/// In a host nothing needs to be called. When all hosted services have stopped, and so nobody hands over work any more, the single writer carries out what waits and commits it, a TRUNCATE
/// checkpoint moves all into the database file, and the pool is closed. What could not be done in the time that the host gives is logged.
/// </para>
/// <para>
/// A program that the operating system suspends, as on mobile phones, calls <see cref="SuspendAsync"/> before and <see cref="Resume"/> after it: a program that holds the lock of a file while it is suspended
/// may be ended by the system. Where there is no host, <see cref="Resume"/> begins the care for the -wal file, too, and disposing the service provider ends it.
/// </para>
/// Safe for use by several threads at once.
/// </remarks>
public sealed class SqliteHostedDatabase : IDisposable, IAsyncDisposable
{
    private readonly SqliteDatabaseOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly WalMaintenance _wal;
    private readonly Lazy<SqliteSingleWriter> _writer;
    private readonly SemaphoreSlim _turn = new(1);
    private CancellationTokenSource? _stopping;
    private Task _maintenance = Task.CompletedTask;
    private volatile bool _isSuspended;
    private volatile bool _isStopped;

    internal SqliteHostedDatabase(ConfiguredSqliteDataSource dataSource, SqliteDatabaseOptions options, TimeProvider time, ILogger logger)
    {
        _options = options;
        _time = time;
        _logger = logger;
        _wal = new(dataSource, options, time, logger);
        _writer = new(() => new SqliteSingleWriter(dataSource, options.Writer));
        DataSource = dataSource;
    }

    /// <summary>Hands out connections.</summary>
    public ConfiguredSqliteDataSource DataSource { get; }

    /// <summary>The single writer of the database. It is made for the first who asks.</summary>
    /// <exception cref="ObjectDisposedException">The database is stopped, and nobody has asked before.</exception>
    public SqliteSingleWriter Writer
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isStopped && !_writer.IsValueCreated, this);
            return _writer.Value;
        }
    }

    /// <summary>Whether the database is suspended: from the call of <see cref="SuspendAsync"/> to that of <see cref="Resume"/>.</summary>
    public bool IsSuspended => _isSuspended;

    /// <summary>The full path of the file, once it was opened.</summary>
    internal string? File => _wal.File;

    /// <summary>The length of the -wal file in bytes.</summary>
    internal long WalSize => _wal.WalSize;

    /// <summary>How many units wait.</summary>
    internal int QueueLength => _writer.IsValueCreated ? _writer.Value.QueueLength : 0;

    /// <summary>The file, as far as it is known. Not the connection string: a password in it is nothing for logs and health pages.</summary>
    internal string Name => _wal.Name;

    /// <summary>
    /// Waits until the single writer has committed what was handed over before, moves all into the database file by a TRUNCATE checkpoint, and closes the connections: of the writer, of the pool,
    /// and that which looks after the -wal file. Connections in use are closed when they are given back.
    /// </summary>
    /// <remarks>
    /// Whoever hands over work or opens a connection in the meantime opens the database again: let them rest first. Called again, it does it again. Source: <see href="https://sqlite.org/wal.html"/>.
    /// </remarks>
    /// <param name="cancellationToken">Ends the wait for the writer and for others: what is left to do waits until the program goes on, and the checkpoint waits for nobody.</param>
    /// <returns>What became of it. Others who use the database, or a full disk, do not make it throw: look at <see cref="SqliteReleaseResult.IsComplete"/>.</returns>
    /// <exception cref="InvalidOperationException">The call comes from work that the writer is doing.</exception>
    /// <exception cref="ObjectDisposedException">The database is stopped.</exception>
    public async Task<SqliteReleaseResult> SuspendAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfCalledByWritersWork();
        await _turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isStopped, this);
            _isSuspended = true;
            var unitsLeft = await CloseWriterAsync(cancellationToken).ConfigureAwait(false);
            await EndMaintenanceAsync().ConfigureAwait(false);
            return await ReleaseAsync(unitsLeft, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Begins to look after the -wal file again, or for the first time where no host has begun it. Connections are opened when they are needed.</summary>
    /// <exception cref="InvalidOperationException">The call comes from work that the writer is doing.</exception>
    /// <exception cref="ObjectDisposedException">The database is stopped.</exception>
    public void Resume()
    {
        ThrowIfCalledByWritersWork();
        _turn.Wait();
        try
        {
            ObjectDisposedException.ThrowIf(_isStopped, this);
            _isSuspended = false;
            BeginMaintenance();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// As at the end of the host, if that has not been. Waits until the single writer has carried out what was handed over. A database that nothing has looked after, and whose writer nobody has asked for, is not
    /// opened for that.
    /// </summary>
    /// <exception cref="InvalidOperationException">The call comes from work that the writer is doing.</exception>
    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None).ConfigureAwait(false);

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose() => StopAsync(CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Opens the database, so that a host whose database cannot be used does not start, and begins to look after it.</summary>
    internal async Task StartAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_isStopped || _stopping is not null)
            {
                return;
            }

            await Task.Run(_wal.Open, cancellationToken).ConfigureAwait(false);
            BeginMaintenance();
        }
        catch (Exception exception) when (exception is SqliteException or InvalidOperationException)
        {
            Log.CannotOpen(_logger, exception, Name);
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Drains, checkpoints and releases, once.</summary>
    /// <returns>What became of it; null if that was done before.</returns>
    internal async Task<SqliteReleaseResult?> StopAsync(CancellationToken cancellationToken)
    {
        ThrowIfCalledByWritersWork();
        await _turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (_isStopped)
            {
                return null;
            }

            _isStopped = true;
            await EndMaintenanceAsync().ConfigureAwait(false);
            return await ReleaseAsync(await ShutWriterDownAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    // It would wait for itself. Only the thread that calls can tell, before the first wait. The writer refuses its own work whatever that asks for, and here it is asked for nothing.
    private void ThrowIfCalledByWritersWork()
    {
        if (_writer.IsValueCreated)
        {
            _ = _writer.Value.CloseConnectionAsync(new CancellationToken(canceled: true));
        }
    }

    private void BeginMaintenance()
    {
        if (_stopping is null)
        {
            _stopping = new();
            _maintenance = MaintainAsync(_stopping.Token);
        }
    }

    private async Task EndMaintenanceAsync()
    {
        if (_stopping is { } stopping)
        {
            await stopping.CancelAsync().ConfigureAwait(false);
            await _maintenance.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stopping.Dispose();
            _stopping = null;
        }
    }

    private async Task MaintainAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_options.CheckInterval, _time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            _wal.Look();
        }
    }

    private async Task<int> CloseWriterAsync(CancellationToken cancellationToken)
    {
        if (!_writer.IsValueCreated)
        {
            return 0;
        }

        var isEnqueued = !cancellationToken.IsCancellationRequested;
        try
        {
            await _writer.Value.CloseConnectionAsync(cancellationToken).ConfigureAwait(false);
            return 0;
        }
        catch (OperationCanceledException)
        {
            // The call itself waits too; and where nothing else does, the writer is at work on a last unit.
            var left = Math.Max(1, _writer.Value.QueueLength - (isEnqueued ? 1 : 0));
            Log.UnitsWait(_logger, left, Name);
            return left;
        }
        catch (ObjectDisposedException)
        {
            // The program has shut the writer down.
            return 0;
        }
    }

    private async Task<int> ShutWriterDownAsync(CancellationToken cancellationToken)
    {
        if (!_writer.IsValueCreated)
        {
            return 0;
        }

        var refused = 0;
        using (cancellationToken.UnsafeRegister(_ => refused = _writer.Value.QueueLength, null))
        {
            await _writer.Value.ShutdownAsync(cancellationToken).ConfigureAwait(false);
        }

        if (refused > 0)
        {
            Log.UnitsRefused(_logger, refused, Name);
        }

        return refused;
    }

    private async Task<SqliteReleaseResult> ReleaseAsync(int unitsLeft, CancellationToken cancellationToken)
    {
        SqliteCheckpointResult? checkpoint = null;
        Exception? failure = null;
        try
        {
            // Where it was never used, or could not be opened at the start, there is nothing to move, and opening it now would make a file or wait once more.
            if (!_isStopped || _wal.File is not null || _writer.IsValueCreated)
            {
                checkpoint = await Task.Run(() => _wal.CheckpointAtTheEnd(mayWait: !cancellationToken.IsCancellationRequested), CancellationToken.None).ConfigureAwait(false);
            }

            if (checkpoint is { IsComplete: false })
            {
                Log.CheckpointIncomplete(_logger, Name);
            }
        }
        catch (ObjectDisposedException exception)
        {
            // Without a host, the service provider may dispose the data source first. The last connection that is closed has made the checkpoint.
            failure = exception;
        }
        catch (Exception exception)
        {
            // Whatever it is, such as what the program's own preparation of connections throws, the rest is released.
            failure = exception;
            Log.CheckpointFailed(_logger, exception, Name);
        }

        _wal.Dispose();
        ClearPool();
        Log.Released(_logger, Name);
        return new(unitsLeft, checkpoint, failure);
    }

    private void ClearPool()
    {
        try
        {
            using var connection = DataSource.CreateConnection();
            SqliteConnection.ClearPool(connection);
        }
        catch (ObjectDisposedException)
        {
            // It has done so itself.
        }
    }
}
