using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.CodeFixes.Editing;
using SqliteAnalyzers.CodeFixes.Sqlite;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.CodeFixes.Configuration;

/// <summary>
/// Opens a connection through the helper, or sets the missing pragmas after it is open. What is set is what the finding names, to the
/// value that other connections have where it names one.
/// </summary>
public abstract class OpenedConnectionFix : SqliteCodeFixProvider
{
    private protected OpenedConnectionFix(DiagnosticDescriptor rule, string ruleName)
        : base(rule, ruleName)
    {
    }

    private protected override DocumentEdit? Compute(FixContext context, Diagnostic diagnostic, FixVariant variant)
    {
        if (context.FindInvocation(diagnostic.Location.SourceSpan) is not { } call
            || !IsOpen(context, call)
            || !diagnostic.Properties.TryGetValue(DiagnosticProperties.Missing, out var missing)
            || PragmaToSet.AllOf(missing, diagnostic.Properties.TryGetValue(DiagnosticProperties.Values, out var values) ? values : null) is not { } settings
            || ProjectWords.SetsUp(context.Model.Compilation, context.CancellationToken))
        {
            return null;
        }

        var execution = Execution.Of(context, call);
        var edit = variant == FixVariant.Helper
            ? execution.IsAwaited ? Configure(context, execution, settings) : OpenConfigured(context, execution, settings)
            : SetPragmas(context, execution, settings);
        if (edit is not null && (settings.Any(setting => setting.IsGuessed) || (SetsJournalMode(settings) && ProjectWords.HandlesFiles(context.Model.Compilation, context.CancellationToken))))
        {
            edit.Limit(FixReach.One);
        }

        return edit;
    }

    private static bool SetsJournalMode(IReadOnlyList<PragmaToSet> settings) => settings.Any(setting => setting.Name == "journal_mode");

    private static DocumentEdit? OpenConfigured(FixContext context, Execution open, IReadOnlyList<PragmaToSet> settings)
    {
        var name = open.Call.Expression is MemberAccessExpressionSyntax access ? access.Name : ((MemberBindingExpressionSyntax)open.Call.Expression).Name;
        var receiver = open.Call.Expression is MemberAccessExpressionSyntax { Expression: var value }
            ? value
            : open.Call.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression;
        if (receiver is null or BaseExpressionSyntax || name.Identifier.ValueText != "Open")
        {
            return null;
        }

        var edit = new DocumentEdit { Title = TitleOf("OpenConfigured()", settings) };
        var options = Options(context, settings, open.Call.SpanStart, edit);
        if (receiver.Parent is ConditionalAccessExpressionSyntax)
        {
            // A call of a static method is no part of a conditional access.
            if (context.Spelling == Spelling.Qualified || !IsSqlite(context, receiver))
            {
                return null;
            }

            edit.Import(RuntimeLibrary.Namespace);
            edit.Replace(TextSpan.FromBounds(name.SpanStart, open.Call.Span.End), $"OpenConfigured({options})");
            return edit;
        }

        if (SqliteText(context, receiver, edit) is not { } connection)
        {
            return null;
        }

        edit.Replace(open.Call.Span, context.CallRuntime(connection, "OpenConfigured", options, edit));
        return edit;
    }

    /// <summary>After an open that is awaited: it keeps its token.</summary>
    private static DocumentEdit? Configure(FixContext context, Execution open, IReadOnlyList<PragmaToSet> settings)
    {
        var edit = new DocumentEdit { Title = TitleOf("Configure() after opening", settings) };
        return HostOf(context, open) is { } host
            && Receiver(context, open, host) is { } receiver
            && SqliteText(context, receiver, edit) is { } connection
            && StatementInserter.TryInsertAfter(
                context, host, [context.CallRuntime(connection, "Configure", Options(context, settings, open.Call.SpanStart, edit), edit) + ";"], edit)
                ? edit
                : null;
    }

    private static DocumentEdit? SetPragmas(FixContext context, Execution open, IReadOnlyList<PragmaToSet> settings)
    {
        if (HostOf(context, open) is not { } host || Receiver(context, open, host) is not { } connection)
        {
            return null;
        }

        var edit = new DocumentEdit { Title = $"Set {string.Join(", ", settings.Select(setting => setting.Name))} after opening" };
        var command = context.UniqueName("pragmas", open.Call.SpanStart);
        string[] statement =
        [
            $"using (var {command} = {connection}.CreateCommand())",
            "{",
            $"    {command}.CommandText = \"{string.Join(" ", settings.Select(setting => $"PRAGMA {setting.Name} = {setting.Value};"))}\";",
            $"    {command}.ExecuteNonQuery();",
            "}",
        ];

        return StatementInserter.TryInsertAfter(context, host, statement, edit) ? edit : null;
    }

    private static bool IsOpen(FixContext context, InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax or MemberBindingExpressionSyntax
        && context.Model.GetSymbolInfo(call, context.CancellationToken).Symbol is IMethodSymbol { Name: "Open" or "OpenAsync", IsStatic: false, IsExtensionMethod: false };

    /// <summary>The statement or body that opens and does nothing else.</summary>
    private static SyntaxNode? HostOf(FixContext context, Execution open) =>
        StatementInserter.FindHost(context, open.Call) is { } host
        && (open.Statement == host || open.Whole.Parent == host && StatementInserter.IsBodyWithoutValue(context, host))
        && (open.IsAwaited || open.Call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Open" })
            ? host
            : null;

    /// <summary>What is opened, if it is a name that means the same connection afterwards.</summary>
    private static ExpressionSyntax? Receiver(FixContext context, Execution open, SyntaxNode host) =>
        open.Call.Expression is MemberAccessExpressionSyntax { Expression: var receiver }
        && receiver is IdentifierNameSyntax or MemberAccessExpressionSyntax
        && context.Bind(receiver.ToString(), receiver.SpanStart, StatementInserter.StartOf(host)) is not null
            ? receiver
            : null;

    /// <summary>The connection as one of Microsoft.Data.Sqlite.</summary>
    private static string? SqliteText(FixContext context, ExpressionSyntax receiver, DocumentEdit edit) =>
        context.Model.GetTypeInfo(receiver, context.CancellationToken).Type is { } type
            ? ConnectionText.Of(context, new NamedValue(context.Text.ToString(receiver.Span), type, context.Model.GetSymbolInfo(receiver, context.CancellationToken).Symbol), receiver.SpanStart, edit)
            : null;

    private static bool IsSqlite(FixContext context, ExpressionSyntax receiver) =>
        context.Model.GetTypeInfo(receiver, context.CancellationToken).Type is { } type
        && context.Runtime.IsSqliteConnection(new NamedValue(receiver.ToString(), type, Symbol: null));

    /// <summary>The options that set these and nothing else; none where that is what the helper does by itself.</summary>
    private static string Options(FixContext context, IReadOnlyList<PragmaToSet> settings, int position, DocumentEdit edit)
    {
        var differences = PragmaToSet.OptionsFor(settings, (space, type) => context.Spell(space, type, position, edit)).ToList();
        return differences.Count == 0
            ? ""
            : $"new {context.Spell(RuntimeLibrary.Namespace, "SqliteConnectionOptions", position, edit)} {{ {string.Join(", ", differences)} }}";
    }

    private static string TitleOf(string call, IReadOnlyList<PragmaToSet> settings) =>
        $"Use {call} ({string.Join(", ", settings.OrderBy(setting => setting.Name == "busy_timeout").Select(setting => setting.InWords))})";
}
