using System.Globalization;
using Microsoft.CodeAnalysis;

namespace SqliteAnalyzers.Projects;

/// <summary>Where a setting is written.</summary>
internal enum SettingForm
{
    /// <summary>In a connection string.</summary>
    Text,

    /// <summary>As a property of a builder, a connection or a command.</summary>
    Property,

    /// <summary>As a keyword that a builder is given: <c>builder["Cache"] = …</c>.</summary>
    Index,

    /// <summary>As the argument of a call.</summary>
    Argument,
}

/// <summary>One setting of a connection to SQLite.</summary>
/// <param name="Form">Where it is written.</param>
/// <param name="Keyword">As it is written.</param>
/// <param name="Name">The keyword's one name; null where Microsoft.Data.Sqlite does not know it.</param>
/// <param name="Value">As a connection string writes it; null where it is not known.</param>
/// <param name="KeywordAt">Where the keyword stands.</param>
/// <param name="ValueAt">Where the value stands.</param>
internal sealed record ConnectionSetting(SettingForm Form, string Keyword, string? Name, string? Value, Location KeywordAt, Location ValueAt)
{
    /// <summary>Whether no later setting of the same takes its place.</summary>
    public bool IsEffective { get; init; } = true;

    /// <summary>What to remove to be rid of it, where that is all in one place.</summary>
    public Location? Whole { get; init; }

    /// <summary>What to replace to write another setting in its place: the keyword with its value, or a builder's keyword.</summary>
    public Location? Written { get; init; }

    /// <summary>How another value is written in the place of this one; null where it cannot.</summary>
    public string? ValuePattern { get; init; } = "{0}";

    /// <summary>Whether the keyword stands there character by character, and not as a constant that is written elsewhere.</summary>
    public bool IsWrittenAsIs { get; init; } = true;

    /// <summary>What to write for another value in the place of this one; null where it cannot be replaced.</summary>
    public string? Replacement(string value) => ValuePattern is null ? null : string.Format(CultureInfo.InvariantCulture, ValuePattern, value);
}
