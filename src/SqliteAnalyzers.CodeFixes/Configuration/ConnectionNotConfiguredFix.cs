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
/// SQLITE3001: opens the connection through the helper, or sets the missing pragmas after it is open. What is set is what the finding names.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ConnectionNotConfiguredFix))]
public sealed class ConnectionNotConfiguredFix() : SqliteCodeFixProvider(
    Descriptors.ConnectionNotConfigured, nameof(Descriptors.ConnectionNotConfigured))
{
    /// <summary>What can be set, in the order that is safe: first wait for locks, then change the journal.</summary>
    private static readonly Setting[] s_settings =
    [
        new("busy_timeout", "30000", "30 s timeout", IsDefault: true, "BusyTimeout", "null"),
        new("journal_mode", "WAL", "WAL", IsDefault: true, "JournalMode", "null"),
        new("synchronous", "NORMAL", "NORMAL", IsDefault: true, "Synchronous", "null"),
        new("temp_store", "MEMORY", "temporary tables in memory", IsDefault: false, "TempStore", "SqliteTempStore.Memory"),
        new("cache_size", "-64000", "64 MB cache", IsDefault: false, "CacheSize", "-64000"),
    ];

    private protected override DocumentEdit? Compute(FixContext context, Diagnostic diagnostic, FixVariant variant)
    {
        if (context.FindInvocation(diagnostic.Location.SourceSpan) is not { } call
            || !IsOpen(context, call)
            || !diagnostic.Properties.TryGetValue(DiagnosticProperties.Missing, out var missing)
            || Settings(missing) is not { } settings
            || ProjectWords.SetsUp(context.Model.Compilation, context.CancellationToken))
        {
            return null;
        }

        var execution = Execution.Of(context, call);
        var edit = variant == FixVariant.Helper
            ? IsAwaited(execution) ? Configure(context, execution, settings) : OpenConfigured(context, execution, settings)
            : SetPragmas(context, execution, settings);
        if (edit is not null
            && settings.Any(setting => setting.Pragma == "journal_mode")
            && ProjectWords.HandlesFiles(context.Model.Compilation, context.CancellationToken))
        {
            edit.Limit(FixReach.One);
        }

        return edit;
    }

    private static DocumentEdit? OpenConfigured(FixContext context, Execution open, IReadOnlyList<Setting> settings)
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
    private static DocumentEdit? Configure(FixContext context, Execution open, IReadOnlyList<Setting> settings)
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

    private static DocumentEdit? SetPragmas(FixContext context, Execution open, IReadOnlyList<Setting> settings)
    {
        if (HostOf(context, open) is not { } host || Receiver(context, open, host) is not { } connection)
        {
            return null;
        }

        var edit = new DocumentEdit { Title = $"Set {string.Join(", ", settings.Select(setting => setting.Pragma))} after opening" };
        var command = context.UniqueName("pragmas", open.Call.SpanStart);
        string[] statement =
        [
            $"using (var {command} = {connection}.CreateCommand())",
            "{",
            $"    {command}.CommandText = \"{string.Join(" ", settings.Select(setting => $"PRAGMA {setting.Pragma} = {setting.Value};"))}\";",
            $"    {command}.ExecuteNonQuery();",
            "}",
        ];

        return StatementInserter.TryInsertAfter(context, host, statement, edit) ? edit : null;
    }

    private static bool IsOpen(FixContext context, InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax or MemberBindingExpressionSyntax
        && context.Model.GetSymbolInfo(call, context.CancellationToken).Symbol is IMethodSymbol { Name: "Open" or "OpenAsync", IsStatic: false, IsExtensionMethod: false };

    private static bool IsAwaited(Execution open) => open.Whole.DescendantNodesAndSelf().Any(node => node is AwaitExpressionSyntax);

    /// <summary>The statement or body that opens and does nothing else.</summary>
    private static SyntaxNode? HostOf(FixContext context, Execution open) =>
        StatementInserter.FindHost(context, open.Call) is { } host
        && (open.Statement == host || open.Whole.Parent == host && StatementInserter.IsBodyWithoutValue(context, host))
        && (IsAwaited(open) || open.Call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Open" })
            ? host
            : null;

    /// <summary>What is opened, if it is a name that means the same connection afterwards.</summary>
    private static ExpressionSyntax? Receiver(FixContext context, Execution open, SyntaxNode host) =>
        open.Call.Expression is MemberAccessExpressionSyntax { Expression: var receiver }
        && receiver is IdentifierNameSyntax or MemberAccessExpressionSyntax
        && context.Bind(receiver.ToString(), receiver.SpanStart, StatementInserter.StartOf(host)) is not null
            ? receiver
            : null;

    /// <summary>The connection as one of Microsoft.Data.Sqlite, with a cast where that is known but not said.</summary>
    private static string? SqliteText(FixContext context, ExpressionSyntax receiver, DocumentEdit edit)
    {
        if (IsSqlite(context, receiver))
        {
            return context.Text.ToString(receiver.Span);
        }

        return IsMadeAsSqlite(context, receiver)
            ? $"(({context.Spell("Microsoft.Data.Sqlite", "SqliteConnection", receiver.SpanStart, edit)}){receiver})"
            : null;
    }

    private static bool IsSqlite(FixContext context, ExpressionSyntax receiver) =>
        context.Model.GetTypeInfo(receiver, context.CancellationToken).Type is { } type
        && context.Runtime.IsSqliteConnection(new NamedValue(receiver.ToString(), type, Symbol: null));

    /// <summary>Whether it is a local that is made as such a connection, and never becomes another.</summary>
    private static bool IsMadeAsSqlite(FixContext context, ExpressionSyntax receiver) =>
        context.Model.GetSymbolInfo(receiver, context.CancellationToken).Symbol is ILocalSymbol { DeclaringSyntaxReferences: [var reference] } local
        && reference.GetSyntax(context.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax created }
        && IsSqlite(context, created)
        && !context.Root.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name =>
            name.Identifier.ValueText == local.Name
            && (name.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name
                || name.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None }));

    /// <summary>The options that set these and nothing else; none where that is what the helper does by itself.</summary>
    private static string Options(FixContext context, IReadOnlyList<Setting> settings, int position, DocumentEdit edit)
    {
        var differences = s_settings
            .Where(setting => setting.IsDefault != settings.Contains(setting))
            .Select(setting => $"{setting.Property} = {(setting.OtherValue.StartsWith("Sqlite", StringComparison.Ordinal) ? Spelled(setting.OtherValue) : setting.OtherValue)}")
            .ToList();
        return differences.Count == 0
            ? ""
            : $"new {context.Spell(RuntimeLibrary.Namespace, "SqliteConnectionOptions", position, edit)} {{ {string.Join(", ", differences)} }}";

        string Spelled(string value) =>
            context.Spell(RuntimeLibrary.Namespace, value.Substring(0, value.IndexOf('.')), position, edit) + value.Substring(value.IndexOf('.'));
    }

    private static string TitleOf(string call, IReadOnlyList<Setting> settings) =>
        $"Use {call} ({string.Join(", ", settings.OrderBy(setting => setting.Pragma == "busy_timeout").Select(setting => setting.Name))})";

    /// <summary>The settings as they are applied, or null if the value of one of them is for the user to say.</summary>
    private static IReadOnlyList<Setting>? Settings(string? missing)
    {
        var names = (missing ?? "").Split([','], StringSplitOptions.RemoveEmptyEntries).Select(name => name.Trim()).ToList();
        return names.Count > 0 && names.All(name => s_settings.Any(setting => setting.Pragma == name))
            ? [.. s_settings.Where(setting => names.Contains(setting.Pragma))]
            : null;
    }

    /// <param name="Pragma">What the finding names.</param>
    /// <param name="Value">What the pragma is set to.</param>
    /// <param name="Name">What the light bulb says.</param>
    /// <param name="IsDefault">Whether the helper sets it by itself.</param>
    /// <param name="Property">The option of the helper.</param>
    /// <param name="OtherValue">What the option is given where the helper's own would be wrong.</param>
    private sealed record Setting(string Pragma, string Value, string Name, bool IsDefault, string Property, string OtherValue);
}
