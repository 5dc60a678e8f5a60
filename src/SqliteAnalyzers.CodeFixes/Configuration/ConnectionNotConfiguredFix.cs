using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.CodeFixes.Configuration;

/// <summary>SQLITE3001: sets what the database lacks.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ConnectionNotConfiguredFix), DocumentKinds = new[] { nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument) })]
public sealed class ConnectionNotConfiguredFix() : OpenedConnectionFix(
    Descriptors.ConnectionNotConfigured, nameof(Descriptors.ConnectionNotConfigured));
