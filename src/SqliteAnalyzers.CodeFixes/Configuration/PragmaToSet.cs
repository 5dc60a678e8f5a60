using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using SqliteAnalyzers.CodeFixes.Sqlite;

namespace SqliteAnalyzers.CodeFixes.Configuration;

/// <summary>A pragma that a fix sets, as SQL and as an option of the helper.</summary>
/// <param name="Name">The pragma.</param>
/// <param name="Value">What it is set to.</param>
/// <param name="InWords">What the light bulb says.</param>
/// <param name="Property">The option of the helper.</param>
/// <param name="Option">What the option is given, without its type's name where it has one.</param>
/// <param name="OptionType">The type of what the option is given, with its namespace; none for numbers.</param>
/// <param name="IsGuessed">Whether other connections have several values, or one that is not known.</param>
internal sealed record PragmaToSet(
    string Name, string Value, string InWords, string Property, string Option, (string Space, string Type)? OptionType = null, bool IsGuessed = false)
{
    /// <summary>What the helper sets by itself.</summary>
    private static readonly PragmaToSet[] s_defaults =
    [
        BusyTimeout(30_000),
        new("journal_mode", "WAL", "WAL", "JournalMode", "Wal", (RuntimeLibrary.Namespace, "SqliteJournalMode")),
        Synchronous("NORMAL"),
    ];

    /// <summary>All that can be set, in the order that is safe: first wait for locks, then change the journal.</summary>
    private static readonly PragmaToSet[] s_all =
    [
        .. s_defaults,
        new("temp_store", "MEMORY", "temporary tables in memory", "TempStore", "Memory", (RuntimeLibrary.Namespace, "SqliteTempStore")),
        new("cache_size", "-64000", "64 MB cache", "CacheSize", "-64000"),
    ];

    /// <summary>The pragmas as they are set, or null if the value of one of them is for the user to say.</summary>
    /// <param name="missing">Their names, separated by commas.</param>
    /// <param name="values">The values that other connections have, in the same order; null where each is set to what is recommended.</param>
    public static IReadOnlyList<PragmaToSet>? AllOf(string? missing, string? values)
    {
        var names = (missing ?? "").Split([','], StringSplitOptions.RemoveEmptyEntries).Select(name => name.Trim()).ToArray();
        var known = values?.Split(',');
        return names.Length > 0 && Array.TrueForAll(names, name => Array.Exists(s_all, one => one.Name == name)) && (known is null || known.Length == names.Length)
            ? [.. s_all.Where(one => names.Contains(one.Name)).Select(one => known is null ? one : one.With(known[Array.IndexOf(names, one.Name)]))]
            : null;
    }

    /// <summary>What the options of the helper must say so that it sets these and nothing else.</summary>
    /// <param name="pragmas">The pragmas to set.</param>
    /// <param name="spell">Spells a type of a namespace.</param>
    public static IEnumerable<string> OptionsFor(IReadOnlyList<PragmaToSet> pragmas, Func<string, string, string> spell) =>
        from one in s_all
        let wanted = pragmas.FirstOrDefault(pragma => pragma.Name == one.Name)
        let byItself = Array.Find(s_defaults, pragma => pragma.Name == one.Name)
        where wanted?.Value != byItself?.Value
        select $"{one.Property} = {(wanted is null ? "null" : wanted.OptionType is var (space, type) ? $"{spell(space, type)}.{wanted.Option}" : wanted.Option)}";

    /// <summary>The same with the value that other connections have, if that can be set.</summary>
    private PragmaToSet With(string value) => Name switch
    {
        "busy_timeout" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds > 0 => BusyTimeout(milliseconds),
        "synchronous" when value.ToUpperInvariant() is "OFF" or "0" => Synchronous("OFF"),
        "synchronous" when value.ToUpperInvariant() is "NORMAL" or "1" => Synchronous("NORMAL"),
        "synchronous" when value.ToUpperInvariant() is "EXTRA" or "3" => Synchronous("EXTRA"),
        _ => this with { IsGuessed = true },
    };

    private static PragmaToSet BusyTimeout(int milliseconds)
    {
        var text = milliseconds.ToString(CultureInfo.InvariantCulture);
        return new(
            "busy_timeout", text, milliseconds % 1000 == 0 ? $"{milliseconds / 1000} s timeout" : $"{text} ms timeout", "BusyTimeout", $"FromMilliseconds({text})", (nameof(System), nameof(TimeSpan)));
    }

    private static PragmaToSet Synchronous(string value) => new(
        "synchronous", value, value, "Synchronous", $"{value[0]}{value.Substring(1).ToLowerInvariant()}", (RuntimeLibrary.Namespace, "SqliteSynchronous"));
}
