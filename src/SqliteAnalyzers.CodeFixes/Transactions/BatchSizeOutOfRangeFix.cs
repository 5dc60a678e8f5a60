using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using SqliteAnalyzers.CodeFixes.Editing;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.CodeFixes.Transactions;

/// <summary>
/// SQLITE4003: gives the helper's own size.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BatchSizeOutOfRangeFix))]
public sealed class BatchSizeOutOfRangeFix() : SqliteCodeFixProvider(Descriptors.BatchSizeOutOfRange, nameof(Descriptors.BatchSizeOutOfRange))
{
    private const string Size = "5000";

    private protected override ImmutableArray<FixVariant> Variants => ImmutableArray.Create(FixVariant.Helper);

    private protected override DocumentEdit? Compute(FixContext context, Diagnostic diagnostic, FixVariant variant)
    {
        var edit = new DocumentEdit { Title = $"Change the batch size to {Size}" };
        edit.Replace(diagnostic.Location.SourceSpan, Size);
        return edit;
    }
}
