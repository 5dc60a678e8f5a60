using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using SqliteAnalyzers.CodeFixes.Editing;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.CodeFixes.Checkpoints;

/// <summary>
/// SQLITE2003: writes the nearest mode.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnknownCheckpointModeFix))]
public sealed class UnknownCheckpointModeFix() : SqliteCodeFixProvider(
    Descriptors.UnknownCheckpointMode, nameof(Descriptors.UnknownCheckpointMode))
{
    private protected override ImmutableArray<FixVariant> Variants =>
        ImmutableArray.Create(FixVariant.Plain);

    private protected override DocumentEdit? Compute(FixContext context, Diagnostic diagnostic, FixVariant variant)
    {
        if (!diagnostic.Properties.TryGetValue(DiagnosticProperties.Replacement, out var replacement) || string.IsNullOrEmpty(replacement))
        {
            return null;
        }

        var word = context.Text.ToString(diagnostic.Location.SourceSpan).Trim('\'', '"', '[', ']', '`');
        var edit = new DocumentEdit { Title = $"Change '{word}' to '{replacement}'" };
        edit.Replace(diagnostic.Location.SourceSpan, replacement!);
        return edit;
    }
}
