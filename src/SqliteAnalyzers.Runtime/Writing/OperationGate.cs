using System;
using System.Threading;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// The one way in to what native code must not be freed under: one operation at a time, none after the end, and no end in the middle of one.
/// </summary>
internal sealed class OperationGate
{
    // Who ends the batch on one thread may be waited for by a callback on the other: that must not last for ever.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly Action _release;

    // The thread that is inside; 0 if none is.
    private int _thread;
    private volatile bool _isDisposed;
    private volatile bool _isClosed;
    private bool _isReleased;

    /// <summary>A gate that is open.</summary>
    /// <param name="release">What to do once, at the end: by whoever ends it, or by the operation during which it was ended, when that is over.</param>
    public OperationGate(Action release) => _release = release;

    /// <summary>Whether the connection was closed.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>Whether no operation may begin any more. The one at work, if any, is to stop.</summary>
    public bool IsEnding => _isDisposed || _isClosed;

    /// <summary>Goes in. <see cref="Leave"/> must follow.</summary>
    /// <exception cref="InvalidOperationException">An operation is at work: on another thread, or on this one, which then is in a function, a collation or
    /// another callback of that operation; or the connection was closed.</exception>
    /// <exception cref="ObjectDisposedException">The batch has been disposed.</exception>
    public void Enter()
    {
        var thread = Environment.CurrentManagedThreadId;
        var inside = Interlocked.CompareExchange(ref _thread, thread, 0);
        if (inside != 0)
        {
            if (inside != thread)
            {
                ThrowIfEnding();
            }

            throw new InvalidOperationException(inside == thread
                ? "The batch is in the middle of an operation, which has called back: functions, collations and hooks cannot use the batch."
                : "The batch is in the middle of an operation on another thread: a batch, as its connection, is used by one thread at a time.");
        }

        if (IsEnding)
        {
            Leave();
            ThrowIfEnding();
        }
    }

    public void Leave()
    {
        Volatile.Write(ref _thread, 0);
        if (IsEnding && Interlocked.CompareExchange(ref _thread, Environment.CurrentManagedThreadId, 0) == 0)
        {
            Release();
        }
    }

    /// <summary>Goes in, carries out an operation, and leaves. If the operation fails because the end came meanwhile, that is what is told.</summary>
    /// <inheritdoc cref="Enter"/>
    public T Run<TState, T>(TState state, Func<TState, T> operation)
    {
        Enter();
        try
        {
            return operation(state);
        }
        catch (Exception) when (IsEnding)
        {
            ThrowIfEnding();
            throw;
        }
        finally
        {
            Leave();
        }
    }

    /// <inheritdoc cref="Run{TState, T}"/>
    public void Run<TState>(TState state, Action<TState> operation) => Run((State: state, Operation: operation), static call =>
    {
        call.Operation(call.State);
        return true;
    });

    /// <exception cref="InvalidOperationException">The connection was closed.</exception>
    /// <exception cref="ObjectDisposedException">The batch has been disposed.</exception>
    public void ThrowIfEnding()
    {
        if (_isDisposed)
        {
            throw new ObjectDisposedException(nameof(SqliteBatchWriter));
        }

        if (_isClosed)
        {
            throw new InvalidOperationException(
                "The connection was closed under the batch, which belongs to one opening of it. What had not been committed is rolled back.");
        }
    }

    /// <summary>
    /// Lets nobody in any more, waits for an operation on another thread, and releases. In the middle of an operation of this thread, and of one on another
    /// that takes very long, it only announces the end: then the operation fails, and releases.
    /// </summary>
    public void Dispose()
    {
        _isDisposed = true;
        End();
    }

    /// <summary>As <see cref="Dispose"/>, because the connection was closed.</summary>
    public void Close()
    {
        _isClosed = true;
        End();
    }

    private void End()
    {
        var thread = Environment.CurrentManagedThreadId;
        var retry = new BusyRetry(s_patience);
        var wait = new SpinWait();
        int inside;
        while ((inside = Interlocked.CompareExchange(ref _thread, thread, 0)) != 0)
        {
            if (inside == thread || retry.Left == TimeSpan.Zero)
            {
                return;
            }

            wait.SpinOnce();
        }

        Release();
    }

    private void Release()
    {
        try
        {
            if (!_isReleased)
            {
                _isReleased = true;
                _release();
            }
        }
        finally
        {
            Volatile.Write(ref _thread, 0);
        }
    }
}
