namespace SqliteAnalyzers.Hosting;

/// <summary>The names under which the library tells what it does, for OpenTelemetry.</summary>
/// <remarks>
/// <code>
/// services.AddOpenTelemetry()
///     .WithMetrics(metrics => metrics.AddMeter(SqliteTelemetry.MeterName))
///     .WithTracing(tracing => tracing.AddSource(SqliteTelemetry.ActivitySourceName));
/// </code>
/// Source: <see href="https://opentelemetry.io/docs/languages/dotnet/instrumentation/"/>.
/// </remarks>
public static class SqliteTelemetry
{
    /// <summary>The meter of commits, locks, checkpoints, -wal files and single writers.</summary>
    public const string MeterName = "SqliteAnalyzers.Runtime";

    /// <summary>The source of activities for checkpoints, backups and restores.</summary>
    public const string ActivitySourceName = "SqliteAnalyzers.Runtime";
}
