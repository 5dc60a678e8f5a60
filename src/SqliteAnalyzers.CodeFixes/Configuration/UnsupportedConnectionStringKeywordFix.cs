using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using SqliteAnalyzers.CodeFixes.Editing;
using SqliteAnalyzers.CodeFixes.Sqlite;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.CodeFixes.Configuration;

/// <summary>
/// SQLITE3007: writes the keyword that says the same, or removes one that says nothing.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnsupportedConnectionStringKeywordFix), DocumentKinds = new[] { nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument) })]
public sealed class UnsupportedConnectionStringKeywordFix() : SqliteCodeFixProvider(
    Descriptors.UnsupportedConnectionStringKeyword, nameof(Descriptors.UnsupportedConnectionStringKeyword))
{
    private protected override ImmutableArray<FixVariant> Variants => ImmutableArray.Create(FixVariant.Plain);

    private protected override DocumentEdit? Compute(FixContext context, Diagnostic diagnostic, FixVariant variant)
    {
        if (!diagnostic.Properties.TryGetValue(DiagnosticProperties.Replacement, out var replacement) || string.IsNullOrEmpty(replacement))
        {
            return SettingRemoval.Of(context, diagnostic);
        }

        if (diagnostic.AdditionalLocations is not [{ SourceSpan: var span, SourceTree: var tree }, ..] || tree != context.Root.SyntaxTree)
        {
            return null;
        }

        var edit = new DocumentEdit { Title = $"Change '{context.Text.ToString(span).Trim('"')}' to '{replacement!.Trim('"')}'" };
        edit.Replace(span, replacement!);
        return edit;
    }
}
