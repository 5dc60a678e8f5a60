using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.CodeFixes.Editing;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.CodeFixes.Transactions;

/// <summary>
/// SQLITE4004: commits at the end of the block that the batch belongs to.
/// </summary>
/// <remarks>
/// Only where control comes there and nowhere else, and nothing in the block ends the batch or closes a connection. The program then
/// stores what it threw away before: the edit stands alone.
/// </remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BatchNotCommittedFix), DocumentKinds = new[] { nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument) })]
public sealed class BatchNotCommittedFix() : SqliteCodeFixProvider(Descriptors.BatchNotCommitted, nameof(Descriptors.BatchNotCommitted))
{
    private protected override ImmutableArray<FixVariant> Variants => ImmutableArray.Create(FixVariant.Helper);

    private protected override DocumentEdit? Compute(FixContext context, Diagnostic diagnostic, FixVariant variant)
    {
        if (context.Root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>() is not
            { Parent: EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration } variable } }
            || StatementsAfter(declaration) is not { Length: > 0 } statements
            || statements.Any(EndsOrLeaves)
            || context.Model.AnalyzeControlFlow(statements[0], statements[statements.Length - 1]) is not { Succeeded: true, EndPointIsReachable: true })
        {
            return null;
        }

        var edit = new DocumentEdit { Title = "Commit the batch at the end", Reach = FixReach.One };
        return StatementInserter.TryInsertAfter(context, statements[statements.Length - 1], [$"{variable.Identifier.ValueText}.Commit();"], edit) ? edit : null;
    }

    /// <summary>The statements in which the batch is alive, to the end of its block.</summary>
    private static StatementSyntax[]? StatementsAfter(VariableDeclarationSyntax declaration) => declaration.Parent switch
    {
        LocalDeclarationStatementSyntax { Parent: BlockSyntax block } local => [.. block.Statements.SkipWhile(statement => statement != local).Skip(1)],
        UsingStatementSyntax { Statement: BlockSyntax block } => [.. block.Statements],
        _ => null,
    };

    private static bool EndsOrLeaves(StatementSyntax statement) =>
        statement is LocalFunctionStatementSyntax
        || statement.ContainsDirectives
        || statement.DescendantNodesAndSelf(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Any(node => node switch
        {
            ReturnStatementSyntax or GotoStatementSyntax or YieldStatementSyntax or TryStatementSyntax => true,
            BreakStatementSyntax or ContinueStatementSyntax => !IsWithin(node, statement),
            SimpleNameSyntax { Identifier.ValueText: "Commit" or "CommitAndCheckpoint" or "Rollback" or "Close" or "CloseAsync" or "Dispose" or "DisposeAsync" } => true,
            _ => false,
        });

    /// <summary>Whether what the statement jumps out of is part of the other.</summary>
    private static bool IsWithin(SyntaxNode jump, StatementSyntax whole)
    {
        for (var node = jump.Parent; node is not null; node = node.Parent)
        {
            if (node is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax
                || (node is SwitchStatementSyntax && jump is BreakStatementSyntax))
            {
                return true;
            }

            if (node == whole)
            {
                return false;
            }
        }

        return false;
    }
}
