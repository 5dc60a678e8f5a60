using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using SqliteAnalyzers.CodeFixes.Sqlite;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.CodeFixes.Configuration;

/// <summary>
/// SQLITE3008: writes the timeout that Microsoft.Data.Sqlite has unless it is told otherwise.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InfiniteLockWaitFix), DocumentKinds = new[] { nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument) })]
public sealed class InfiniteLockWaitFix() : WordFix(Descriptors.InfiniteLockWait, nameof(Descriptors.InfiniteLockWait));
