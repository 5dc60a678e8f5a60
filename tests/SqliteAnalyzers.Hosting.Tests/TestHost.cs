using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace SqliteAnalyzers.Hosting.Tests;

/// <summary>A host with one database, a clock that the test turns, and what was logged.</summary>
internal sealed class TestHost : IAsyncDisposable, ILoggerProvider, ILogger
{
    private readonly IHost _host;
    private readonly ConcurrentQueue<(LogLevel Level, int Id, string Text)> _logged = new();

    public TestHost(Action<IServiceCollection> configure)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Logging.SetMinimumLevel(LogLevel.Debug).AddProvider(this);
        configure(builder.Services);
        _host = builder.Build();
    }

    public FakeTimeProvider Time { get; } = new();

    public IServiceProvider Services => _host.Services;

    public SqliteSingleWriter Writer => Services.GetRequiredService<SqliteSingleWriter>();

    public ConfiguredSqliteDataSource DataSource => Services.GetRequiredService<ConfiguredSqliteDataSource>();

    public SqliteHostedDatabase Database => Services.GetRequiredService<SqliteHostedDatabase>();

    /// <summary>Starts a host with the database.</summary>
    public static async Task<TestHost> StartAsync(TestDatabase database, Action<SqliteDatabaseOptions>? configure = null, Action<IServiceCollection>? more = null)
    {
        var host = new TestHost(services =>
        {
            services.AddSqliteDatabase(database.ConnectionString, configure);
            more?.Invoke(services);
        });
        await host.StartAsync();
        return host;
    }

    public Task StartAsync() => _host.StartAsync();

    public Task StopAsync() => _host.StopAsync();

    public Task StopAsync(CancellationToken cancellationToken) => _host.StopAsync(cancellationToken);

    /// <summary>How often something was logged.</summary>
    public int Logged(int id) => _logged.Count(entry => entry.Id == id);

    public string Text(int id) => Assert.Single(_logged, entry => entry.Id == id).Text;

    /// <summary>Lets the time pass in steps, at each of which the -wal file is looked at.</summary>
    public void Pass(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    public ILogger CreateLogger(string categoryName) => categoryName == typeof(SqliteHostedDatabase).FullName ? this : NullLogger.Instance;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _logged.Enqueue((logLevel, eventId.Id, formatter(state, exception)));

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public async ValueTask DisposeAsync() => await ((IAsyncDisposable)_host).DisposeAsync();

    void IDisposable.Dispose()
    {
    }
}
