using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.CodeFixes.Editing;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.CodeFixes.Usage;

/// <summary>
/// SQLITE5003: takes the call out, with the question whether the file is there and the loop around it, if these are for nothing else.
/// </summary>
/// <remarks>Where the database is replaced elsewhere, the -wal file has to go: whether it is, only the user knows. So the edit stands alone.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WalFileDeletedFix), DocumentKinds = new[] { nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument) })]
public sealed class WalFileDeletedFix() : SqliteCodeFixProvider(Descriptors.WalFileDeleted, nameof(Descriptors.WalFileDeleted))
{
    private protected override ImmutableArray<FixVariant> Variants => ImmutableArray.Create(FixVariant.Plain);

    private protected override DocumentEdit? Compute(FixContext context, Diagnostic diagnostic, FixVariant variant)
    {
        if (context.FindInvocation(diagnostic.Location.SourceSpan)?.Parent is not ExpressionStatementSyntax call)
        {
            return null;
        }

        StatementSyntax statement = call;
        while (Around(statement) is { } around)
        {
            statement = around;
        }

        if (StatementLists.Of(StatementLists.OwnerOf(statement)) is null || StatementRemover.CommentsIn(statement).Any())
        {
            return null;
        }

        var edit = new DocumentEdit { Title = "Leave the file to SQLite", Reach = FixReach.One };
        StatementRemover.Remove(context, statement, edit);
        return edit;
    }

    /// <summary>The statement around one that would be empty without it and does nothing else.</summary>
    private static StatementSyntax? Around(StatementSyntax statement)
    {
        var outer = statement.Parent is BlockSyntax { Statements.Count: 1 } block ? block.Parent : statement.Parent;
        return outer switch
        {
            IfStatementSyntax { Else: null, Condition: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Exists" } } } question => question,
            ForEachStatementSyntax loop when !loop.Expression.DescendantNodesAndSelf().Any(node => node is InvocationExpressionSyntax or AwaitExpressionSyntax) => loop,
            _ => null,
        };
    }
}
