using System.Globalization;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Rules.Configuration;

/// <summary>The keywords of other providers, and what says the same to Microsoft.Data.Sqlite.</summary>
internal static class ForeignKeywords
{
    /// <summary>What changes nothing here, or is so anyway: format 3 is the only one, texts are UTF-8, the pool has no bounds.</summary>
    private static readonly HashSet<string> s_needless = new(StringComparer.Ordinal)
    {
        "VERSION", "NEW", "COMPRESS", "UTF8ENCODING", "MAXPOOLSIZE", "MINPOOLSIZE", "EXTENSIONS", "PERSISTSECURITYINFO", "TRUSTSERVERCERTIFICATE",
        "MULTIPLEACTIVERESULTSETS", "LEGACYFORMAT",
    };

    /// <summary>What a pragma sets after the connection is open.</summary>
    private static readonly Dictionary<string, string> s_pragmas = new(StringComparer.Ordinal)
    {
        ["JOURNALMODE"] = "journal_mode",
        ["SYNCHRONOUS"] = "synchronous",
        ["SYNCMODE"] = "synchronous",
        ["CACHESIZE"] = "cache_size",
        ["PAGESIZE"] = "page_size",
        ["MAXPAGECOUNT"] = "max_page_count",
        ["TEMPSTORE"] = "temp_store",
        ["LOCKINGMODE"] = "locking_mode",
        ["AUTOVACUUM"] = "auto_vacuum",
        ["MMAPSIZE"] = "mmap_size",
    };

    /// <summary>What has a counterpart here.</summary>
    private static readonly HashSet<string> s_replaced = new(StringComparer.Ordinal)
    {
        "TIMEOUT", "CONNECTIONTIMEOUT", "CONNECTTIMEOUT", "BUSYTIMEOUT", "READONLY", "FAILIFMISSING", "DATABASE", "FULLURI", "URI",
    };

    /// <summary>What only a connection string to a database server has: SQLite has no server and no users.</summary>
    private static readonly HashSet<string> s_ofServers = new(StringComparer.Ordinal)
    {
        "HOST", "SERVER", "PORT", "INITIALCATALOG", "USERID", "UID", "USER", "USERNAME", "INTEGRATEDSECURITY", "TRUSTEDCONNECTION",
    };

    /// <summary>Whether the connection string is one to a database server, whatever takes it on some path.</summary>
    public static bool NameServer(ConnectionSettings settings) =>
        settings.Settings.Any(setting => setting.Form == SettingForm.Text && s_ofServers.Contains(Plain(setting.Keyword)));

    /// <summary>Whether a keyword is one of a connection string to some other provider.</summary>
    public static bool IsKnown(string keyword) =>
        Plain(keyword) is var plain && (s_needless.Contains(plain) || s_replaced.Contains(plain) || s_pragmas.ContainsKey(plain));

    /// <summary>
    /// What to write in the place of a setting: nothing where it is needless, null where that is not known, or something else in the same
    /// connection string says it already.
    /// </summary>
    public static string? ReplacementOf(ConnectionSetting setting, ConnectionSettings all)
    {
        if (setting.Form == SettingForm.Index)
        {
            return all.Keywords.All.FirstOrDefault(keyword => Plain(keyword) == Plain(setting.Keyword)) is { } same ? $"\"{same}\"" : null;
        }

        return Plain(setting.Keyword) switch
        {
            var keyword when s_needless.Contains(keyword) => "",
            "TIMEOUT" or "CONNECTIONTIMEOUT" or "CONNECTTIMEOUT" => Write(SqliteKeywords.DefaultTimeout, SecondsOf(setting.Value, unit: 1), all),
            "BUSYTIMEOUT" => Write(SqliteKeywords.DefaultTimeout, SecondsOf(setting.Value, unit: 1000), all),
            "READONLY" => IsTrue(setting.Value) ? Write(SqliteKeywords.Mode, "ReadOnly", all) : IsFalse(setting.Value) ? "" : null,
            "FAILIFMISSING" => IsTrue(setting.Value) ? Write(SqliteKeywords.Mode, "ReadWrite", all) : IsFalse(setting.Value) ? "" : null,
            "DATABASE" or "FULLURI" or "URI" => Write(SqliteKeywords.DataSource, setting.Value, all),
            var keyword when s_pragmas.ContainsKey(keyword) => null,
            var keyword => (all.Keywords.All.FirstOrDefault(known => Plain(known) == keyword) ?? NearestWord.Find(setting.Keyword, all.Keywords.All)) is { } meant
                ? Write(all.Keywords.NameOf(meant)!, setting.Value, all)
                : null,
        };
    }

    /// <summary>What to do about a keyword that no other replaces.</summary>
    public static string? AdviceOn(string keyword) =>
        s_pragmas.TryGetValue(Plain(keyword), out var pragma) ? $"execute 'PRAGMA {pragma} = …' after Open instead" : null;

    private static string? Write(string name, string? value, ConnectionSettings all) =>
        value is null || value.Length == 0 || value.IndexOfAny(['"', '\'', ';', '\\', '{', '}', SqlSource.Hole]) >= 0 || all.Settings.Any(setting => setting.Name == name)
            ? null
            : $"{name}={value}";

    /// <remarks>Of a part of a second there is a whole one left, because none is to wait for ever.</remarks>
    private static string? SecondsOf(string? value, int unit) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? ((number + (long)unit - 1) / unit).ToString(CultureInfo.InvariantCulture)
            : null;

    private static bool IsTrue(string? value) => value?.ToUpperInvariant() is "TRUE" or "YES" or "ON" or "1";

    private static bool IsFalse(string? value) => value?.ToUpperInvariant() is "FALSE" or "NO" or "OFF" or "0";

    private static string Plain(string keyword) => keyword.Replace(" ", "").Replace("_", "").ToUpperInvariant();
}
