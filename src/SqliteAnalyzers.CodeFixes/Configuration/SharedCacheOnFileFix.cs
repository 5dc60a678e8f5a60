using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using SqliteAnalyzers.CodeFixes.Editing;
using SqliteAnalyzers.CodeFixes.Sqlite;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.CodeFixes.Configuration;

/// <summary>
/// SQLITE3005: removes the keyword or the assignment.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SharedCacheOnFileFix), DocumentKinds = new[] { nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument) })]
public sealed class SharedCacheOnFileFix() : SqliteCodeFixProvider(Descriptors.SharedCacheOnFile, nameof(Descriptors.SharedCacheOnFile))
{
    private protected override ImmutableArray<FixVariant> Variants => ImmutableArray.Create(FixVariant.Plain);

    private protected override DocumentEdit? Compute(FixContext context, Diagnostic diagnostic, FixVariant variant) => SettingRemoval.Of(context, diagnostic);
}
