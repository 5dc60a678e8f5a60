using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace SqliteAnalyzers.CodeFixes.Editing;

/// <summary>
/// Puts statements before or after the statement that evaluates an expression. Where there is no list of statements,
/// one is made: braces around an embedded statement, a block in the place of an expression body.
/// </summary>
internal static class StatementInserter
{
    /// <summary>
    /// What new statements go before or after: a statement, or the owner of an expression body. Null where statements cannot be put,
    /// or where they would run at another time or another number of times than the expression.
    /// </summary>
    public static SyntaxNode? FindHost(FixContext context, SyntaxNode node)
    {
        for (SyntaxNode child = node, current = node; current is not null; child = current, current = current.Parent!)
        {
            switch (current)
            {
                case LocalFunctionStatementSyntax:
                case WhileStatementSyntax { Condition: var condition } when condition == child:
                case DoStatementSyntax { Condition: var until } when until == child:
                case ForStatementSyntax loop when loop.Condition == child || loop.Incrementors.Any(incrementor => incrementor == child):
                case WhenClauseSyntax or CatchFilterClauseSyntax or QueryBodySyntax:
                    return null;
                case StatementSyntax statement:
                    return statement;
                case ArrowExpressionClauseSyntax arrow:
                    return HasOnlyPlainTrivia(arrow.Expression) ? arrow : null;
                case LambdaExpressionSyntax { ExpressionBody: { } body } lambda:
                    return HasOnlyPlainTrivia(body) && !IsExpressionTree(context, lambda) ? lambda : null;
            }
        }

        return null;
    }

    /// <summary>Where the text of the host begins: what new statements name must be declared before it.</summary>
    public static int StartOf(SyntaxNode host) => host switch
    {
        ArrowExpressionClauseSyntax arrow => arrow.Expression.SpanStart,
        LambdaExpressionSyntax { ExpressionBody: { } body } => body.SpanStart,
        _ => host.SpanStart,
    };

    /// <summary>Puts statements, as lines of a template, before what the host evaluates.</summary>
    public static bool TryInsertBefore(FixContext context, SyntaxNode host, IReadOnlyList<string> lines, DocumentEdit edit) =>
        TryChange(context, host, new Change(Before: lines, Instead: null, After: []), edit);

    /// <summary>Puts statements after the host. False if it is an expression body that returns a value.</summary>
    public static bool TryInsertAfter(FixContext context, SyntaxNode host, IReadOnlyList<string> lines, DocumentEdit edit) =>
        TryChange(context, host, new Change(Before: [], Instead: null, After: lines), edit);

    /// <summary>Puts statements before and after the host. False if it is an expression body that returns a value.</summary>
    public static bool TryInsertAround(FixContext context, SyntaxNode host, IReadOnlyList<string> before, IReadOnlyList<string> after, DocumentEdit edit) =>
        TryChange(context, host, new Change(before, Instead: null, after), edit);

    /// <summary>Puts statements in the place of the host. False if it is an expression body that returns a value.</summary>
    public static bool TryReplace(FixContext context, SyntaxNode host, IReadOnlyList<string> lines, DocumentEdit edit) =>
        TryChange(context, host, new Change(Before: [], Instead: lines, After: []), edit);

    /// <summary>Whether the host is the expression body of a function that returns nothing.</summary>
    public static bool IsBodyWithoutValue(FixContext context, SyntaxNode host) => host switch
    {
        ArrowExpressionClauseSyntax { Parent: not (PropertyDeclarationSyntax or IndexerDeclarationSyntax) and { } owner } =>
            context.Model.GetDeclaredSymbol(owner, context.CancellationToken) is IMethodSymbol method && !HasValue(method),
        LambdaExpressionSyntax lambda =>
            context.Model.GetSymbolInfo(lambda, context.CancellationToken).Symbol is IMethodSymbol function && !HasValue(function),
        _ => false,
    };

    /// <summary>Whether what stands in the span is not always compiled.</summary>
    public static bool HasBranchingDirective(FixContext context, TextSpan span) =>
        context.Root.DescendantTrivia(span, descendIntoTrivia: false)
            .Any(trivia => span.Contains(trivia.Span) && trivia.GetStructure() is BranchingDirectiveTriviaSyntax or EndIfDirectiveTriviaSyntax);

