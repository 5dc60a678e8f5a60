using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.CodeFixes.Editing;
using SqliteAnalyzers.CodeFixes.Sqlite;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.CodeFixes.Transactions;

/// <summary>
/// SQLITE4001: begins a transaction before the loop and commits after it.
/// </summary>
/// <remarks>
/// Rows before one that fails stayed, and are rolled back now: whether that is wanted only the user knows, so the edit stands alone. A loop
/// that may be left without coming to the commit, that goes on after an exception, that starts a process, or in which a statement or a
/// method runs that may fail in a transaction, is left as it is.
/// </remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WriteInLoopWithoutTransactionFix), DocumentKinds = new[] { nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument) })]
public sealed class WriteInLoopWithoutTransactionFix() : SqliteCodeFixProvider(
    Descriptors.WriteInLoopWithoutTransaction, nameof(Descriptors.WriteInLoopWithoutTransaction))
{
    private protected override ImmutableArray<FixVariant> Variants => ImmutableArray.Create(FixVariant.Plain);

    private protected override DocumentEdit? Compute(FixContext context, Diagnostic diagnostic, FixVariant variant)
    {
        var node = context.Root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        if (!diagnostic.Properties.ContainsKey(DiagnosticProperties.CanBegin)
            || !diagnostic.Properties.TryGetValue(DiagnosticProperties.Connection, out var name)
            || OnlyLoopAround(node) is not { } loop
            || loop.DescendantNodes().Any(inner => MayMissCommit(inner, loop) || MayFailInTransaction(context, inner))
            || context.Bind(name, loop.SpanStart, loop.SpanStart) is not { Symbol: ILocalSymbol or IParameterSymbol } connection
            || new FunctionsAround(context, loop).ReachOf(connection) == FixReach.None
            || CommandsToEnlist(context, loop, connection) is not { } commands)
        {
            return null;
        }

        var transaction = context.UniqueName("transaction", loop.SpanStart);
        var edit = new DocumentEdit { Title = "Put the loop in a transaction", Reach = FixReach.One };
        return StatementInserter.TryInsertAround(
            context,
            loop,
            [$"using var {transaction} = {connection.Text}.BeginTransaction();", .. commands.Select(command => $"{command}.Transaction = {transaction};")],
            [$"{transaction}.Commit();"],
            edit)
                ? edit
                : null;
    }

    /// <summary>The loop over items or counts around a node, if it is the only one in its function and stands where a variable can be declared.</summary>
    private static StatementSyntax? OnlyLoopAround(SyntaxNode node)
    {
        var loops = node.Ancestors()
            .TakeWhile(ancestor => ancestor is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax))
            .Where(ancestor => ancestor is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax)
            .ToArray();
        return loops is [StatementSyntax { Parent: not (SwitchSectionSyntax or LabeledStatementSyntax) } loop and (ForStatementSyntax or CommonForEachStatementSyntax { AwaitKeyword.RawKind: 0 })] ? loop : null;
    }

    private static bool MayMissCommit(SyntaxNode node, SyntaxNode loop) => node switch
    {
        ReturnStatementSyntax or GotoStatementSyntax or YieldStatementSyntax or CatchClauseSyntax => true,
        BreakStatementSyntax => node.Ancestors().First(ancestor =>
            ancestor is SwitchStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax) == loop,
        AwaitExpressionSyntax { Expression: var awaited } => !IsExecution(awaited),
        _ => false,
    };

    /// <summary>
    /// Whether code of the program may work on a database, of which nobody knows here that it can do so in the transaction, or SQL is written
    /// that SQLite refuses there. What a started process is to see would not be committed yet.
    /// </summary>
    private static bool MayFailInTransaction(FixContext context, SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax =>
            (context.Effects.Of(node) & (IsInSource(context, node) ? Effects.Database | Effects.Process : Effects.Process)) != 0,
        LiteralExpressionSyntax or InterpolatedStringExpressionSyntax => SqlSource.FromExpression((ExpressionSyntax)node, context.Model, context.CancellationToken) is { } source
            && source.Script.Statements.Any(statement => statement.Kind is not (SqlStatementKind.Unknown or SqlStatementKind.Select or SqlStatementKind.Insert or SqlStatementKind.Update
                or SqlStatementKind.Delete or SqlStatementKind.Replace or SqlStatementKind.Create or SqlStatementKind.Drop or SqlStatementKind.Alter or SqlStatementKind.Explain)),
        _ => false,
    };

    private static bool IsInSource(FixContext context, SyntaxNode call) =>
        context.Model.GetSymbolInfo(call, context.CancellationToken).Symbol is not IMethodSymbol { MethodKind: not MethodKind.DelegateInvoke } method
        || method.Locations.Any(location => location.IsInSource);

    private static bool IsExecution(ExpressionSyntax expression) => expression is InvocationExpressionSyntax
    {
        Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var called, Expression: var receiver },
    } && (called.StartsWith("Execute", StringComparison.Ordinal) || (called == "ConfigureAwait" && IsExecution(receiver)));

    /// <summary>
    /// The commands made before the loop that are executed in it; null if any is executed of which it is not known that it can run in the
    /// transaction: Microsoft.Data.Sqlite throws at a command that was not told the pending one, and enlists what CreateCommand makes in it.
    /// </summary>
    private static IReadOnlyCollection<string>? CommandsToEnlist(FixContext context, StatementSyntax loop, NamedValue connection)
    {
        var commands = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var call in loop.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(IsExecution))
        {
            var receiver = ((MemberAccessExpressionSyntax)call.Expression).Expression;
            if (receiver is InvocationExpressionSyntax)
            {
                continue;
            }

            var symbol = context.Model.GetSymbolInfo(receiver, context.CancellationToken).Symbol;
            if (SymbolEqualityComparer.Default.Equals(symbol, connection.Symbol))
            {
                continue;
            }

            if (symbol is not ILocalSymbol { DeclaringSyntaxReferences: [{ } reference] }
                || reference.GetSyntax(context.CancellationToken) is not VariableDeclaratorSyntax { Initializer.Value: InvocationExpressionSyntax made } declared
                || made.Expression is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CreateCommand", Expression: var maker }
                || !SymbolEqualityComparer.Default.Equals(context.Model.GetSymbolInfo(maker, context.CancellationToken).Symbol, connection.Symbol))
            {
                return null;
            }

            if (!loop.Span.Contains(declared.Span))
            {
                if (IsNamedAfter(context, loop, declared.Identifier.ValueText))
                {
                    return null;
                }

                commands.Add(declared.Identifier.ValueText);
            }
        }

        return commands;
    }

    /// <summary>A command that was told a transaction cannot be executed once that has ended.</summary>
    private static bool IsNamedAfter(FixContext context, StatementSyntax loop, string name) => Names.MemberAround(context, loop).DescendantNodes().OfType<IdentifierNameSyntax>()
        .Any(other => other.SpanStart >= loop.Span.End && other.Identifier.ValueText == name);
}
