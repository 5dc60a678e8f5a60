using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.CodeFixes.Editing;
using SqliteAnalyzers.CodeFixes.Sqlite;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.CodeFixes.Configuration;

/// <summary>
/// SQLITE3001: opens the connection through the helper, or sets the missing pragmas after it is open.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ConnectionNotConfiguredFix))]
public sealed class ConnectionNotConfiguredFix() : SqliteCodeFixProvider(
    Descriptors.ConnectionNotConfigured, nameof(Descriptors.ConnectionNotConfigured))
{
    /// <summary>The values the helper sets by default, in the order that is safe: first wait for locks, then change the journal.</summary>
    private static readonly (string Pragma, string Value)[] s_values =
    [
        ("busy_timeout", "30000"),
        ("journal_mode", "WAL"),
        ("synchronous", "NORMAL"),
        ("temp_store", "MEMORY"),
        ("cache_size", "-64000"),
    ];

    private protected override string Title(Diagnostic diagnostic, FixVariant variant) => variant == FixVariant.Helper
        ? "Open with OpenConfigured"
        : $"Set {diagnostic.Properties[DiagnosticProperties.Missing]!.Replace(",", ", ")} after opening";

    private protected override DocumentEdit? Compute(FixContext context, Diagnostic diagnostic, FixVariant variant)
    {
        if (context.FindInvocation(diagnostic.Location.SourceSpan) is not { Expression: { } called } call
            || called is not (MemberAccessExpressionSyntax or MemberBindingExpressionSyntax)
            || !diagnostic.Properties.TryGetValue(DiagnosticProperties.Missing, out var missing)
            || Pragmas(missing) is not { } pragmas)
        {
            return null;
        }

        var execution = Execution.Of(context, call);
        return variant == FixVariant.Helper
            ? OpenConfigured(context, execution)
            : SetPragmas(context, diagnostic, execution, pragmas);
    }

    private static DocumentEdit? OpenConfigured(FixContext context, Execution open)
    {
        var name = open.Call.Expression is MemberAccessExpressionSyntax access ? access.Name : ((MemberBindingExpressionSyntax)open.Call.Expression).Name;
        var receiver = open.Call.Expression is MemberAccessExpressionSyntax { Expression: var value }
            ? value
            : open.Call.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression;
        if (receiver is null or BaseExpressionSyntax
            || context.Model.GetTypeInfo(receiver, context.CancellationToken).Type is not { } type
            || !context.Runtime.IsSqliteConnection(new NamedValue(receiver.ToString(), type, Symbol: null)))
        {
            return null;
        }

        var edit = new DocumentEdit();
        edit.Import(RuntimeLibrary.Namespace);
        if (name.Identifier.ValueText == "Open")
        {
            edit.Replace(name.Span, "OpenConfigured");
            return edit;
        }

        if (open.Whole is not AwaitExpressionSyntax || open.Statement is null || !HasOtherAwait(open.Whole))
        {
            return null;
        }

        edit.Replace(open.Whole.Span, context.Text.ToString(receiver.Span) + ".OpenConfigured()");
        return edit;
    }

    private static DocumentEdit? SetPragmas(FixContext context, Diagnostic diagnostic, Execution open, IReadOnlyList<string> pragmas)
    {
        var isAwaited = open.Whole.DescendantNodesAndSelf().Any(node => node is AwaitExpressionSyntax);
        if (StatementInserter.FindHost(context, open.Call) is not { } host
            || !(open.Statement == host || open.Whole.Parent == host && StatementInserter.IsBodyWithoutValue(context, host))
            || !isAwaited && open.Call.Expression is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Open" }
            || !diagnostic.Properties.TryGetValue(DiagnosticProperties.Connection, out var name)
            || context.Bind(name, diagnostic.Location.SourceSpan.Start, StatementInserter.StartOf(host)) is not { } connection)
        {
            return null;
        }

        var edit = new DocumentEdit();
        var command = context.UniqueName("pragmas", open.Call.SpanStart);
        string[] statement =
        [
            $"using (var {command} = {connection.Text}.CreateCommand())",
            "{",
            $"    {command}.CommandText = \"{string.Join(" ", pragmas)}\";",
            $"    {command}.ExecuteNonQuery();",
            "}",
        ];

        return StatementInserter.TryInsertAfter(context, host, statement, edit) ? edit : null;
    }

    /// <summary>The pragmas as statements, or null if the value of one of them is for the user to say.</summary>
    private static IReadOnlyList<string>? Pragmas(string? missing)
    {
        var names = (missing ?? "").Split([','], StringSplitOptions.RemoveEmptyEntries).Select(name => name.Trim()).ToList();
        return names.Count > 0 && names.All(name => s_values.Any(value => value.Pragma == name))
            ? [.. s_values.Where(value => names.Contains(value.Pragma)).Select(value => $"PRAGMA {value.Pragma} = {value.Value};")]
            : null;
    }

    /// <summary>Whether the function stays asynchronous without this await; an async function without any is a compiler warning.</summary>
    private static bool HasOtherAwait(ExpressionSyntax await)
    {
        var function = await.Ancestors().FirstOrDefault(ancestor =>
            ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or CompilationUnitSyntax);

        return function is not null
            && function.DescendantNodes(node => node == function || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
                .Any(node => node != await && (node is AwaitExpressionSyntax || IsAwaitOf(node)));
    }

    private static bool IsAwaitOf(SyntaxNode node) => node switch
    {
        CommonForEachStatementSyntax loop => loop.AwaitKeyword.IsKind(SyntaxKind.AwaitKeyword),
        UsingStatementSyntax @using => @using.AwaitKeyword.IsKind(SyntaxKind.AwaitKeyword),
        LocalDeclarationStatementSyntax local => local.AwaitKeyword.IsKind(SyntaxKind.AwaitKeyword),
        _ => false,
    };
}
