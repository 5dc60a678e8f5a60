using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using SqliteAnalyzers.CodeFixes.Sqlite;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.CodeFixes.Configuration;

/// <summary>
/// SQLITE3002: writes the nearest name.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnknownPragmaFix), DocumentKinds = new[] { nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument) })]
public sealed class UnknownPragmaFix() : WordFix(Descriptors.UnknownPragma, nameof(Descriptors.UnknownPragma));
