using System;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Storage;
using SQLitePCL;

namespace SqliteAnalyzers.EntityFrameworkCore;

/// <summary>
/// Does an operation again as a whole (SaveChanges, a query, or what is handed to <see cref="IExecutionStrategy"/>) when a lock of somebody else was in its way:
/// SQLITE_BUSY, SQLITE_BUSY_SNAPSHOT and the other extended codes of it, and SQLITE_LOCKED_SHAREDCACHE. Nothing else is done again.
/// </summary>
/// <remarks>
/// <para>
/// Entity Framework Core's rules for strategies that retry hold: a transaction that is begun by the program must be begun in <c>CreateExecutionStrategy().Execute(…)</c>,
/// which then does all of it again, and results are read into memory as a whole before the program gets the first of them.
/// Source: <see href="https://learn.microsoft.com/ef/core/miscellaneous/connection-resiliency"/>.
/// </para>
/// <para>
/// The waiting is SQLite's and Microsoft.Data.Sqlite's: an attempt fails when the busy timeout and the command timeout are over, or at once where waiting cannot help.
/// Between two attempts there are 10 to 30 milliseconds, always: who has waited long has the same chance as who comes.
/// Source: <see href="https://sqlite.org/rescode.html#busy"/>.
/// </para>
/// </remarks>
public sealed class SqliteBusyExecutionStrategy : ExecutionStrategy
{
    // SQLITE_BUSY has other causes than locks. Microsoft.Data.Sqlite takes Entity Framework Core's functions from a connection that is closed, and if one of its statements is
    // not finished, that fails with "unable to delete/modify user-function": when what was done has been committed.
    private const string Locked = "database is locked";

    private const int ShortestPause = 10;
    private const int LongestPause = 30;

    private readonly TimeSpan _timeout;
    private long _began;

    /// <summary>A strategy for one context.</summary>
    /// <param name="dependencies">What Entity Framework Core hands to strategies.</param>
    /// <param name="timeout">For how long after the beginning of an operation it may be begun again: from 0, exclusive, to 2,147,483,647 milliseconds; 60 seconds if left out,
    /// twice the busy timeout of <see cref="Runtime.SqliteConnectionOptions.Default"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="dependencies"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is out of range.</exception>
    public SqliteBusyExecutionStrategy(ExecutionStrategyDependencies dependencies, TimeSpan? timeout = null)
        : base(dependencies ?? throw new ArgumentNullException(nameof(dependencies)), maxRetryCount: int.MaxValue, maxRetryDelay: TimeSpan.FromMilliseconds(LongestPause))
    {
        _timeout = InRange(timeout, nameof(timeout));
    }

    internal static TimeSpan DefaultTimeout { get; } = TimeSpan.FromSeconds(60);

    /// <summary>The time, if it can be waited for.</summary>
    internal static TimeSpan InRange(TimeSpan? timeout, string name) => timeout switch
    {
        null => DefaultTimeout,
        { TotalMilliseconds: > 0 and <= int.MaxValue } given => given,
        _ => throw new ArgumentOutOfRangeException(name, timeout, "The timeout must be from 0, exclusive, to 2,147,483,647 milliseconds."),
    };

    /// <inheritdoc/>
    protected override void OnFirstExecution()
    {
        base.OnFirstExecution();
        _began = Stopwatch.GetTimestamp();
    }

    /// <inheritdoc/>
    protected override bool ShouldRetryOn(Exception exception) =>
        exception is SqliteException error
        && (error.SqliteExtendedErrorCode == raw.SQLITE_LOCKED_SHAREDCACHE
            || (error.SqliteErrorCode == raw.SQLITE_BUSY && error.Message.Contains(Locked, StringComparison.Ordinal)));

    /// <summary>The pause before the next attempt.</summary>
    /// <exception cref="RetryLimitExceededException">The time is over.</exception>
    protected override TimeSpan? GetNextDelay(Exception lastException)
    {
        var elapsed = Stopwatch.GetElapsedTime(_began);
        return elapsed < _timeout
            ? TimeSpan.FromMilliseconds(Random.Next(ShortestPause, LongestPause + 1))
            : throw new RetryLimitExceededException(
                $"Others were in the way for {elapsed.TotalMilliseconds:0} ms and {ExceptionsEncountered.Count} attempts, and nothing of the last one is stored. See the inner exception for what it met.",
                lastException);
    }

    /// <summary>
    /// Makes the next attempt the first once more: a transaction that this one has begun and left open is rolled back, and dependents take the keys of their principals anew,
    /// because those that the failed attempt was given are void. Where a program detects changes itself nothing is detected for it.
    /// </summary>
    protected override void OnRetry()
    {
        var context = Dependencies.CurrentContext.Context;
        context.Database.CurrentTransaction?.Dispose();
        if (context.ChangeTracker.AutoDetectChangesEnabled)
        {
            context.ChangeTracker.DetectChanges();
        }

        base.OnRetry();
    }
}
