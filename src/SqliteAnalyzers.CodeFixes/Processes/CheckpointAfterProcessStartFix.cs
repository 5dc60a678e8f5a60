using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.CodeFixes.Editing;
using SqliteAnalyzers.CodeFixes.Sqlite;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.CodeFixes.Processes;

/// <summary>
/// SQLITE1003: moves the checkpoint, as it stands, before the statement that starts the process.
/// </summary>
/// <remarks>
/// Only within one list of statements, past statements that neither touch a database nor leave, and where nobody looks at its result.
/// </remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CheckpointAfterProcessStartFix), DocumentKinds = new[] { nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument) })]
public sealed class CheckpointAfterProcessStartFix() : SqliteCodeFixProvider(
    Descriptors.CheckpointAfterProcessStart, nameof(Descriptors.CheckpointAfterProcessStart))
{
    private protected override ImmutableArray<FixVariant> Variants => ImmutableArray.Create(FixVariant.Plain);

    private protected override DocumentEdit? Compute(FixContext context, Diagnostic diagnostic, FixVariant variant)
    {
        var span = diagnostic.Location.SourceSpan;
        if (diagnostic.AdditionalLocations is not [{ SourceSpan: var start, SourceTree: var tree }, ..] || tree != context.Root.SyntaxTree
            || context.FindInvocation(span) is not { } call
            || MovedBy(context, call) is not { } moved
            || StatementLists.Of(StatementLists.OwnerOf(moved[0]))?.ToList() is not { } statements
            || statements.FindIndex(statement => statement.Span.Contains(start)) is not (>= 0 and var first)
            || statements.IndexOf(moved[0]) is var last && last <= first
            || !moved.SequenceEqual(statements.Skip(last).Take(moved.Count))
            || !diagnostic.Properties.TryGetValue(DiagnosticProperties.Connection, out var name)
            || context.Bind(name, span.Start, statements[first].SpanStart) is not { } connection)
        {
            return null;
        }

        var passed = statements.GetRange(first, last - first);
        if (!passed.TrueForAll(statement => CanBePassed(context, statement))
            || ChangesAny(context, passed, NamedIn(context, moved))
            || StatementInserter.HasBranchingDirective(context, TextSpan.FromBounds(statements[first].SpanStart, moved[moved.Count - 1].Span.End)))
        {
            return null;
        }

        var edit = new DocumentEdit { Title = "Move the checkpoint before the process start" };
        edit.Limit(new CheckpointPlace(context, statements[first], connection).ReachBefore(transaction: null));
        return TryMove(context, moved, statements[first], edit) ? edit : null;
    }

    /// <summary>The statements that are the checkpoint, one after another; null where somebody may look at its result, or it is part of something else.</summary>
    private static IReadOnlyList<StatementSyntax>? MovedBy(FixContext context, InvocationExpressionSyntax call)
    {
        var execution = Execution.Of(context, call);
        IReadOnlyList<StatementSyntax>? moved = execution is { Outermost: ExpressionStatementSyntax or UsingStatementSyntax, UsesOfResult.Count: 0 }
            ? [.. execution.Preparation.Append(execution.Outermost).OrderBy(statement => statement.SpanStart)]
            : null;
        return moved?.Any(statement => statement.DescendantNodes().Any(IsSideEffect)) == false ? moved : null;
    }

    private static bool IsSideEffect(SyntaxNode node) => node switch
    {
        AssignmentExpressionSyntax { Left: var left } => left is not (MemberAccessExpressionSyntax or IdentifierNameSyntax { Identifier.ValueText: "_" })
            && left.Parent?.Parent is not InitializerExpressionSyntax,
        PrefixUnaryExpressionSyntax { OperatorToken.ValueText: "++" or "--" } => true,
        PostfixUnaryExpressionSyntax { OperatorToken.ValueText: "++" or "--" } => true,
        DeclarationExpressionSyntax or ThrowExpressionSyntax => true,
        _ => false,
    };

    private static bool CanBePassed(FixContext context, StatementSyntax statement) =>
        (context.Effects.Of(statement) & Effects.Database) == 0
        && statement is not (LocalFunctionStatementSyntax or LabeledStatementSyntax)
        && !statement.DescendantNodesAndSelf().Any(node => node is ReturnStatementSyntax or ThrowStatementSyntax or ThrowExpressionSyntax or GotoStatementSyntax or YieldStatementSyntax
            or BreakStatementSyntax { Parent: not SwitchSectionSyntax } or ContinueStatementSyntax);

    /// <summary>The variables and members that the checkpoint speaks of and does not declare.</summary>
    private static HashSet<ISymbol> NamedIn(FixContext context, IReadOnlyList<StatementSyntax> moved) => new(
        from name in moved.SelectMany(statement => statement.DescendantNodes().OfType<SimpleNameSyntax>())
        let symbol = context.Model.GetSymbolInfo(name, context.CancellationToken).Symbol
        where symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol
            && !symbol.DeclaringSyntaxReferences.Any(reference => moved.Any(statement => statement.SyntaxTree == reference.SyntaxTree && statement.Span.Contains(reference.Span)))
        select symbol,
        SymbolEqualityComparer.Default);

    /// <summary>Whether the statements declare one of these, assign it, or hand it out by reference.</summary>
    private static bool ChangesAny(FixContext context, List<StatementSyntax> passed, HashSet<ISymbol> symbols)
    {
        return symbols.Any(symbol => symbol.DeclaringSyntaxReferences.Any(reference =>
                passed.Exists(statement => statement.SyntaxTree == reference.SyntaxTree && statement.Span.Contains(reference.Span))))
            || passed.SelectMany(statement => statement.DescendantNodes()).Any(node => node switch
            {
                AssignmentExpressionSyntax assignment => IsOneOf(assignment.Left),
                ArgumentSyntax { RefKindKeyword.RawKind: not 0 } argument => IsOneOf(argument.Expression),
                PrefixUnaryExpressionSyntax unary => IsSideEffect(unary) && IsOneOf(unary.Operand),
                PostfixUnaryExpressionSyntax unary => IsSideEffect(unary) && IsOneOf(unary.Operand),
                _ => false,
            });

        bool IsOneOf(ExpressionSyntax target) => target.DescendantNodesAndSelf().OfType<SimpleNameSyntax>()
            .Any(name => context.Model.GetSymbolInfo(name, context.CancellationToken).Symbol is { } symbol && symbols.Contains(symbol));
    }

    private static bool TryMove(FixContext context, IReadOnlyList<StatementSyntax> moved, StatementSyntax start, DocumentEdit edit)
    {
        var isOneLine = moved.All(statement => context.Text.Lines.IndexOf(statement.SpanStart) == context.Text.Lines.IndexOf(statement.Span.End));
        if (isOneLine)
        {
            return StatementInserter.TryInsertBefore(context, start, StatementRemover.Take(context, moved, edit), edit);
        }

        // Lines of a block are taken as they are: they are indented as their neighbours.
        var (first, last) = (StatementInserter.StartOfComments(context, moved[0]), context.Text.Lines.GetLineFromPosition(moved[moved.Count - 1].Span.End));
        if (!context.Layout.IsFirstOnLine(moved[0].SpanStart) || !context.Layout.IsFirstOnLine(start.SpanStart)
            || context.Text.ToString(TextSpan.FromBounds(moved[moved.Count - 1].Span.End, last.End)).Trim().Length > 0
            || last.End == last.EndIncludingLineBreak)
        {
            return false;
        }

        var lines = TextSpan.FromBounds(context.Text.Lines.GetLineFromPosition(first).Start, last.EndIncludingLineBreak);
        edit.Insert(StatementInserter.StartOfComments(context, start), context.Text.ToString(lines));
        edit.Remove(lines);
        return true;
    }
}
