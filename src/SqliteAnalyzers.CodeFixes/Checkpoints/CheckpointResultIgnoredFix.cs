using System;
using System.Collections.Generic;
using System.Linq;
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
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CheckpointResultIgnoredFix), DocumentKinds = new[] { nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument) })]
public sealed class CheckpointResultIgnoredFix() : SqliteCodeFixProvider(
    Descriptors.CheckpointResultIgnored, nameof(Descriptors.CheckpointResultIgnored))
{
    /// <summary>Methods of commands, Dapper and Entity Framework Core.</summary>
    private static readonly string[] s_withoutRows =
    [
        "ExecuteNonQuery", "ExecuteNonQueryAsync", "Execute", "ExecuteAsync",
        "ExecuteSqlRaw", "ExecuteSqlRawAsync", "ExecuteSql", "ExecuteSqlAsync", "ExecuteSqlInterpolated", "ExecuteSqlInterpolatedAsync",
    ];

    private protected override DocumentEdit? Compute(FixContext context, Diagnostic diagnostic, FixVariant variant)
    {
        if (context.FindInvocation(diagnostic.Location.SourceSpan) is not { } call
            || !diagnostic.Properties.TryGetValue(DiagnosticProperties.Mode, out var mode)
            || string.IsNullOrEmpty(mode))
        {
            return null;
        }

        var execution = Execution.Of(context, call);
        if (StatementInserter.FindHost(context, call) is not { } host || !IsWholeOf(context, host, execution))
        {
            return null;
        }

        var edit = new DocumentEdit
        {
            Title = variant == FixVariant.Plain ? "Throw when the checkpoint is blocked"
                : mode == CheckpointStatements.Passive ? "Use connection.TryCheckpoint()"
                : "Use connection.Checkpoint(), which throws when blocked",
        };
        if (Handlers.Contains(call) || Handlers.RollBackAfter(call) || ExecutingMethod.DoesMore(context, call))
        {
            edit.Limit(FixReach.One);
        }

        var isDone = CheckpointTarget.Of(execution.Sql, mode!) is not { } checkpoint
            ? CheckpointInScript.Of(context, execution, mode!) is { } part && TrySplit(context, diagnostic, execution, host, part, variant, edit)
            : EntityFramework.DatabaseOf(context, call) is { } database
            ? TryOnContext(context, execution, host, database, checkpoint, variant, edit)
            : variant == FixVariant.Helper ? TryHelper(context, diagnostic, execution, host, checkpoint, edit)
            : TryReadBusyColumn(context, execution, host, checkpoint, edit) || TryRunPlain(context, diagnostic, execution, host, checkpoint, edit);
        return isDone ? edit : null;
    }

    /// <summary>Takes the checkpoint out of a text of several statements, and runs it by itself.</summary>
    private static bool TrySplit(
        FixContext context, Diagnostic diagnostic, Execution execution, SyntaxNode host, CheckpointInScript part, FixVariant variant, DocumentEdit edit)
    {
        var position = execution.Call.SpanStart;
        if (!IsWithoutRows(execution.Call) || (part.IsFirst && !execution.CanBeReplaced(context)) || (variant == FixVariant.Helper && !part.Target.CanBeHelper(context)))
        {
            return false;
        }

        IReadOnlyList<string>? lines;
        if (EntityFramework.DatabaseOf(context, execution.Call) is { } database)
        {
            lines = Purity.IsPure(context, database) && part.Target.Mode != CheckpointStatements.Passive
                ? CheckpointStatements.OnContext(context, database.ToString(), part.Target, variant, execution, edit)
                : null;
        }
        else
        {
            lines = diagnostic.Properties.TryGetValue(DiagnosticProperties.Connection, out var name)
                && context.Bind(name, diagnostic.Location.SourceSpan.Start, StatementInserter.StartOf(host)) is { } connection
                    ? CheckpointStatements.On(context, connection, part.Target, variant, position, edit)
                    : null;
        }

        part.CutOut(edit);
        return lines is not null && (part.IsFirst ? StatementInserter.TryInsertBefore(context, host, lines, edit) : StatementInserter.TryInsertAfter(context, host, lines, edit));
    }

    /// <summary>Whether what is called answers no rows, of which the checkpoint's could be the first.</summary>
    private static bool IsWithoutRows(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax { Name: IdentifierNameSyntax { Identifier.ValueText: var name } } && Array.IndexOf(s_withoutRows, name) >= 0;

    private static bool TryHelper(
        FixContext context, Diagnostic diagnostic, Execution execution, SyntaxNode host, CheckpointTarget checkpoint, DocumentEdit edit)
    {
        var replaced = execution.Outermost ?? host;
        var position = diagnostic.Location.SourceSpan.Start;
        if (!execution.CanBeReplaced(context)
            || !diagnostic.Properties.TryGetValue(DiagnosticProperties.Connection, out var name)
            || context.Bind(name, position, StatementInserter.StartOf(replaced)) is not { } connection
            || ConnectionText.Of(context, connection, position, edit) is not { } text
            || !checkpoint.CanBeHelper(context)
            || Awaits.AreLostWith(execution.Whole))
        {
            return false;
        }

        var helper = CheckpointStatements.Call(context, text, checkpoint, position, edit);
        if (replaced is not StatementSyntax statement)
        {
            edit.Replace(execution.Whole.Span, helper);
            return true;
        }

        StatementRemover.Remove(context, execution.Surroundings, edit);
        List<string> comments = [.. StatementRemover.CommentsIn(statement)];
        if (comments.Count > 0)
        {
            return StatementInserter.TryReplace(context, statement, [.. comments, helper + ";"], edit);
        }

        edit.Replace(statement.Span, helper + ";");
        return true;
    }

    private static bool TryReadBusyColumn(FixContext context, Execution execution, SyntaxNode host, CheckpointTarget checkpoint, DocumentEdit edit)
    {
        if (checkpoint.Mode == CheckpointStatements.Passive || ScalarCall(context, execution) is not { } isBusy)
        {
            return false;
        }

        StatementRemover.Remove(context, execution.UsesOfResult, edit);
        return StatementInserter.TryReplace(context, host, CheckpointStatements.ThrowIf(context, isBusy, execution.Call.SpanStart, edit), edit);
    }

    /// <summary>Where what is called answers nothing, as a method that executes any SQL, the pragma is run in its place.</summary>
    private static bool TryRunPlain(
        FixContext context, Diagnostic diagnostic, Execution execution, SyntaxNode host, CheckpointTarget checkpoint, DocumentEdit edit)
    {
        var position = execution.Call.SpanStart;
        return execution is { Outermost: null or ExpressionStatementSyntax }
            && !execution.Surroundings.Any()
            && execution.CanBeReplaced(context)
            && !Awaits.AreLostWith(execution.Whole)
            && diagnostic.Properties.TryGetValue(DiagnosticProperties.Connection, out var name)
            && context.Bind(name, diagnostic.Location.SourceSpan.Start, StatementInserter.StartOf(host)) is { } connection
            && CheckpointStatements.On(context, connection, checkpoint, FixVariant.Plain, position, edit) is { } lines
            && StatementInserter.TryReplace(context, host, lines, edit);
    }

    /// <summary>Entity Framework Core answers with another number, so the connection is asked itself.</summary>
    private static bool TryOnContext(
        FixContext context,
        Execution execution,
        SyntaxNode host,
        ExpressionSyntax database,
        CheckpointTarget checkpoint,
        FixVariant variant,
        DocumentEdit edit) =>
        Purity.IsPure(context, database)
        && execution.CanBeReplaced(context)
        && checkpoint.Mode != CheckpointStatements.Passive
        && (variant == FixVariant.Plain || checkpoint.CanBeHelper(context))
        && StatementInserter.TryReplace(
            context, host, CheckpointStatements.OnContext(context, database.ToString(), checkpoint, variant, execution, edit), edit);

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
            "ExecuteNonQueryAsync" or "ExecuteScalarAsync" when whole is AwaitExpressionSyntax && !isDapper => Rename("ExecuteScalarAsync") + " is 1L",
            "ExecuteScalarAsync" or "ExecuteReaderAsync" when whole is AwaitExpressionSyntax && (isDapper || !hasArguments) =>
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
