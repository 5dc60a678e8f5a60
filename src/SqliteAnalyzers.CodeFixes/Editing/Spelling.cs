namespace SqliteAnalyzers.CodeFixes.Editing;

/// <summary>
/// How a fix writes the names that it brings in.
/// </summary>
internal enum Spelling
{
    /// <summary>By the name alone, with the namespace imported; an extension method after its receiver.</summary>
    Short,

    /// <summary>From <c>global::</c> on, where the program has another meaning for the short name.</summary>
    Qualified,
}
