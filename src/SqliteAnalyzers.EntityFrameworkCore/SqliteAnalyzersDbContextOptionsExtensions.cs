using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using SqliteAnalyzers.EntityFrameworkCore;
using SqliteAnalyzers.Runtime;

namespace Microsoft.EntityFrameworkCore;

/// <summary>What the options of a context say about its connections to SQLite.</summary>
public static class SqliteAnalyzersDbContextOptionsExtensions
{
    /// <summary>
    /// Configures each connection that the context opens as <see cref="SqliteConnectionExtensions.OpenConfigured"/> does: under WAL, with a busy timeout.
    /// </summary>
    /// <remarks>
    /// A connection that was open when the context got it is left alone. Interceptors that were added before run before: what must come first, as <c>PRAGMA key</c>,
    /// goes there. If configuring fails, the connection is closed again. Called twice, the later options hold.
    /// Source: <see href="https://learn.microsoft.com/ef/core/logging-events-diagnostics/interceptors"/>.
    /// </remarks>
    /// <param name="optionsBuilder">The options of the context, which say <c>UseSqlite</c> too, before or after. Other connections than those of Microsoft.Data.Sqlite are left alone.</param>
    /// <param name="options">What to set; <see cref="SqliteConnectionOptions.Default"/> if left out.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="optionsBuilder"/> is null.</exception>
    public static DbContextOptionsBuilder UseConfiguredSqlite(this DbContextOptionsBuilder optionsBuilder, SqliteConnectionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(optionsBuilder);
        return optionsBuilder.AddInterceptors(new ConfiguringInterceptor(options));
    }

    /// <inheritdoc cref="UseConfiguredSqlite(DbContextOptionsBuilder, SqliteConnectionOptions?)"/>
    /// <typeparam name="TContext">The context.</typeparam>
    public static DbContextOptionsBuilder<TContext> UseConfiguredSqlite<TContext>(this DbContextOptionsBuilder<TContext> optionsBuilder, SqliteConnectionOptions? options = null)
        where TContext : DbContext
    {
        UseConfiguredSqlite((DbContextOptionsBuilder)optionsBuilder, options);
        return optionsBuilder;
    }

    /// <summary>
    /// Does SaveChanges, queries, ExecuteUpdate and ExecuteDelete again as a whole when a lock of somebody else was in their way: see <see cref="SqliteBusyExecutionStrategy"/>.
    /// Raw SQL, BeginTransaction and Migrate only where the program hands them to CreateExecutionStrategy().Execute(…).
    /// </summary>
    /// <param name="optionsBuilder">The options of UseSqlite.</param>
    /// <param name="timeout">For how long after the beginning of an operation it may be begun again: from 0, exclusive, to 2,147,483,647 milliseconds; 60 seconds if left out.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="optionsBuilder"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is out of range.</exception>
    public static SqliteDbContextOptionsBuilder EnableRetryOnBusy(this SqliteDbContextOptionsBuilder optionsBuilder, TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(optionsBuilder);
        SqliteBusyExecutionStrategy.InRange(timeout, nameof(timeout));
        return optionsBuilder.ExecutionStrategy(dependencies => new SqliteBusyExecutionStrategy(dependencies, timeout));
    }
}
