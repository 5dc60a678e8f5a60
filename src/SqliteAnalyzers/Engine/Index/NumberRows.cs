namespace SqliteAnalyzers.Engine;

/// <summary>
/// For each number from 0 on the numbers that belong to it, all in one array: a program has tens of thousands of such rows, most of them with one or two.
/// </summary>
internal sealed class NumberRows
{
    private readonly int[] _starts;
    private readonly int[] _items;

    /// <param name="count">How many rows there are.</param>
    /// <param name="items">What belongs to them, in any order of the rows.</param>
    public NumberRows(int count, IReadOnlyCollection<(int Row, int Item)> items)
    {
        _starts = new int[count + 1];
        foreach (var (row, _) in items)
        {
            _starts[row + 1]++;
        }

        for (var row = 0; row < count; row++)
        {
            _starts[row + 1] += _starts[row];
        }

        _items = new int[items.Count];
        var next = (int[])_starts.Clone();
        foreach (var (row, item) in items)
        {
            _items[next[row]++] = item;
        }
    }

    /// <summary>What belongs to a row, in the order in which it was given; nothing to a row that there is not, which is <see langword="null"/>.</summary>
    public IEnumerable<int> this[int? row]
    {
        get
        {
            if (row is { } known)
            {
                for (var i = _starts[known]; i < _starts[known + 1]; i++)
                {
                    yield return _items[i];
                }
            }
        }
    }

    /// <summary>How many numbers belong to a row.</summary>
    public int Count(int? row) => row is { } known ? _starts[known + 1] - _starts[known] : 0;
}
