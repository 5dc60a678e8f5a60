namespace SqliteAnalyzers.Torture;

/// <summary>The median of what was measured.</summary>
internal sealed class Median
{
    private readonly List<double> _values = [];

    /// <summary>The median; 0 of nothing.</summary>
    public double Value
    {
        get
        {
            if (_values.Count == 0)
            {
                return 0;
            }

            var sorted = _values.Order().ToList();
            return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
        }
    }

    public void Add(double value) => _values.Add(value);
}
