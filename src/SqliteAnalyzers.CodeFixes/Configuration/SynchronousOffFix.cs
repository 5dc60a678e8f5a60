using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using SqliteAnalyzers.CodeFixes.Sqlite;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.CodeFixes.Configuration;

/// <summary>
/// SQLITE3006: sets synchronous to NORMAL.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SynchronousOffFix), DocumentKinds = new[] { nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument) })]
public sealed class SynchronousOffFix() : WordFix(Descriptors.SynchronousOff, nameof(Descriptors.SynchronousOff));
