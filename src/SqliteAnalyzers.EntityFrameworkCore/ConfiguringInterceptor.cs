using System.Data.Common;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.EntityFrameworkCore;

/// <summary>
/// Configures each connection that a context has opened. One that was open before belongs to whoever opened it: Entity Framework Core says nothing of it.
/// </summary>
internal sealed class ConfiguringInterceptor(SqliteConnectionOptions? options) : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => (connection as SqliteConnection)?.ConfigureOpened(options);

    // There is nothing to wait for.
    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
