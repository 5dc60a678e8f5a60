#if NET
using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace SqliteAnalyzers.Runtime;

/// <summary>A unit of work that waits for the single writer, with its caller. It is begun or cancelled, never both.</summary>
internal abstract class WriterRequest(string? statement)
{
    private const int Waits = 0;
    private const int IsBegun = 1;
    private const int IsCancelled = 2;

    private CancellationTokenRegistration _registration;
    private int _state = Waits;

    /// <summary>The text, if it is one statement and nothing of the caller's.</summary>
    public string? Statement => statement;

    /// <summary>When the caller came, by <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public long Came { get; } = Stopwatch.GetTimestamp();

    /// <summary>Lets the token cancel the request as long as it waits.</summary>
    public void CancelBy(CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            _registration = cancellationToken.UnsafeRegister(static (request, token) => ((WriterRequest)request!).CancelIfWaiting(token), this);
        }
    }

    /// <summary>Takes the request out of the reach of its token.</summary>
    /// <returns>False if it was cancelled.</returns>
    public bool TryBegin()
    {
        if (Interlocked.CompareExchange(ref _state, IsBegun, Waits) != Waits)
        {
            return false;
        }

        _registration.Unregister();
        return true;
    }

    /// <summary>Does the work, and keeps what it returns.</summary>
    public abstract void Run(SqliteWriterUnit unit);

    /// <summary>Tells the caller that the work is durable.</summary>
    public abstract void Complete();

    /// <summary>Tells the caller that nothing of the work is stored.</summary>
    public abstract void Fail(Exception exception);

    protected abstract void Cancel(CancellationToken cancellationToken);

    private void CancelIfWaiting(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _state, IsCancelled, Waits) == Waits)
        {
            Cancel(cancellationToken);
        }
    }
}

/// <inheritdoc/>
/// <typeparam name="T">What the work finds out.</typeparam>
internal class WriterRequest<T>(Func<SqliteWriterUnit, T> work, string? statement) : WriterRequest(statement)
{
    // The caller's continuation does not run on the writer's thread.
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Task => _completion.Task;

    public override void Run(SqliteWriterUnit unit) => _result = work(unit);

    public override void Complete() => _completion.TrySetResult(_result!);

    public override void Fail(Exception exception) => _completion.TrySetException(exception);

    protected override void Cancel(CancellationToken cancellationToken) => _completion.TrySetCanceled(cancellationToken);
}

/// <summary>No work: the connection is closed when all that came before is done.</summary>
internal sealed class ClosingRequest() : WriterRequest<bool>(static _ => true, statement: null);
#endif
