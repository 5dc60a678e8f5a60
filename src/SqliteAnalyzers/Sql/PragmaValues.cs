using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace SqliteAnalyzers.Sql;

/// <summary>The values that a pragma takes for what they say.</summary>
/// <remarks>SQLite seldom refuses a value: what it does not know becomes some default. Such a value is not accepted here.</remarks>
internal sealed record PragmaValues
{
    private static readonly string[] BooleanWords = ["ON", "OFF", "TRUE", "FALSE", "YES", "NO"];

    private PragmaValues()
    {
    }

    /// <summary>Everything: a name, a path, a key.</summary>
    public static PragmaValues Anything { get; } = new() { TakesAnything = true };

    /// <summary>A boolean. SQLite takes the last byte of a number, so that 256 would mean 0.</summary>
    public static PragmaValues Boolean { get; } = BooleanOr();

    /// <summary>The documented words, best known first; also what suggestions are chosen from.</summary>
    public IReadOnlyList<string> Words { get; private init; } = [];

    /// <summary>Other words that SQLite understands.</summary>
    private string[] OtherWords { get; init; } = [];

    private bool TakesAnything { get; init; }

    /// <summary>Whether SQLite completes the beginning of a word.</summary>
    private bool TakesBeginnings { get; init; }

    /// <summary>The integers that are taken, if any.</summary>
    private (long Minimum, long Maximum) Range { get; init; } = (1, 0);

    public static PragmaValues BooleanOr(params string[] words) => new() { Words = [.. BooleanWords, .. words], Range = (0, byte.MaxValue) };

    public static PragmaValues BooleanOrInteger() => Integer() with { Words = BooleanWords };

    public static PragmaValues Integer(long minimum = int.MinValue, long maximum = int.MaxValue) => new() { Range = (minimum, maximum) };

    public static PragmaValues OneOf(params string[] words) => new() { Words = words };

    /// <summary>The words, and their numbers counted from 0.</summary>
    public static PragmaValues OneOfCounted(params string[] words) => new() { Words = words, Range = (0, words.Length - 1) };

    public static PragmaValues OneOfOrBeginning(params string[] words) => new() { Words = words, TakesBeginnings = true };

    public PragmaValues And(params string[] words) => this with { OtherWords = words };

    /// <summary>Whether SQLite takes this text, written without quotes, for what it says.</summary>
    public bool Accepts(string value) =>
        TakesAnything
        || Words.Contains(value, StringComparer.OrdinalIgnoreCase)
        || OtherWords.Contains(value, StringComparer.OrdinalIgnoreCase)
        || (TakesBeginnings && Words.Any(word => word.StartsWith(value, StringComparison.OrdinalIgnoreCase)))
        || (TryParseInteger(value, out var number) && number >= Range.Minimum && number <= Range.Maximum);

    /// <summary>Whether SQLite takes this text, written without quotes, for the boolean that is true.</summary>
    public static bool IsOn(string value) => value.ToUpperInvariant() is "ON" or "TRUE" or "YES" || (TryParseInteger(value, out var number) && (byte)number != 0);

    /// <summary>The documented word that was probably meant, or null.</summary>
    public string? Nearest(string value) => NearestWord.Find(value, Words);

    /// <summary>An integer as SQLite reads it: decimal with a sign, or hexadecimal.</summary>
    private static bool TryParseInteger(string value, out long number) =>
        value.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? long.TryParse(value.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
            : long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
