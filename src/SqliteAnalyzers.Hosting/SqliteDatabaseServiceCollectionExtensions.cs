using System;
using System.Data.Common;
using System.Linq;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SqliteAnalyzers.Hosting;
using SqliteAnalyzers.Runtime;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers SQLite databases.</summary>
public static class SqliteDatabaseServiceCollectionExtensions
{
    /// <summary>
    /// Registers a database: a <see cref="ConfiguredSqliteDataSource"/>, its connections (<see cref="SqliteConnection"/>, transient, closed), a <see cref="SqliteSingleWriter"/>,
    /// a <see cref="SqliteHostedDatabase"/>, and a service of the host that checkpoints while the program is idle and drains, checkpoints and releases at its end.
    /// </summary>
    /// <remarks>
    /// <para>
    /// <see cref="DbDataSource"/> and <see cref="DbConnection"/> are registered too, unless they are already. The single writer is made for the first who asks.
    /// </para>
    /// <code>
    /// services.AddSqliteDatabase("Data Source=shop.db");
    /// </code>
    /// Source: <see href="https://learn.microsoft.com/dotnet/core/extensions/dependency-injection"/>.
    /// </remarks>
    /// <param name="services">The services.</param>
    /// <param name="connectionString">The connection string of Microsoft.Data.Sqlite.</param>
    /// <param name="configure">Sets the other options. They can be bound to a configuration as well: <c>services.Configure&lt;SqliteDatabaseOptions&gt;(…)</c>.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="connectionString"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A database without a key is registered already.</exception>
    public static IServiceCollection AddSqliteDatabase(this IServiceCollection services, string connectionString, Action<SqliteDatabaseOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        return Add(services, serviceKey: null, connectionString, configure);
    }

