using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using SqliteAnalyzers.CodeFixes.Editing;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.CodeFixes.Transactions;

/// <summary>
/// SQLITE4003: gives the helper's own size.
/// </summary>
/// <remarks>A program that threw then stores something, and which size it wants only the user knows: the edit stands alone.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BatchSizeOutOfRangeFix), DocumentKinds = new[] { nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument) })]
public sealed class BatchSizeOutOfRangeFix() : SqliteCodeFixProvider(Descriptors.BatchSizeOutOfRange, nameof(Descriptors.BatchSizeOutOfRange))
{
    private const string Size = "5000";

    private protected override ImmutableArray<FixVariant> Variants => ImmutableArray.Create(FixVariant.Helper);

    private protected override DocumentEdit? Compute(FixContext context, Diagnostic diagnostic, FixVariant variant)
    {
        var edit = new DocumentEdit { Title = $"Change the batch size to {Size}", Reach = FixReach.One };
        edit.Replace(diagnostic.Location.SourceSpan, Size);
        return edit;
    }
}
