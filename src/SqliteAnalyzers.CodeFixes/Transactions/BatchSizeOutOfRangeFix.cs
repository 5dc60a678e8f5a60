using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using SqliteAnalyzers.CodeFixes.Editing;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.CodeFixes.Transactions;

/// <summary>
/// SQLITE4003: gives the helper's own size.
/// </summary>
/// <remarks>A program that threw then stores something, and which size it wants only the user knows: the edit stands alone. Where a transaction is open over many writes there is none.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BatchSizeOutOfRangeFix), DocumentKinds = new[] { nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument) })]
public sealed class BatchSizeOutOfRangeFix() : SqliteCodeFixProvider(Descriptors.BatchSizeOutOfRange, nameof(Descriptors.BatchSizeOutOfRange))
{
    private protected override ImmutableArray<FixVariant> Variants => ImmutableArray.Create(FixVariant.Helper);

    private protected override DocumentEdit? Compute(FixContext context, Diagnostic diagnostic, FixVariant variant)
    {
        if (!diagnostic.Properties.TryGetValue(DiagnosticProperties.Replacement, out var size) || size is null)
        {
            return null;
        }

        var edit = new DocumentEdit { Title = $"Change the batch size to {size}", Reach = FixReach.One };
        edit.Replace(diagnostic.Location.SourceSpan, size);
        return edit;
    }
}