    /// <inheritdoc cref="AddSqliteDatabase(IServiceCollection, string, Action{SqliteDatabaseOptions}?)"/>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options, <see cref="SqliteDatabaseOptions.ConnectionString"/> among them.</param>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="configure"/> is null.</exception>
    public static IServiceCollection AddSqliteDatabase(this IServiceCollection services, Action<SqliteDatabaseOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, serviceKey: null, connectionString: null, configure);
    }

    /// <summary>As <see cref="AddSqliteDatabase(IServiceCollection, string, Action{SqliteDatabaseOptions}?)"/>, with a key: for programs with several databases.</summary>
    /// <remarks>
    /// <code>
    /// services.AddKeyedSqliteDatabase("archive", "Data Source=archive.db");
    /// app.MapGet("/archived", ([FromKeyedServices("archive")] ConfiguredSqliteDataSource archive) => …);
    /// </code>
    /// Source: <see href="https://learn.microsoft.com/dotnet/core/extensions/dependency-injection#keyed-services"/>.
    /// </remarks>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key. Its text is the name of the options.</param>
    /// <param name="connectionString">The connection string of Microsoft.Data.Sqlite.</param>
    /// <param name="configure">Sets the other options.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/>, <paramref name="serviceKey"/> or <paramref name="connectionString"/> is null.</exception>
    /// <exception cref="ArgumentException">The text of <paramref name="serviceKey"/> is empty, or it is <see cref="KeyedService.AnyKey"/>.</exception>
    /// <exception cref="InvalidOperationException">A database with a key of this text is registered already.</exception>
    public static IServiceCollection AddKeyedSqliteDatabase(
        this IServiceCollection services, object serviceKey, string connectionString, Action<SqliteDatabaseOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(serviceKey);
        ArgumentNullException.ThrowIfNull(connectionString);
        return Add(services, serviceKey, connectionString, configure);
    }

    /// <inheritdoc cref="AddKeyedSqliteDatabase(IServiceCollection, object, string, Action{SqliteDatabaseOptions}?)"/>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key. Its text is the name of the options.</param>
    /// <param name="configure">Sets the options, <see cref="SqliteDatabaseOptions.ConnectionString"/> among them.</param>
    /// <exception cref="ArgumentNullException"><paramref name="services"/>, <paramref name="serviceKey"/> or <paramref name="configure"/> is null.</exception>
    public static IServiceCollection AddKeyedSqliteDatabase(this IServiceCollection services, object serviceKey, Action<SqliteDatabaseOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(serviceKey);
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, serviceKey, connectionString: null, configure);
    }

    private static IServiceCollection Add(IServiceCollection services, object? serviceKey, string? connectionString, Action<SqliteDatabaseOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        var name = NameOf(serviceKey);
        if (services.Any(service => service.ServiceType == typeof(RegisteredDatabase) && ((RegisteredDatabase)service.ImplementationInstance!).Name == name))
        {
            throw new InvalidOperationException(
                serviceKey is null
                    ? "An SQLite database without a key is registered already. Register a second one by AddKeyedSqliteDatabase, and change the options of the first one by Configure<SqliteDatabaseOptions>."
                    : $"An SQLite database with the key '{name}' is registered already. Register another one with another key, and change the options of the first one by Configure<SqliteDatabaseOptions>(\"{name}\", …).");
        }

        services.AddSingleton(new RegisteredDatabase(name));
        services.AddSingleton<IValidateOptions<SqliteDatabaseOptions>>(new DatabaseOptionsValidation(name));
        services.AddOptions<SqliteDatabaseOptions>(name).Configure(options =>
        {
            options.ConnectionString = connectionString ?? options.ConnectionString;
            configure?.Invoke(options);
        });

        // The provider disposes in the reverse order in which it has handed things out first: the writer, the database, the data source, and that is handed out as a DbDataSource too.
        var dbDataSource = ServiceDescriptor.KeyedSingleton<DbDataSource>(serviceKey, static (provider, key) => Get<ConfiguredSqliteDataSource>(provider, key));
        services.AddKeyedSingleton(serviceKey, (provider, _) => DataSource(provider, name));
        services.AddKeyedSingleton(serviceKey, (provider, key) =>
        {
            if (services.LastOrDefault(service => service.ServiceType == typeof(DbDataSource) && Equals(service.ServiceKey, serviceKey)) == dbDataSource)
            {
                _ = Get<DbDataSource>(provider, key);
            }

            return Database(provider, key, name);
        });
        services.AddKeyedSingleton(serviceKey, static (provider, key) => Get<SqliteHostedDatabase>(provider, key).Writer);
        services.AddKeyedTransient(serviceKey, static (provider, key) => Get<ConfiguredSqliteDataSource>(provider, key).CreateConnection());
        services.TryAdd(dbDataSource);
        services.TryAddKeyedTransient<DbConnection>(serviceKey, static (provider, key) => Get<SqliteConnection>(provider, key));

        // AddHostedService takes one of a kind.
        services.AddSingleton<IHostedService>(provider => new DatabaseLifecycle(Get<SqliteHostedDatabase>(provider, serviceKey)));
        return services;
    }

    private static string NameOf(object? serviceKey) => serviceKey switch
    {
        null => Options.Options.DefaultName,
        _ when ReferenceEquals(serviceKey, KeyedService.AnyKey) => throw new ArgumentException("KeyedService.AnyKey is a key for those who ask, and not of one database.", nameof(serviceKey)),
        _ when serviceKey.ToString() is { Length: > 0 } text => text,
        _ => throw new ArgumentException("The key has no text, which is the name of the options.", nameof(serviceKey)),
    };

    private static ConfiguredSqliteDataSource DataSource(IServiceProvider provider, string name)
    {
        var options = OptionsOf(provider, name);
        return new(options.ConnectionString, options.Connection, options.PrepareConnection);
    }

    private static SqliteHostedDatabase Database(IServiceProvider provider, object? key, string name) => new(
        Get<ConfiguredSqliteDataSource>(provider, key),
        OptionsOf(provider, name),
        provider.GetService<TimeProvider>() ?? TimeProvider.System,
        (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger<SqliteHostedDatabase>());

    private static SqliteDatabaseOptions OptionsOf(IServiceProvider provider, string name) =>
        provider.GetRequiredService<IOptionsMonitor<SqliteDatabaseOptions>>().Get(name);

    private static T Get<T>(IServiceProvider provider, object? key)
        where T : notnull =>
        key is null ? provider.GetRequiredService<T>() : provider.GetRequiredKeyedService<T>(key);

    /// <summary>That a name is taken.</summary>
    private sealed record RegisteredDatabase(string Name);
}
