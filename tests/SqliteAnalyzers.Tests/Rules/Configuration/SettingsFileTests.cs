using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Configuration;

/// <summary>SQLITE3005, 3007 and 3008 in settings files: only of connection strings that the project gives to SQLite.</summary>
public sealed class SettingsFileTests
{
    private const string Read = "options.UseSqlite(configuration.GetConnectionString(\"Default\"));";

    [Theory]
    [InlineData("Data Source=store.db;[|Cache|]=Shared")]
    [InlineData("Data Source=file:store.db?[|cache|]=shared")]
    [InlineData("Data Source=C:\\\\data\\\\store.db;[|Cache|]=Shared")]
    [InlineData("Data Source=\\u0061.db;[|Cache|]=Shared")]
    [InlineData("Data Source=store;Mode=Memory;Cache=Shared")]
    [InlineData("Data Source=:memory:;Cache=Shared")]
    [InlineData("Data Source=store.db")]
    public Task Shared_cache(string text) => VerifyAsync(Descriptors.SharedCacheOnFile, Read, Settings(text));

    [Theory]
    [InlineData("Data Source=store.db;[|Version|]=3;[|Max Pool Size|]=5")]
    [InlineData("Data Source=store.db;Default Timeout=5")]
    [InlineData("Data Source=store.db;Version=3;x='")]
    public Task Keywords(string text) => VerifyAsync(Descriptors.UnsupportedConnectionStringKeyword, Read, Settings(text));

    [Theory]
    [InlineData("Data Source=store.db;Default Timeout=[|0|]")]
    [InlineData("Data Source=store.db;Default Timeout=30")]
    public Task Timeouts(string text) => VerifyAsync(Descriptors.InfiniteLockWait, Read, Settings(text));

    [Theory]
    [InlineData("options.UseSqlite(configuration[\"ConnectionStrings:Default\"]);")]
    [InlineData("options.UseSqlite(configuration[\"connectionstrings:default\"]!);")]
    [InlineData("options.UseSqlite(configuration.GetSection(\"ConnectionStrings\")[\"Default\"]);")]
    [InlineData("options.UseSqlite(configuration.GetValue<string>(\"ConnectionStrings:Default\"));")]
    [InlineData("var text = configuration.GetConnectionString(\"Default\") ?? throw new InvalidOperationException(); options.UseSqlite(text);")]
    [InlineData("const string name = \"Default\"; var text = configuration.GetConnectionString(name); Action use = () => options.UseSqlite(text);")]
    [InlineData("var connection = new SqliteConnection(configuration.GetConnectionString(\"Default\"));")]
    [InlineData("var builder = new SqliteConnectionStringBuilder(configuration?.GetConnectionString(\"Default\"));")]
    public Task Read_and_given_to_SQLite(string body) => VerifyAsync(Descriptors.UnsupportedConnectionStringKeyword, body, Settings("Data Source=store.db;[|Version|]=3"));

    [Theory]
    [InlineData("options.UseSqlite(configuration.GetConnectionString(\"Other\"));")]
    [InlineData("options.UseSqlite(configuration[\"Default\"]);")]
    [InlineData("var text = configuration.GetConnectionString(\"Default\"); Console.WriteLine(text); options.UseSqlite(\"Data Source=a.db\");")]
    [InlineData("options.UseSqlite(configuration.GetConnectionString(Environment.MachineName));")]
    public Task Not_given_to_SQLite(string body) => VerifyAsync(Descriptors.UnsupportedConnectionStringKeyword, body, Settings("Data Source=store.db;Version=3"));

    [Theory]
    [InlineData("appsettings.json", "{ \"ConnectionStrings\": { \"Default\": \"Data Source=a.db;[|Version|]=3\", \"Other\": \"Data Source=a.db;Version=3\" } }")]
    [InlineData("AppSettings.Development.json", "{ // mine\n \"ConnectionStrings\": { \"Default\": \"Data Source=a.db;[|Version|]=3\", }, }")]
    [InlineData("folder/appsettings.json", "{ \"ConnectionStrings:Default\": \"Data Source=a.db;[|Version|]=3\" }")]
    [InlineData("settings.json", "{ \"ConnectionStrings\": { \"Default\": \"Data Source=a.db;Version=3\" } }")]
    [InlineData("appsettings.json", "{ \"ConnectionStrings\": { \"Default\": \"Data Source=a.db;Version=3\" }")]
    [InlineData("appsettings.json", "{ \"Default\": \"Data Source=a.db;Version=3\" }")]
    [InlineData("appsettings.json", "{ \"ConnectionStrings\": { \"Default\": 3 } }")]
    [InlineData("appsettings.json", "")]
    public Task Files(string name, string json) => VerifyAsync(Descriptors.UnsupportedConnectionStringKeyword, Read, json, name);

    private static string Settings(string text) => $$"""{ "ConnectionStrings": { "Default": "{{text}}" } }""";

    private static Task VerifyAsync(DiagnosticDescriptor rule, string body, string json, string name = "appsettings.json") => RuleVerifier.VerifyAsync(
        rule,
        $$"""
        using System;
        using Microsoft.Data.Sqlite;
        using Microsoft.EntityFrameworkCore;

        public interface IConfiguration
        {
            string? this[string key] { get; }

            IConfiguration GetSection(string key);
        }

        public static class ConfigurationExtensions
        {
            public static string? GetConnectionString(this IConfiguration configuration, string name) => configuration.GetSection("ConnectionStrings")[name];

            public static T? GetValue<T>(this IConfiguration configuration, string key) => default;
        }

        static class Program
        {
            static void Run(DbContextOptionsBuilder options, IConfiguration configuration)
            {
                {{body}}
            }
        }
        """,
        test =>
        {
            test.References = TestReferences.WithEntityFramework;
            test.TestState.AdditionalFiles.Add((name, json));
        });
}
