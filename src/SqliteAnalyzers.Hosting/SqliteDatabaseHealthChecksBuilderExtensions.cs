using System;
using System.Collections.Generic;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SqliteAnalyzers.Hosting;
using SqliteAnalyzers.Runtime;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds health checks for SQLite databases.</summary>
public static class SqliteDatabaseHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check that opens the database and examines it (<see cref="SqliteExamination"/>): unhealthy if that fails, the file is gone or a finding is an error, degraded if one is a warning. A database that
    /// is suspended is healthy, and is not opened.
    /// </summary>
    /// <remarks>
    /// Its data are <c>file</c>, <c>wal_bytes</c>, <c>queue_length</c> (units that wait for the single writer) and <c>findings</c>, a line for each.
    /// Source: <see href="https://learn.microsoft.com/aspnet/core/host-and-deploy/health-checks"/>.
    /// </remarks>
    /// <param name="builder">The health checks.</param>
    /// <param name="serviceKey">The key of the database; null for the one that has none.</param>
    /// <param name="name">The name of the check; "sqlite" if left out, with a colon and the key if there is one.</param>
    /// <param name="failureStatus">What to report in place of <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">Tags by which checks can be chosen.</param>
    /// <param name="timeout">How long the check may take; without an end if left out.</param>
    /// <param name="checkIntegrity">Whether to run <c>PRAGMA quick_check</c> each time, which reads the whole database.</param>
    /// <returns>The same health checks.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static IHealthChecksBuilder AddSqliteDatabase(
        this IHealthChecksBuilder builder,
        object? serviceKey = null,
        string? name = null,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        TimeSpan? timeout = null,
        bool checkIntegrity = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name ?? (serviceKey is null ? "sqlite" : $"sqlite:{serviceKey}"),
            provider => new DatabaseHealthCheck(
                serviceKey is null ? provider.GetRequiredService<SqliteHostedDatabase>() : provider.GetRequiredKeyedService<SqliteHostedDatabase>(serviceKey), checkIntegrity),
            failureStatus,
            tags,
            timeout));
    }
}
