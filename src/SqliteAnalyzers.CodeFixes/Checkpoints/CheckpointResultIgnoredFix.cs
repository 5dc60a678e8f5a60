using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.CodeFixes.Editing;
using SqliteAnalyzers.CodeFixes.Sqlite;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.CodeFixes.Checkpoints;

/// <summary>
/// SQLITE2002: calls the helper in the place of the pragma, or reads the busy column and throws.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CheckpointResultIgnoredFix))]
public sealed class CheckpointResultIgnoredFix() : SqliteCodeFixProvider(
    Descriptors.CheckpointResultIgnored, nameof(Descriptors.CheckpointResultIgnored))
{
    private protected override string Title(Diagnostic diagnostic, FixVariant variant) => variant == FixVariant.Helper
        ? "Checkpoint through the helper, which throws when it is blocked"
        : "Throw when the checkpoint is blocked (ADO.NET alone)";

    private protected override DocumentEdit? Compute(FixContext context, Diagnostic diagnostic, FixVariant variant)
    {
        if (context.FindInvocation(diagnostic.Location.SourceSpan) is not { } call
            || !diagnostic.Properties.TryGetValue(DiagnosticProperties.Mode, out var mode)
            || string.IsNullOrEmpty(mode))
        {
            return null;
        }

        var execution = Execution.Of(context, call);
        if (!execution.IsOnlyCheckpoint || StatementInserter.FindHost(context, call) is not { } host || !IsWholeOf(context, host, execution))
        {
            return null;
        }

        return variant == FixVariant.Helper
            ? UseHelper(context, diagnostic, execution, host, mode!)
            : ReadBusyColumn(context, execution, host, mode!);
    }

    private static DocumentEdit? UseHelper(FixContext context, Diagnostic diagnostic, Execution execution, SyntaxNode host, string mode)
    {
        var replaced = execution.Outermost ?? host;
        if (!diagnostic.Properties.TryGetValue(DiagnosticProperties.Connection, out var name)
            || context.Bind(name, diagnostic.Location.SourceSpan.Start, StatementInserter.StartOf(replaced)) is not { } connection
            || !context.Runtime.IsSqliteConnection(connection))
        {
            return null;
        }

        var edit = new DocumentEdit();
        edit.Import(RuntimeLibrary.Namespace);
        var helper = CheckpointStatements.Call(connection.Text, mode);
        if (replaced is StatementSyntax)
        {
            edit.Replace(replaced.Span, helper);
            execution.RemoveSurroundings(context, edit);
        }
        else
        {
            edit.Replace(execution.Whole.Span, helper.TrimEnd(';'));
        }

        return edit;
    }

    private static DocumentEdit? ReadBusyColumn(FixContext context, Execution execution, SyntaxNode host, string mode)
    {
        if (mode == CheckpointStatements.Passive || ScalarCall(context, execution) is not { } isBusy)
        {
            return null;
        }

        var edit = new DocumentEdit();
        context.ImportInvalidOperationException(edit, execution.Call.SpanStart);
        string[] statement =
        [
            $"if ({isBusy})",
            "{",
            $"    throw new InvalidOperationException(\"{CheckpointStatements.Blocked}\");",
            "}",
        ];

        execution.RemoveUsesOfResult(context, edit);
        return StatementInserter.TryReplace(context, host, statement, edit) ? edit : null;
    }

    /// <summary>The condition that is true where the checkpoint was blocked, made from the call that ignored it.</summary>
    private static string? ScalarCall(FixContext context, Execution execution)
    {
        var name = execution.Call.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Name,
            _ => null,
        };
        var whole = execution.Whole is AssignmentExpressionSyntax { Right: var right } ? right : execution.Whole;
        var text = context.Text.ToString(whole.Span);
        var start = name is null ? 0 : name.SpanStart - whole.SpanStart;
        var isDapper = IsDapper(context, execution.Call);
        var hasArguments = execution.Call.ArgumentList.Arguments.Count > 0;

        return name?.ToString() switch
        {
            "Execute" or "ExecuteReader" when isDapper => Rename("ExecuteScalar<long>") + " != 0",
            "ExecuteAsync" or "ExecuteReaderAsync" when isDapper && whole is AwaitExpressionSyntax => Rename("ExecuteScalarAsync<long>") + " != 0",
            "ExecuteNonQuery" or "ExecuteScalar" or "ExecuteReader" when isDapper || !hasArguments => Rename("ExecuteScalar") + " is 1L",
            "ExecuteNonQueryAsync" or "ExecuteScalarAsync" or "ExecuteReaderAsync" when whole is AwaitExpressionSyntax && (isDapper || !hasArguments) =>
                Rename("ExecuteScalarAsync") + " is 1L",
            _ => null,
        };

        string Rename(string replacement) => text.Substring(0, start) + replacement + text.Substring(start + name!.Span.Length);
    }

    private static bool IsDapper(FixContext context, InvocationExpressionSyntax call) =>
        context.Model.GetSymbolInfo(call, context.CancellationToken).Symbol is { ContainingType: { Name: "SqlMapper", ContainingNamespace.Name: "Dapper" } };

    /// <summary>Whether the call is all that the statement or expression body does, so that its value is not used.</summary>
    private static bool IsWholeOf(FixContext context, SyntaxNode host, Execution execution) =>
        execution.Statement == host
        || execution.Whole.Parent == host && StatementInserter.IsBodyWithoutValue(context, host);
}
