using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using SqliteAnalyzers.CodeFixes.Sqlite;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.CodeFixes.Checkpoints;

/// <summary>
/// SQLITE2003: writes the nearest mode.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnknownCheckpointModeFix), DocumentKinds = new[] { nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument) })]
public sealed class UnknownCheckpointModeFix() : WordFix(Descriptors.UnknownCheckpointMode, nameof(Descriptors.UnknownCheckpointMode));
