#if NET
using System;

namespace SqliteAnalyzers.Runtime;

/// <summary>How a <see cref="SqliteSingleWriter"/> gathers the work of its callers.</summary>
public sealed record SqliteSingleWriterOptions
{
    /// <summary>How many units may share a commit, at least 1. Default: 1,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxUnitsPerCommit
    {
        get;
        init => field = InRange(value, value >= 1, nameof(MaxUnitsPerCommit), "at least 1");
    } = 1_000;

    /// <summary>
    /// After how much time a transaction is committed although more units wait. Default: 20 milliseconds. It is looked at between two units, and nothing waits for it:
    /// where no unit waits, what is done is committed at once.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or more than 2,147,483,647 milliseconds.</exception>
    public TimeSpan MaxTimePerCommit
    {
        get;
        init => field = InRange(value, Milliseconds.AreInRange(value), nameof(MaxTimePerCommit), "from 0 to 2,147,483,647 milliseconds");
    } = TimeSpan.FromMilliseconds(20);

    /// <summary>How many units may wait, at least 1. Default: 4,096. Those who come when it is full wait, without a thread, until there is room.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int QueueCapacity
    {
        get;
        init => field = InRange(value, value >= 1, nameof(QueueCapacity), "at least 1");
    } = 4_096;

    /// <summary>
    /// How long to wait for a lock that somebody else holds, another process or a connection beside the writer, before the units that wait for it fail with SQLITE_BUSY.
    /// Default: 30 seconds. Among the callers of the writer there is none to wait for.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or more than 2,147,483,647 milliseconds.</exception>
    public TimeSpan LockTimeout
    {
        get;
        init => field = InRange(value, Milliseconds.AreInRange(value), nameof(LockTimeout), "from 0 to 2,147,483,647 milliseconds");
    } = TimeSpan.FromSeconds(30);

    private static T InRange<T>(T value, bool inRange, string name, string range) =>
        inRange ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be {range}.");
}
#endif
