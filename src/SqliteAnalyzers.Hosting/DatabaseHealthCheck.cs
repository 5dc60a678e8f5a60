using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Hosting;

/// <summary>Examines the database, and tells how long its -wal file and the queue of its writer are.</summary>
internal sealed class DatabaseHealthCheck(SqliteHostedDatabase database, bool checkIntegrity) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (database.IsSuspended)
        {
            // Looking would open it.
            return HealthCheckResult.Healthy("The database is suspended.");
        }

        // SQLite does nothing asynchronously, and opening may wait for others.
        return await Task.Run(() => Check(context.Registration.FailureStatus), cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private HealthCheckResult Check(HealthStatus failureStatus)
    {
        var data = new Dictionary<string, object>
        {
            ["file"] = database.Name,
            ["queue_length"] = database.QueueLength,
        };
        try
        {
            if (database.File is { Length: > 0 } path && !File.Exists(path))
            {
                // Opening would make an empty one, and those who have the old one open would go on with that.
                return new(failureStatus, $"The file '{path}' is gone.", data: data);
            }

            using var connection = database.DataSource.OpenConnection();
            data["wal_bytes"] = database.WalSize;
            return Result(SqliteExamination.Of(connection, checkIntegrity).Findings, failureStatus, data);
        }
        catch (Exception exception) when (exception is SqliteException or InvalidOperationException or IOException)
        {
            return new(failureStatus, $"The database cannot be read. {exception.Message}", exception, data);
        }
    }

    private static HealthCheckResult Result(IReadOnlyList<SqliteFinding> findings, HealthStatus failureStatus, Dictionary<string, object> data)
    {
        data["findings"] = findings.Select(Line).ToArray();
        var worst = findings.Count > 0 ? findings[0].Severity : SqliteFindingSeverity.Info;
        return worst switch
        {
            SqliteFindingSeverity.Error => new(failureStatus, Line(findings[0]), data: data),
            SqliteFindingSeverity.Warning => new(HealthStatus.Degraded, Line(findings[0]), data: data),
            _ => HealthCheckResult.Healthy(data: data),
        };
    }

    private static string Line(SqliteFinding finding) => string.Create(
        CultureInfo.InvariantCulture,
        $"{finding.Severity}: {finding.Subject} is {finding.Found}, recommended {finding.Recommended}{(finding.Rule is null ? "" : $" ({finding.Rule})")}. {finding.Why} {finding.Fix}");
}
