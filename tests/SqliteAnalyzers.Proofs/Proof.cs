using Microsoft.CodeAnalysis;

namespace SqliteAnalyzers.Proofs;

/// <summary>
/// What is shown of one rule by running programs. The files stand in the folder <c>Folder/RuleName</c>: Bad.cs has the fault,
/// Good.cs is what the recommended fix makes of it, GoodPlain.cs what the fix with ADO.NET alone makes of it.
/// </summary>
/// <param name="Rule">The rule.</param>
/// <param name="Folder">The folder of the rule's block.</param>
/// <param name="Name">The rule's name.</param>
/// <param name="Fails">What the program with the fault writes.</param>
/// <param name="Works">What the fixed program writes.</param>
public sealed record Proof(DiagnosticDescriptor Rule, string Folder, string Name, string Fails, string Works)
{
    /// <summary>The variants of the fix and the file each makes of Bad.cs.</summary>
    public IReadOnlyList<(string Variant, string File)> Fixes { get; init; } = [("Helper", "Good.cs"), ("Plain", "GoodPlain.cs")];

    /// <summary>What the program with ADO.NET alone writes, where it differs.</summary>
    public string? WorksPlain { get; init; }
}
