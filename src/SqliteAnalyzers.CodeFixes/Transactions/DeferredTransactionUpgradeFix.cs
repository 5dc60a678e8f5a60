using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.CodeFixes.Editing;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.CodeFixes.Transactions;

/// <summary>
/// SQLITE4006: takes the write lock when the transaction begins.
/// </summary>
/// <remarks>Where another transaction writes, the program then waits at the begin, also on paths that only read: the edit stands alone.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeferredTransactionUpgradeFix), DocumentKinds = new[] { nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument) })]
public sealed class DeferredTransactionUpgradeFix() : SqliteCodeFixProvider(
    Descriptors.DeferredTransactionUpgrade, nameof(Descriptors.DeferredTransactionUpgrade))
{
    private const int ReadUncommitted = (int)System.Data.IsolationLevel.ReadUncommitted;

    private static readonly Regex s_deferred = new(@"\ABEGIN\s+(?<word>DEFERRED)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private protected override ImmutableArray<FixVariant> Variants => ImmutableArray.Create(FixVariant.Plain);

    private protected override DocumentEdit? Compute(FixContext context, Diagnostic diagnostic, FixVariant variant)
    {
        if (context.FindInvocation(diagnostic.Location.SourceSpan) is not { } call)
        {
            return null;
        }

        var edit = new DocumentEdit { Title = "Begin the transaction with BEGIN IMMEDIATE", Reach = FixReach.One };
        var isDone = call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "BeginTransaction" }
            ? TryDropArgument(context, call.ArgumentList, edit)
            : TryCompleteText(context, call, edit);
        return isDone ? edit : null;
    }

    /// <summary>Without an argument that says otherwise, the driver begins with BEGIN IMMEDIATE.</summary>
    private static bool TryDropArgument(FixContext context, ArgumentListSyntax list, DocumentEdit edit)
    {
        var arguments = list.Arguments;
        var last = arguments.LastOrDefault();
        var isTold = last is not null && ValueOf(context, last) is true or ReadUncommitted;
        if (!isTold || arguments.Count > 2 || (arguments.Count == 2 && ValueOf(context, arguments[0]) is not int or ReadUncommitted))
        {
            return false;
        }

        edit.Remove(TextSpan.FromBounds(arguments.Count == 2 ? arguments[0].Span.End : last!.SpanStart, last!.Span.End));
        return !list.DescendantTrivia().Any(trivia => StatementInserter.IsComment(trivia) || trivia.IsDirective);
    }

    private static object? ValueOf(FixContext context, ArgumentSyntax argument) =>
        context.Model.GetConstantValue(argument.Expression, context.CancellationToken).Value;

    private static bool TryCompleteText(FixContext context, InvocationExpressionSyntax call, DocumentEdit edit)
    {
        if (TextsOf(context, call).Take(2).ToArray() is not [var text]
            || SqlSource.FromExpression(text, context.Model, context.CancellationToken) is not { } source
            || source.Script.Statements.Where(statement => statement.Kind == SqlStatementKind.Begin).ToArray() is not [{ Begin: SqlBeginKind.Deferred } begin]
            || !source.IsWrittenAsIs(begin.Span))
        {
            return false;
        }

        var deferred = s_deferred.Match(source.Text.Substring(begin.Span.Start, begin.Span.Length));
        if (deferred.Success)
        {
            var word = deferred.Groups["word"];
            edit.Replace(source.GetLocation(new(begin.Span.Start + word.Index, word.Length)).SourceSpan, "IMMEDIATE");
        }
        else
        {
            edit.Insert(source.GetLocation(new(begin.Span.Start, "BEGIN".Length)).SourceSpan.End, " IMMEDIATE");
        }

        return true;
    }

    /// <summary>The texts that the call may execute: those in it, or else what the command was given last before.</summary>
    private static IEnumerable<ExpressionSyntax> TextsOf(FixContext context, InvocationExpressionSyntax call)
    {
        var written = LiteralsIn(call).ToArray();
        if (written.Length > 0 || call.Expression is not MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var command } }
            || call.FirstAncestorOrSelf<StatementSyntax>() is not { } statement || StatementLists.OwnerOf(statement) is not { } owner)
        {
            return written;
        }

        var before = owner.ChildNodes().OfType<StatementSyntax>().Where(other => other.Span.End <= statement.SpanStart).Reverse();
        foreach (var other in before)
        {
            switch (other)
            {
                case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax target, Name.Identifier.ValueText: "CommandText" } } assignment }
                    when target.Identifier.ValueText == command:
                    return assignment.Right.IsKind(SyntaxKind.StringLiteralExpression) ? [assignment.Right] : [];
                case LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: { } creation } variable] } when variable.Identifier.ValueText == command:
                    return LiteralsIn(creation);
                case ExpressionStatementSyntax { Expression: InvocationExpressionSyntax or AwaitExpressionSyntax }:
                    break;
                default:
                    return [];
            }
        }

        return [];
    }

    private static IEnumerable<ExpressionSyntax> LiteralsIn(SyntaxNode node) =>
        node.DescendantNodes(inner => inner is not LambdaExpressionSyntax).OfType<LiteralExpressionSyntax>().Where(literal => literal.IsKind(SyntaxKind.StringLiteralExpression));
}
