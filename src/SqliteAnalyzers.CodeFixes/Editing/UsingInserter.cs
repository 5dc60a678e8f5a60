using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace SqliteAnalyzers.CodeFixes.Editing;

/// <summary>
/// Puts using directives where the document has its own, in their order.
/// </summary>
internal static class UsingInserter
{
    /// <summary>The changes that import those of the namespaces that the document does not see yet.</summary>
    public static IEnumerable<TextChange> Insert(FixContext context, IEnumerable<string> namespaces)
    {
        var scope = FindScope(context);
        return namespaces
            .Where(@namespace => !IsInScope(context, @namespace))
            .Select(@namespace => Insert(context, scope, @namespace))
            .GroupBy(change => change.Span)
            .Select(changes => new TextChange(changes.Key, JoinAt(context, scope, changes.Select(change => change.NewText!))));
    }

    private static TextChange Insert(FixContext context, Scope scope, string @namespace)
    {
        var text = $"{scope.Indent}using {@namespace};";
        var next = scope.Usings.FirstOrDefault(directive => IsOrdinary(directive) && Compare(@namespace, directive.Name!.ToString()) < 0);
        return new TextChange(new TextSpan(next is null ? scope.End : StartOfLine(context, next), 0), text);
    }

    /// <summary>Directives that go to one place, with a blank line after them where the scope has had none.</summary>
    private static string JoinAt(FixContext context, Scope scope, IEnumerable<string> directives)
    {
        var newLine = context.Layout.NewLine;
        var joined = string.Concat(directives.Select(directive => directive + newLine));
        return scope.Usings.Count == 0 ? joined + newLine : joined;
    }

    private static Scope FindScope(FixContext context)
    {
        SyntaxNode declaration = context.Root;
        var usings = context.Root.Usings;
        if (usings.Count == 0
            && context.Root.Members is [BaseNamespaceDeclarationSyntax { Usings: { Count: > 0 } inner } @namespace])
        {
            declaration = @namespace;
            usings = inner;
        }

        var ordinary = usings.Where(directive => directive.GlobalKeyword.IsKind(SyntaxKind.None)).ToList();
        if (ordinary.Count == 0)
        {
            return new Scope([], usings.Count > 0 ? EndOfLine(context, usings.Last()) : AfterHeader(context), "");
        }

        var indent = context.Layout.IndentAt(ordinary[0].SpanStart);
        var conditional = declaration.DescendantNodes(node => node == declaration || node is UsingDirectiveSyntax, descendIntoTrivia: true)
            .OfType<DirectiveTriviaSyntax>()
            .Any(directive => directive.SpanStart < usings.Last().Span.End && directive is BranchingDirectiveTriviaSyntax or EndIfDirectiveTriviaSyntax);

        if (!conditional)
        {
            return new Scope(ordinary, EndOfLine(context, ordinary[ordinary.Count - 1]), indent);
        }

        return ordinary[0].GetLeadingTrivia().Any(trivia => trivia.IsKind(SyntaxKind.IfDirectiveTrivia))
            ? new Scope([], AfterHeader(context), "")
            : new Scope([ordinary[0]], StartOfLine(context, ordinary[0]), indent);
    }

    /// <summary>After the comment a file begins with, if a blank line parts it from the code.</summary>
    private static int AfterHeader(FixContext context)
    {
        var position = 0;
        var ended = false;
        foreach (var trivia in context.Root.GetFirstToken(includeZeroWidth: true).LeadingTrivia)
        {
            if (trivia.IsDirective && !trivia.IsKind(SyntaxKind.IfDirectiveTrivia))
            {
                position = trivia.FullSpan.End;
                ended = true;
            }
            else if (trivia.IsKind(SyntaxKind.EndOfLineTrivia))
            {
                if (ended)
                {
                    position = trivia.FullSpan.End;
                }

                ended = true;
            }
            else if (trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia))
            {
                ended = false;
            }
            else if (!trivia.IsKind(SyntaxKind.WhitespaceTrivia))
            {
                break;
            }
        }

        return position;
    }

    private static int StartOfLine(FixContext context, SyntaxNode node) =>
        context.Text.Lines.GetLineFromPosition(node.SpanStart).Start;

    private static int EndOfLine(FixContext context, SyntaxNode node) =>
        context.Text.Lines.GetLineFromPosition(node.Span.End).EndIncludingLineBreak;

    private static bool IsOrdinary(UsingDirectiveSyntax directive) =>
        directive.Alias is null && directive.StaticKeyword.IsKind(SyntaxKind.None) && directive.Name is not null;

    /// <summary>System first, then by name.</summary>
    private static int Compare(string left, string right)
    {
        var system = IsSystem(right).CompareTo(IsSystem(left));
        return system != 0 ? system : string.CompareOrdinal(left, right);
    }

    private static bool IsSystem(string @namespace) =>
        @namespace == "System" || @namespace.StartsWith("System.", StringComparison.Ordinal);

    private static bool IsInScope(FixContext context, string @namespace)
    {
        var position = context.Root.Members is [BaseNamespaceDeclarationSyntax { Members: [var member, ..] }, ..]
            ? member.SpanStart
            : context.Root.Members.FirstOrDefault()?.SpanStart ?? 0;

        return context.Model.GetImportScopes(position, context.CancellationToken)
                .SelectMany(scope => scope.Imports)
                .Any(import => import.NamespaceOrType is INamespaceSymbol && import.NamespaceOrType.ToDisplayString() == @namespace)
            || IsWithin(context.Model.GetEnclosingSymbol(position, context.CancellationToken), @namespace);
    }

    private static bool IsWithin(ISymbol? symbol, string @namespace)
    {
        for (var enclosing = symbol as INamespaceSymbol ?? symbol?.ContainingNamespace; enclosing is not null; enclosing = enclosing.ContainingNamespace)
        {
            if (enclosing.ToDisplayString() == @namespace)
            {
                return true;
            }
        }

        return false;
    }

    /// <param name="Usings">The directives among which a new one finds its place.</param>
    /// <param name="End">Where a new directive goes that comes after all of them.</param>
    /// <param name="Indent">What a new directive's line begins with.</param>
    private sealed record Scope(IReadOnlyList<UsingDirectiveSyntax> Usings, int End, string Indent);
}
