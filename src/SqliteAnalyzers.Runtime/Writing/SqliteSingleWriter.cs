#if NET
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// One connection that writes for many callers: web requests, hosted services, actors. Each hands its work over and awaits that it is durable; the work of those who wait
/// at the same time shares a commit, which costs a multiple of a row's insert.
/// </summary>
/// <remarks>
/// <para>
/// Safe for use by any number of threads at once. The work runs on a thread of the writer, one unit after another, in the order in which the callers came. A unit is
/// stored as a whole or not at all, and one that fails fails its caller alone. Among the callers there is no lock to wait for and no SQLITE_BUSY; for others, another process or a
/// connection beside the writer, the writer waits for <see cref="SqliteSingleWriterOptions.LockTimeout"/>. Read on other connections: under WAL readers and the writer do not wait for
/// each other.
/// </para>
/// <para>
/// The connection is opened for the first work, and again where work has made it unusable; while that fails, it fails those who wait.
/// Work may run more than once: when a transaction that it shared is lost, by an error after which SQLite rolls everything back or a commit that fails, each of its units is done
/// again in a transaction of its own. So it should do nothing but write, and be quick: the others wait.
/// </para>
/// <para>
/// What is durable is what the options of the connection say: with <see cref="SqliteSynchronous.Normal"/> under WAL, the default, what was acknowledged outlasts the end of the process,
/// however it ends; with <see cref="SqliteSynchronous.Full"/> the loss of power too.
/// </para>
/// <code>
/// await using var writer = new SqliteSingleWriter("Data Source=shop.db");
/// long order = await writer.RunAsync(unit =>
/// {
///     var id = (long)unit.ExecuteScalar("INSERT INTO orders (customer) VALUES (?) RETURNING id", customer)!;
///     unit.Execute("INSERT INTO lines (order_id, article) VALUES (?, ?)", id, article);
///     return id;
/// });
/// </code>
/// </remarks>
public sealed class SqliteSingleWriter : IDisposable, IAsyncDisposable
{
    private const string AsynchronousInstead = "The transaction is not held while it goes on. Do what is asynchronous before, and only write in the work.";

    private readonly Channel<WriterRequest> _queue;
    private readonly WriterLoop _loop;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _waitingForRoom;
    private int _isShut;

    /// <summary>A writer for a database, with a connection of its own.</summary>
    /// <param name="connectionString">The connection string of Microsoft.Data.Sqlite.</param>
    /// <param name="options">How work is gathered.</param>
    /// <param name="connectionOptions">What to set on the connection; <see cref="SqliteConnectionOptions.Default"/> if left out.</param>
    /// <exception cref="ArgumentNullException"><paramref name="connectionString"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="connectionString"/> has a keyword or a value that Microsoft.Data.Sqlite does not know.</exception>
    public SqliteSingleWriter(string connectionString, SqliteSingleWriterOptions? options = null, SqliteConnectionOptions? connectionOptions = null)
        : this(OpenUnpooled(connectionString, connectionOptions), options)
    {
    }

    /// <summary>A writer for the database of a data source, with a connection configured as it does.</summary>
    /// <param name="dataSource">The data source. It must live as long as the writer, and is not disposed with it.</param>
    /// <param name="options">How work is gathered.</param>
    /// <exception cref="ArgumentNullException"><paramref name="dataSource"/> is null.</exception>
    public SqliteSingleWriter(ConfiguredSqliteDataSource dataSource, SqliteSingleWriterOptions? options = null)
        : this((dataSource ?? throw new ArgumentNullException(nameof(dataSource))).OpenUnpooled, options)
    {
    }

    private SqliteSingleWriter(Func<SqliteConnection> open, SqliteSingleWriterOptions? options)
    {
        options ??= new();

        // What continues within a call of the writer's thread is the enqueuing of a request, never a caller's code.
        _queue = Channel.CreateBounded<WriterRequest>(new BoundedChannelOptions(options.QueueCapacity) { SingleReader = true, AllowSynchronousContinuations = true });
        _loop = new WriterLoop(new WriterConnection(open, options.LockTimeout), _queue.Reader, () => QueueLength, options);
        _thread = new Thread(() =>
        {
            _loop.Run();
            _ended.SetResult();
        })
        {
            IsBackground = true,
            Name = nameof(SqliteSingleWriter),
        };
        _thread.Start();
    }

    /// <summary>How many units wait now, those whose callers wait until there is room for them included.</summary>
    public int QueueLength => _queue.Reader.Count + Volatile.Read(ref _waitingForRoom);

