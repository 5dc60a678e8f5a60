using System.Runtime.CompilerServices;

namespace SqliteAnalyzers.Engine;

/// <summary>
/// What is worked out once for a compilation, by the thread that asks first. Those that ask meanwhile prepare what lies ahead of it and
/// wait; where the first is cancelled, the next begins.
/// </summary>
/// <param name="make">Works it out, and says what lies ahead. It must not ask for the result itself, nor for one that is worked out with the help of this one.</param>
internal sealed class SharedResult<T>(Func<WorkAhead, CancellationToken, T> make)
{
    private const int MillisecondsToNextLook = 1;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly WorkAhead _ahead = new();
    private StrongBox<T>? _result;

    public T Get(CancellationToken cancellation)
    {
        if (Volatile.Read(ref _result) is { } known)
        {
            return known.Value;
        }

        while (!_turn.Wait(MillisecondsToNextLook, cancellation))
        {
            _ahead.Help(cancellation);
        }

        try
        {
            return (_result ??= new(make(_ahead, cancellation))).Value;
        }
        finally
        {
            _turn.Release();
        }
    }
}

/// <summary>
/// A list that one thread works through from the front while others prepare its items from the back, so that it finds done what it
/// comes to.
/// </summary>
internal sealed class WorkAhead
{
    private volatile Items? _items;

    private sealed class Items(int count, Action<int, CancellationToken> prepare)
    {
        private int _front;
        private int _back = count;

        public void MoveFront() => Interlocked.Increment(ref _front);

        public bool TryPrepareLast(CancellationToken cancellation)
        {
            var index = Interlocked.Decrement(ref _back);
            if (index <= Volatile.Read(ref _front))
            {
                return false;
            }

            prepare(index, cancellation);
            return true;
        }
    }

    /// <summary>The items one after the other.</summary>
    /// <param name="items">The items.</param>
    /// <param name="prepare">Does for one what is kept and makes its turn short; it decides nothing.</param>
    public IEnumerable<TItem> Of<TItem>(IEnumerable<TItem> items, Action<TItem, CancellationToken> prepare)
    {
        var list = items.ToArray();
        var shared = _items = new(list.Length, (index, cancellation) => prepare(list[index], cancellation));
        try
        {
            foreach (var item in list)
            {
                yield return item;
                shared.MoveFront();
            }
        }
        finally
        {
            _items = null;
        }
    }

    /// <summary>Prepares from the back what there is.</summary>
    public void Help(CancellationToken cancellation)
    {
        while (_items is { } items && items.TryPrepareLast(cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
