using System;
using System.Collections.Generic;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace SqliteAnalyzers.Hosting;

/// <summary>Says all that is wrong with the options of one database.</summary>
internal sealed class DatabaseOptionsValidation(string name) : IValidateOptions<SqliteDatabaseOptions>
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(int.MaxValue);

    public ValidateOptionsResult Validate(string? optionsName, SqliteDatabaseOptions options)
    {
        if (optionsName != name)
        {
            return ValidateOptionsResult.Skip;
        }

        List<string> failures = [];
        if (WrongConnectionString(options.ConnectionString) is { } failure)
        {
            failures.Add(failure);
        }

        Require(options.CheckInterval >= TimeSpan.FromMilliseconds(1) && options.CheckInterval <= s_longest, nameof(options.CheckInterval), "from 1 to 2,147,483,647 milliseconds", options.CheckInterval);
        RequireTimeout(options.IdleTime, nameof(options.IdleTime));
        RequireTimeout(options.TruncateTimeout, nameof(options.TruncateTimeout));
        RequireTimeout(options.ReleaseTimeout, nameof(options.ReleaseTimeout));
        Require(options.MaxWalSize >= 0, nameof(options.MaxWalSize), "at least 0 bytes", options.MaxWalSize);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void RequireTimeout(TimeSpan value, string option) =>
            Require(value >= TimeSpan.Zero && value <= s_longest, option, "from 0 to 2,147,483,647 milliseconds", value);

        void Require(bool isRight, string option, string range, object value)
        {
            if (!isRight)
            {
                failures.Add(FormattableString.Invariant($"{option} is {value}. It must be {range}."));
            }
        }
    }

    private static string? WrongConnectionString(string? connectionString)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            return "ConnectionString is empty. Give it to AddSqliteDatabase, or set it in the options: \"Data Source=shop.db\".";
        }

        SqliteConnectionStringBuilder builder;
        try
        {
            builder = new(connectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException)
        {
            return $"ConnectionString is none that Microsoft.Data.Sqlite knows. {exception.Message}";
        }

        return IsShared(builder)
            ? null
            : "ConnectionString names a database that each connection has for itself, so that the writer's rows are seen by nobody. "
                + "Name a file, or a shared database in memory: \"Data Source=shop;Mode=Memory;Cache=Shared\".";
    }

    // Whether all connections have the same database. What a URI says wins.
    // Source: https://sqlite.org/uri.html
    private static bool IsShared(SqliteConnectionStringBuilder builder)
    {
        var name = builder.DataSource;
        var isInMemory = builder.Mode == SqliteOpenMode.Memory;
        var sharesCache = builder.Cache == SqliteCacheMode.Shared;
        if (name.StartsWith("file:", StringComparison.Ordinal))
        {
            var uri = name["file:".Length..].Split('#')[0].Split('?', 2);
            name = Uri.UnescapeDataString(uri[0]);
            foreach (var parameter in uri.Length == 1 ? [] : uri[1].Split('&'))
            {
                switch (Uri.UnescapeDataString(parameter))
                {
                    case "mode=memory":
                        isInMemory = true;
                        break;
                    case "cache=shared":
                        sharesCache = true;
                        break;
                    case "cache=private":
                        sharesCache = false;
                        break;
                    case "vfs=memdb":
                        // It shares what has a path from the root.
                        isInMemory = true;
                        sharesCache = name.StartsWith('/');
                        break;
                }
            }

            // In a URI that is a database in memory too, which those who share a cache have together.
            isInMemory |= name == ":memory:";
        }
        else if (name == ":memory:")
        {
            return false;
        }

        return name.Length > 0 && (!isInMemory || sharesCache);
    }
}
