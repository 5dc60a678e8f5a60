namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>Reports of progress, taken down at once.</summary>
internal sealed class Reports : IProgress<SqliteCopyProgress>
{
    public List<SqliteCopyProgress> All { get; } = [];

    public Action<SqliteCopyProgress>? OnReport { get; init; }

    public void Report(SqliteCopyProgress value)
    {
        All.Add(value);
        OnReport?.Invoke(value);
    }
}
