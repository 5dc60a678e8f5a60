namespace SqliteAnalyzers.Benchmarks.Bulk;

/// <summary>In which order the primary keys come.</summary>
internal enum KeyOrder
{
    /// <summary>1, 2, 3 and so on.</summary>
    Ascending,

    /// <summary>Anywhere in the whole range of integers.</summary>
    Scattered,

    /// <summary>Scattered, and each transaction's keys are sorted.</summary>
    SortedInBatches,
}
