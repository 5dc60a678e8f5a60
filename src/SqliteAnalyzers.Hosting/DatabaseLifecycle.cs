using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;

namespace SqliteAnalyzers.Hosting;

/// <summary>
/// Opens the database before the host starts its services, and ends it when all of them have stopped: those who write have come to their end then, the web server too.
/// </summary>
internal sealed class DatabaseLifecycle(SqliteHostedDatabase database) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => database.StartAsync(cancellationToken);

    // For hosts that know no lifecycle.
    public Task StartAsync(CancellationToken cancellationToken) => database.StartAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => database.StopAsync(cancellationToken);
}
