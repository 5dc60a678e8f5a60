using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.CodeFixes.Editing;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.CodeFixes.Sqlite;

/// <summary>
/// Writes the word that the rule names in the place of the one the diagnostic stands on.
/// </summary>
public abstract class WordFix : SqliteCodeFixProvider
{
    private protected WordFix(DiagnosticDescriptor rule, string ruleName)
        : base(rule, ruleName)
    {
    }

    private protected override ImmutableArray<FixVariant> Variants =>
        ImmutableArray.Create(FixVariant.Plain);

    private protected override DocumentEdit? Compute(FixContext context, Diagnostic diagnostic, FixVariant variant)
    {
        if (!diagnostic.Properties.TryGetValue(DiagnosticProperties.Replacement, out var replacement) || string.IsNullOrEmpty(replacement))
        {
            return null;
        }

        var word = context.Text.ToString(diagnostic.Location.SourceSpan).Trim('\'', '"', '[', ']', '`');
        var edit = new DocumentEdit { Title = $"Change '{word}' to '{replacement!.Trim('\'')}'" };
        edit.Replace(diagnostic.Location.SourceSpan, replacement);
        return edit;
    }
}
