namespace SqliteAnalyzers.CodeFixes.Editing;

/// <summary>
/// To how many findings at once an edit may be applied. The smaller of two is what both allow.
/// </summary>
internal enum FixReach
{
    /// <summary>The edit would make the program wronger, or may.</summary>
    None,

    /// <summary>What the edit does depends on what only the user knows: it is offered for one place, and left out where all are fixed.</summary>
    One,

    /// <summary>The program keeps what it stores, rejects and throws.</summary>
    All,
}
