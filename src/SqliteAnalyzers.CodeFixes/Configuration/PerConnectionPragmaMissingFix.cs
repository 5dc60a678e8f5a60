using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.CodeFixes.Configuration;

/// <summary>SQLITE3011: sets what the connection lacks, and leaves the journal mode as the program chose it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PerConnectionPragmaMissingFix), DocumentKinds = new[] { nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument) })]
public sealed class PerConnectionPragmaMissingFix() : OpenedConnectionFix(
    Descriptors.PerConnectionPragmaMissing, nameof(Descriptors.PerConnectionPragmaMissing));