    private static bool TryChange(FixContext context, SyntaxNode host, Change change, DocumentEdit edit)
    {
        if (change.Instead is not null && host.ContainsDirectives && HasBranchingDirective(context, host.Span)
            || host is StatementSyntax { ContainsDirectives: true, Parent: not (BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax or LabeledStatementSyntax) })
        {
            return false;
        }

        switch (host)
        {
            case StatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax or LabeledStatementSyntax } statement:
                ChangeListed(context, statement, change, edit);
                return true;

            case StatementSyntax statement:
                Wrap(context, statement, change, edit);
                return true;

            case ArrowExpressionClauseSyntax arrow:
                return TryExpandArrow(context, arrow, change, edit);

            case LambdaExpressionSyntax { ExpressionBody: { } body } lambda:
                return TryExpandLambda(context, lambda, body, change, edit);

            default:
                return false;
        }
    }

    private static void ChangeListed(FixContext context, StatementSyntax statement, Change change, DocumentEdit edit)
    {
        var isAlone = context.Layout.IsFirstOnLine(statement.SpanStart) && IsLastOnLine(context, statement);
        if (!isAlone && (NeedsLines(change.Before) || NeedsLines(change.After) || (change.Instead is not null && NeedsLines(change.Instead))))
        {
            LineBreaks.Around(context, statement, edit);
        }

        var indent = LineBreaks.IndentOf(context, statement);
        if (change.Before.Count > 0)
        {
            InsertBefore(context, statement, change.Before, indent, edit);
        }

        if (change.Instead is not null)
        {
            Replace(context, statement, change.Instead, indent, edit);
        }

        if (change.After.Count > 0)
        {
            InsertAfter(context, statement, change.After, indent, edit);
        }
    }

    /// <summary>Whether the lines of a template cannot stand one behind another on one line.</summary>
    private static bool NeedsLines(IReadOnlyList<string> lines) =>
        lines.Any(line => line.Contains("//")) || (lines.Count > 1 && lines.Any(line => line[0] is ' ' or '{' or '}' || line[line.Length - 1] != ';'));

    private static bool IsLastOnLine(FixContext context, StatementSyntax statement) =>
        statement.GetLastToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia) || context.Text.Lines.GetLineFromPosition(statement.Span.End).End == context.Text.Length;

    private static void Replace(FixContext context, StatementSyntax statement, IReadOnlyList<string> lines, string indent, DocumentEdit edit)
    {
        var rendered = context.Layout.Render(lines, indent, statement);
        edit.Replace(statement.Span, string.Join(context.Layout.NewLine, rendered).Substring(indent.Length));
    }

    private static void InsertBefore(FixContext context, StatementSyntax statement, IReadOnlyList<string> lines, string indent, DocumentEdit edit)
    {
        var layout = context.Layout;
        if (layout.IsFirstOnLine(statement.SpanStart))
        {
            edit.Insert(StartOfComments(context, statement), layout.Join(layout.Render(lines, indent, statement)));
        }
        else if (!NeedsLines(lines))
        {
            edit.Insert(statement.SpanStart, string.Concat(lines.Select(line => line + " ")));
        }
        else
        {
            edit.Insert(statement.SpanStart, layout.Join(layout.Render(lines, indent, statement)).Substring(indent.Length) + indent);
        }
    }

    private static void InsertAfter(FixContext context, StatementSyntax statement, IReadOnlyList<string> lines, string indent, DocumentEdit edit)
    {
        var layout = context.Layout;
        if (statement.GetLastToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia))
        {
            edit.Insert(context.Text.Lines.GetLineFromPosition(statement.Span.End).EndIncludingLineBreak, layout.Join(layout.Render(lines, indent, statement)));
        }
        else if (!NeedsLines(lines) && !statement.GetLastToken().GetNextToken().IsKind(SyntaxKind.None))
        {
            edit.Insert(statement.Span.End, string.Concat(lines.Select(line => " " + line)));
        }
        else
        {
            edit.Insert(EndOfComments(statement), string.Concat(layout.Render(lines, indent, statement).Select(added => layout.NewLine + added)));
        }
    }

    /// <summary>Braces around a statement that is the whole body of an if, an else, a loop, a using or the like.</summary>
    private static void Wrap(FixContext context, StatementSyntax statement, Change change, DocumentEdit edit)
    {
        var layout = context.Layout;
        var owner = statement.Parent!;
        LineBreaks.Around(context, statement, edit);
        var outer = LineBreaks.IndentOf(context, owner);
        var inner = outer + layout.UnitAt(statement);
        var previous = statement.GetFirstToken().GetPreviousToken();
        var onOwnLine = layout.IsFirstOnLine(statement.SpanStart);
        var sameLineBrace = layout.OpensBracesOnSameLine(statement);
        var open = sameLineBrace ? " {" : layout.NewLine + outer + "{";

        var before = layout.Join(layout.Render(change.Before, inner, statement));

        var behind = previous.TrailingTrivia.Where(IsComment).Select(comment => comment.Span.End).LastOrDefault();
        edit.Insert(sameLineBrace || !onOwnLine || behind == 0 ? previous.Span.End : behind, open);
        if (onOwnLine)
        {
            edit.Insert(StartOfComments(context, statement), before);
        }
        else
        {
            edit.Replace(TextSpan.FromBounds(previous.Span.End, statement.SpanStart), layout.NewLine + before + inner);
        }

        if (change.Instead is not null)
        {
            Replace(context, statement, change.Instead, inner, edit);
        }
        else if (!onOwnLine || layout.IndentAt(statement.SpanStart) == outer)
        {
            IndentLines(context, statement, layout.UnitAt(statement), includeFirst: onOwnLine, edit);
        }

        var after = layout.Render(change.After, inner, statement).Select(line => layout.NewLine + line);
        var close = string.Concat(after) + layout.NewLine + outer + "}";
        var trailing = statement.GetLastToken().TrailingTrivia;
        var endOfLine = trailing.FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        if (endOfLine != default)
        {
            edit.Insert(endOfLine.SpanStart, close);
            return;
        }

        var next = statement.GetLastToken().GetNextToken();
        if (next.IsKind(SyntaxKind.ElseKeyword) || next.IsKind(SyntaxKind.WhileKeyword))
        {
            edit.Replace(TextSpan.FromBounds(EndOfComments(statement), next.SpanStart), close + layout.NewLine + outer);
        }
        else
        {
            edit.Insert(statement.Span.End, close);
        }
    }

    private static bool TryExpandArrow(FixContext context, ArrowExpressionClauseSyntax arrow, Change change, DocumentEdit edit)
    {
        var owner = arrow.Parent!;
        var semicolon = owner switch
        {
            BaseMethodDeclarationSyntax method => method.SemicolonToken,
            LocalFunctionStatementSyntax function => function.SemicolonToken,
            AccessorDeclarationSyntax accessor => accessor.SemicolonToken,
            PropertyDeclarationSyntax property => property.SemicolonToken,
            IndexerDeclarationSyntax indexer => indexer.SemicolonToken,
            _ => default,
        };

        if (!semicolon.IsKind(SyntaxKind.SemicolonToken) || semicolon.IsMissing)
        {
            return false;
        }

        var isProperty = owner is PropertyDeclarationSyntax or IndexerDeclarationSyntax;
        var hasValue = isProperty
            || context.Model.GetDeclaredSymbol(owner, context.CancellationToken) is not IMethodSymbol symbol
            || HasValue(symbol);
        if (hasValue && !change.KeepsValue)
        {
            return false;
        }

        var previous = arrow.GetFirstToken().GetPreviousToken();
        var comments = previous.TrailingTrivia
            .Concat(arrow.ArrowToken.LeadingTrivia)
            .Concat(arrow.ArrowToken.TrailingTrivia)
            .Concat(arrow.Expression.GetLeadingTrivia())
            .Concat(arrow.Expression.GetTrailingTrivia());
        var body = Block(context, comments, arrow.Expression, hasValue, change);
        var lines = isProperty ? ["{", "    get", .. body.Select(line => "    " + line), "}"] : body;
        var indent = context.Layout.IndentAt(owner.SpanStart);
        var rendered = context.Layout.Render(lines, indent, owner);
        var sameLine = context.Layout.OpensBracesOnSameLine(owner);

        edit.Replace(
            TextSpan.FromBounds(previous.Span.End, semicolon.Span.End),
            (sameLine ? " {" + context.Layout.NewLine : context.Layout.NewLine)
                + string.Join(context.Layout.NewLine, sameLine ? rendered.Skip(1) : rendered));
        return true;
    }

    private static bool TryExpandLambda(
        FixContext context, LambdaExpressionSyntax lambda, ExpressionSyntax expression, Change change, DocumentEdit edit)
    {
        if (context.Model.GetSymbolInfo(lambda, context.CancellationToken).Symbol is not IMethodSymbol symbol)
        {
            return false;
        }

        var hasValue = HasValue(symbol);
        if (hasValue && !change.KeepsValue)
        {
            return false;
        }

        var layout = context.Layout;
        var comments = lambda.ArrowToken.TrailingTrivia.Concat(expression.GetLeadingTrivia());
        var body = Block(context, comments, expression, hasValue, change);
        var rendered = layout.Render(body, layout.IndentAt(lambda.SpanStart), lambda);
        var sameLine = layout.OpensBracesOnSameLine(lambda);

        edit.Replace(
            TextSpan.FromBounds(lambda.ArrowToken.Span.End, expression.Span.End),
            (sameLine ? " {" + layout.NewLine : layout.NewLine) + string.Join(layout.NewLine, sameLine ? rendered.Skip(1) : rendered));
        return true;
    }

    /// <summary>The template of a block that does what the expression body did.</summary>
    private static IReadOnlyList<string> Block(
        FixContext context, IEnumerable<SyntaxTrivia> trivia, ExpressionSyntax expression, bool hasValue, Change change)
    {
        var comments = trivia.Where(IsComment).Select(comment => Indent(comment.ToString()));
        var text = context.Text.ToString(expression.Span);
        var statement = hasValue && expression is not ThrowExpressionSyntax ? $"return {text};" : $"{text};";

        IReadOnlyList<string> own = change.Instead ?? [statement];

        return ["{", .. change.Before.Select(Indent), .. comments, .. own.Select(Indent), .. change.After.Select(Indent), "}"];

        static string Indent(string line) => "    " + line;
    }

    /// <summary>Whether a method with this signature returns a value, so that its expression body is what it returns.</summary>
    private static bool HasValue(IMethodSymbol method) =>
        !method.ReturnsVoid && !(method.IsAsync && method.ReturnType is INamedTypeSymbol { Arity: 0 });

    private static bool IsExpressionTree(FixContext context, LambdaExpressionSyntax lambda) =>
        context.Model.GetTypeInfo(lambda, context.CancellationToken).ConvertedType is { Name: "Expression", ContainingNamespace.Name: "Expressions" };

    private static bool HasOnlyPlainTrivia(ExpressionSyntax body) =>
        !body.ContainsDirectives
        && !body.GetFirstToken().GetPreviousToken().TrailingTrivia.Concat(body.GetLeadingTrivia()).Any(trivia => trivia.IsDirective);

    /// <summary>
    /// The start of the statement's line, or of the comment lines directly above it, which belong to the statement.
    /// </summary>
    public static int StartOfComments(FixContext context, StatementSyntax statement)
    {
        var lines = context.Text.Lines;
        var start = lines.GetLineFromPosition(statement.SpanStart).Start;
        foreach (var trivia in statement.GetLeadingTrivia().Reverse())
        {
            var line = lines.GetLineFromPosition(trivia.SpanStart);
            if (IsComment(trivia) && lines.GetLineFromPosition(trivia.Span.End).EndIncludingLineBreak >= start && context.Layout.IsFirstOnLine(trivia.SpanStart))
            {
                start = line.Start;
            }
            else if (!trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia))
            {
                break;
            }
        }

        return start;
    }

    /// <summary>The end of the statement, or of the last comment behind it on its line.</summary>
    private static int EndOfComments(StatementSyntax statement) =>
        statement.GetLastToken().TrailingTrivia.Where(IsComment).Select(comment => comment.Span.End).LastOrDefault() is var end and > 0
            ? end
            : statement.Span.End;

    /// <summary>Moves the lines of a statement one step to the right, but not what stands inside its string literals.</summary>
    private static void IndentLines(FixContext context, StatementSyntax statement, string unit, bool includeFirst, DocumentEdit edit)
    {
        var lines = context.Text.Lines;
        var first = lines.IndexOf(statement.SpanStart);
        for (var index = includeFirst ? first : first + 1; index <= lines.IndexOf(statement.Span.End); index++)
        {
            var line = lines[index];
            var content = context.Text.ToString(line.Span).TrimStart();
            var token = context.Root.FindToken(line.Start);
            var insideToken = token.SpanStart < line.Start && line.Start < token.Span.End;
            if (content.Length > 0 && content[0] != '#' && !insideToken)
            {
                edit.Insert(line.Start, unit);
            }
        }
    }

    public static bool IsComment(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia);

    /// <param name="Before">Lines to put before what the host evaluates.</param>
    /// <param name="Instead">Lines to put in its place; null: it stays.</param>
    /// <param name="After">Lines to put after it.</param>
    private sealed record Change(IReadOnlyList<string> Before, IReadOnlyList<string>? Instead, IReadOnlyList<string> After)
    {
        /// <summary>Whether the host's value can still be returned.</summary>
        public bool KeepsValue => Instead is null && After.Count == 0;
    }
}