    /// <summary>Hands over work and waits until it is durable.</summary>
    /// <param name="work">What to do, through the unit it gets. It is done before it returns, and may be done again: see <see cref="SqliteSingleWriter"/>.</param>
    /// <param name="cancellationToken">Takes the work back, as long as it has not begun.</param>
    /// <returns>A task that is completed when the work is committed. If it fails, nothing of the work is stored; it has the exception of the work, or a <see cref="SqliteException"/>:
    /// error 5 if others held the write lock all the time, 13 or 10 if there is no room.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The call comes from work that the writer is doing.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled before the work began.</exception>
    public Task RunAsync(Action<SqliteWriterUnit> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Enqueue(
            unit =>
            {
                work(unit);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc cref="RunAsync(Action{SqliteWriterUnit}, CancellationToken)"/>
    /// <typeparam name="T">What the work finds out.</typeparam>
    /// <exception cref="ArgumentException"><paramref name="work"/> is asynchronous: it returns a task.</exception>
    public Task<T> RunAsync<T>(Func<SqliteWriterUnit, T> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        SynchronousWork.RefuseTask<T>(nameof(work), AsynchronousInstead);
        return Enqueue(work, cancellationToken);
    }

    /// <summary>Hands over one statement and waits until it is durable.</summary>
    /// <param name="sql">One statement.</param>
    /// <param name="values">A value for each parameter, as for <see cref="SqliteWriterUnit.Execute"/>.</param>
    /// <param name="cancellationToken">Takes the statement back, as long as it has not begun.</param>
    /// <returns>How many rows were inserted, updated or deleted.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="sql"/> is null.</exception>
    /// <inheritdoc cref="RunAsync(Action{SqliteWriterUnit}, CancellationToken)"/>
    public Task<int> ExecuteAsync(string sql, IEnumerable<object?>? values = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sql);
        object?[] own = values is null ? [] : values.ToArray();
        return Enqueue(unit => unit.Execute(sql, own), cancellationToken, sql);
    }

    /// <summary>
    /// Waits until what was handed over before is carried out, and closes the connection, with its locks. The next work opens it again. For a program that the operating system is about
    /// to suspend, or before the file of the database is moved.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait: the connection stays open. What was handed over is carried out all the same.</param>
    /// <exception cref="InvalidOperationException">The call comes from work that the writer is doing.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled before the connection was closed.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public Task CloseConnectionAsync(CancellationToken cancellationToken = default) => Enqueue(new ClosingRequest(), cancellationToken);

    /// <summary>Takes no more work, and waits until what was handed over is carried out or, once the token is cancelled, refused.</summary>
    /// <param name="cancellationToken">From when on work that has not begun fails with <see cref="ObjectDisposedException"/>.</param>
    /// <exception cref="InvalidOperationException">The call comes from work that the writer is doing.</exception>
    public async Task ShutdownAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfOnWritersThread();
        TakeNoMore();
        using (cancellationToken.UnsafeRegister(static loop => ((WriterLoop)loop!).Stop(), _loop))
        {
            await _ended.Task.ConfigureAwait(false);
        }
    }

    /// <summary>As <see cref="ShutdownAsync"/>: carries out what was handed over.</summary>
    /// <exception cref="InvalidOperationException">The call comes from work that the writer is doing.</exception>
    public ValueTask DisposeAsync() => new(ShutdownAsync());

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose()
    {
        ThrowIfOnWritersThread();
        TakeNoMore();
        _thread.Join();
    }

    internal static ObjectDisposedException Disposed() =>
        new(nameof(SqliteSingleWriter), "The writer was shut down before it came to this work. Nothing of it is stored.");

    private static Func<SqliteConnection> OpenUnpooled(string connectionString, SqliteConnectionOptions? options)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        var own = new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ToString();
        return () =>
        {
            var connection = new SqliteConnection(own);
            try
            {
                connection.OpenConfigured(options);
                return connection;
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        };
    }

    private Task<T> Enqueue<T>(Func<SqliteWriterUnit, T> work, CancellationToken cancellationToken, string? statement = null) =>
        Enqueue(new WriterRequest<T>(work, statement), cancellationToken);

    private Task<T> Enqueue<T>(WriterRequest<T> request, CancellationToken cancellationToken)
    {
        ThrowIfOnWritersThread();
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        request.CancelBy(cancellationToken);
        if (Volatile.Read(ref _isShut) != 0 || !_queue.Writer.TryWrite(request))
        {
            // The caller waits for the request and not for this: his code does not run on the thread that makes room, or that shuts the writer down.
            _ = EnqueueWhenThereIsRoom(request, cancellationToken);
        }

        return request.Task;
    }

    private async Task EnqueueWhenThereIsRoom(WriterRequest request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waitingForRoom);
        try
        {
            if (Volatile.Read(ref _isShut) != 0)
            {
                Refuse(request);
                return;
            }

            await _queue.Writer.WriteAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The request is told by its token too.
        }
        catch (ChannelClosedException)
        {
            Refuse(request);
        }
        finally
        {
            if (Interlocked.Decrement(ref _waitingForRoom) == 0 && Volatile.Read(ref _isShut) != 0)
            {
                _queue.Writer.TryComplete();
            }
        }
    }

    private static void Refuse(WriterRequest request)
    {
        if (request.TryBegin())
        {
            request.Fail(Disposed());
        }
    }

    // Those who wait for room have come before, and are let in.
    private void TakeNoMore()
    {
        Interlocked.Exchange(ref _isShut, 1);
        if (Volatile.Read(ref _waitingForRoom) == 0)
        {
            _queue.Writer.TryComplete();
        }
    }

    // It would wait for itself.
    private void ThrowIfOnWritersThread()
    {
        if (Environment.CurrentManagedThreadId == _thread.ManagedThreadId)
        {
            throw new InvalidOperationException("The call comes from work that the writer is doing. Use the unit that the work was given, and the writer after it.");
        }
    }
}
#endif
