using SqliteAnalyzers.Benchmarks.Bulk;

namespace SqliteAnalyzers.Benchmarks.Contenders;

/// <summary>
/// A way to insert rows. Made for one database file: it opens it, sets the pragmas and creates the table before <see cref="Insert"/> is measured.
/// </summary>
internal abstract class Contender : IDisposable
{
    /// <summary>The version of SQLite that does the work, as the contender's own connection says it.</summary>
    public abstract string Engine { get; }

    /// <summary>Inserts the rows, and commits after each <paramref name="batchSize"/> of them and at the end.</summary>
    public abstract void Insert(Measurement[] rows, int batchSize);

    public abstract void Dispose();

    protected static IEnumerable<ArraySegment<Measurement>> Batches(Measurement[] rows, int batchSize)
    {
        for (var start = 0; start < rows.Length; start += batchSize)
        {
            yield return new(rows, start, Math.Min(batchSize, rows.Length - start));
        }
    }
}
