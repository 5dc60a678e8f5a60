using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.CodeFixes.Editing;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.CodeFixes.Usage;

/// <summary>
/// SQLITE5002: copies through the connection that is open, or clears the pools before the file is moved or deleted.
/// </summary>
/// <remarks>Whether a transaction is open, and whether other code holds a connection, only the user knows. So the edit stands alone.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DatabaseFileTouchedOutsideSqliteFix), DocumentKinds = new[] { nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument) })]
public sealed class DatabaseFileTouchedOutsideSqliteFix() : SqliteCodeFixProvider(Descriptors.DatabaseFileTouchedOutsideSqlite, nameof(Descriptors.DatabaseFileTouchedOutsideSqlite))
{
    private protected override DocumentEdit? Compute(FixContext context, Diagnostic diagnostic, FixVariant variant)
    {
        var properties = diagnostic.Properties;
        return context.FindInvocation(diagnostic.Location.SourceSpan) is not { } call || !properties.TryGetValue(DiagnosticProperties.FileEffect, out var effect) ? null
            : variant == FixVariant.Helper ? effect == "Reads" && properties.TryGetValue(DiagnosticProperties.Connection, out var connection) ? Copy(context, call, connection) : null
            : effect is "Moves" or "Deletes" && !properties.ContainsKey(DiagnosticProperties.Connection) ? Clear(context, call)
            : null;
    }

    /// <summary><c>File.Copy(path, target, overwrite)</c> as <c>connection.BackupTo(target, overwrite)</c>.</summary>
    private static DocumentEdit? Copy(FixContext context, InvocationExpressionSyntax call, string? connection)
    {
        if (call is not { Parent: ExpressionStatementSyntax, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Copy" }, ArgumentList.Arguments: [{ NameColon: null }, { NameColon: null } target, ..] and var arguments }
            || call.ContainsDirectives || call.ArgumentList.DescendantTrivia().Any(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia))
            || context.Model.GetSymbolInfo(call, context.CancellationToken).Symbol is not IMethodSymbol { ContainingType: { Name: "File", ContainingNamespace.Name: "IO" } }
            || context.Bind(connection, call.SpanStart, call.SpanStart) is not { } value || !context.Runtime.IsSqliteConnection(value))
        {
            return null;
        }

        var edit = new DocumentEdit { Title = $"Use {connection}.BackupTo(), which copies through SQLite", Reach = FixReach.One };
        var overwrite = arguments.Count > 2 ? $", overwrite: {arguments[2].Expression}" : "";
        edit.Replace(call.Span, context.CallRuntime(connection!, "BackupTo", target.Expression + overwrite, edit));
        return edit;
    }

    private static DocumentEdit? Clear(FixContext context, InvocationExpressionSyntax call)
    {
        if (call.Parent is not ExpressionStatementSyntax statement)
        {
            return null;
        }

        var edit = new DocumentEdit { Title = "Clear the connection pools before", Reach = FixReach.One };
        var connection = context.Spell("Microsoft.Data.Sqlite", "SqliteConnection", call.SpanStart, edit);
        return StatementInserter.TryInsertBefore(context, statement, [$"{connection}.ClearAllPools();"], edit) ? edit : null;
    }
}
