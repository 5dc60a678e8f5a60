using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace SqliteAnalyzers.Sql;

/// <summary>The values that a pragma takes for what they say.</summary>
/// <remarks>SQLite seldom refuses a value: what it does not know becomes some default. Such a value is not accepted here.</remarks>
internal sealed class PragmaValues
{
    private static readonly string[] BooleanWords = ["ON", "OFF", "TRUE", "FALSE", "YES", "NO"];

    private string[] _undocumented = [];
    private bool _takesAnything;
    private bool _takesBeginnings;
    private long _minimum = 1;
    private long _maximum;

    private PragmaValues()
    {
    }

    /// <summary>Everything: a name, a path, a key.</summary>
    public static PragmaValues Anything { get; } = new() { _takesAnything = true };

    /// <summary>A boolean; SQLite takes the last byte of a number, so that 256 would mean 0.</summary>
    public static PragmaValues Boolean { get; } = BooleanOr([]);

    /// <summary>The documented words, best known first; also what suggestions are chosen from.</summary>
    public IReadOnlyList<string> Words { get; private init; } = [];

    public static PragmaValues BooleanOr(params string[] words) => new() { Words = [.. BooleanWords, .. words], _minimum = 0, _maximum = byte.MaxValue };

    public static PragmaValues Integer(long minimum = int.MinValue, long maximum = int.MaxValue) => new() { _minimum = minimum, _maximum = maximum };

    public static PragmaValues BooleanOrInteger() => new() { Words = BooleanWords, _minimum = int.MinValue, _maximum = int.MaxValue };

    public static PragmaValues OneOf(params string[] words) => new() { Words = words };

    /// <summary>The words, and their numbers counted from 0.</summary>
    public static PragmaValues OneOfCounted(params string[] words) => new() { Words = words, _minimum = 0, _maximum = words.Length - 1 };

    /// <summary>The words, and the beginnings of them that SQLite completes.</summary>
    public static PragmaValues OneOfOrBeginning(params string[] words) => new() { Words = words, _takesBeginnings = true };

    /// <summary>Besides, words that SQLite understands without documenting them.</summary>
    public PragmaValues AndUndocumented(params string[] words) => new()
    {
        Words = Words,
        _undocumented = words,
        _takesAnything = _takesAnything,
        _takesBeginnings = _takesBeginnings,
        _minimum = _minimum,
        _maximum = _maximum,
    };

    /// <summary>Whether SQLite takes this text, written without quotes, for what it says.</summary>
    public bool Accepts(string value) =>
        _takesAnything
        || Words.Contains(value, StringComparer.OrdinalIgnoreCase)
        || _undocumented.Contains(value, StringComparer.OrdinalIgnoreCase)
        || (_takesBeginnings && Words.Any(word => word.StartsWith(value, StringComparison.OrdinalIgnoreCase)))
        || (TryParseInteger(value, out var number) && number >= _minimum && number <= _maximum);

    /// <summary>The documented word that was probably meant, or null.</summary>
    public string? Nearest(string value) => NearestWord.Find(value, Words);

    /// <summary>An integer as SQLite reads it: decimal with a sign, or hexadecimal.</summary>
    private static bool TryParseInteger(string value, out long number) =>
        value.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? long.TryParse(value.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
            : long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
