using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.CodeFixes.Editing;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.CodeFixes.Usage;

/// <summary>
/// SQLITE5004: calls the synchronous method where the task is awaited at once, by a function that awaits something else too.
/// </summary>
/// <remarks>
/// A function that awaits nothing else would have to become synchronous, and its callers with it: that is left to the author.
/// A token is asked once by the asynchronous method, before it begins; where one is dropped, the edit stands alone.
/// </remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AsyncCallIsSynchronousFix), DocumentKinds = new[] { nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument) })]
public sealed class AsyncCallIsSynchronousFix() : SqliteCodeFixProvider(Descriptors.AsyncCallIsSynchronous, nameof(Descriptors.AsyncCallIsSynchronous))
{
    private const string Suffix = "Async";

    private protected override ImmutableArray<FixVariant> Variants => ImmutableArray.Create(FixVariant.Plain);

    private protected override DocumentEdit? Compute(FixContext context, Diagnostic diagnostic, FixVariant variant)
    {
        if (context.FindInvocation(diagnostic.Location.SourceSpan) is not { Expression: MemberAccessExpressionSyntax { Name: { } name } access } call
            || !name.Identifier.ValueText.EndsWith(Suffix, StringComparison.Ordinal)
            || Waiting(call) is not { } waiting
            || Awaits.AreLostWith(waiting))
        {
            return null;
        }

        var method = name.Identifier.ValueText.Substring(0, name.Identifier.ValueText.Length - Suffix.Length);
        var edit = new DocumentEdit { Title = $"Call '{method}'" };
        var tokens = call.ArgumentList.Arguments.Where(argument => IsToken(context, argument)).ToArray();
        if (tokens.Any(token => !IsNone(token)))
        {
            edit.Title += " and no longer ask the cancellation token";
            edit.Limit(FixReach.One);
        }

        // A call in parentheses needs none to be a receiver.
        var whole = waiting is AwaitExpressionSyntax { Parent: ParenthesizedExpressionSyntax { Parent: MemberAccessExpressionSyntax or ElementAccessExpressionSyntax } parenthesized } ? parenthesized : waiting;
        edit.Remove(TextSpan.FromBounds(whole.SpanStart, access.SpanStart));
        edit.Replace(name.Identifier.Span, method);
        if (tokens.Length > 0)
        {
            edit.Replace(call.ArgumentList.Span, $"({string.Join(", ", call.ArgumentList.Arguments.Except(tokens))})");
        }

        edit.Remove(TextSpan.FromBounds(call.Span.End, whole.Span.End));
        return HasComment(call, whole) ? null : edit;
    }

    /// <summary>What waits for the task of the call and for nothing else: an <c>await</c>, or <c>GetAwaiter().GetResult()</c>.</summary>
    private static ExpressionSyntax? Waiting(InvocationExpressionSyntax call)
    {
        var task = CallOn(call, "ConfigureAwait") ?? call;
        return task.Parent as AwaitExpressionSyntax
            ?? (ExpressionSyntax?)(CallOn(task, "GetAwaiter") is { } awaiter ? CallOn(awaiter, "GetResult") : null);
    }

    /// <summary>The call of this method on the value of the expression.</summary>
    private static InvocationExpressionSyntax? CallOn(ExpressionSyntax expression, string method) =>
        expression.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name, Parent: InvocationExpressionSyntax call } access
        && name == method && access.Expression == expression
            ? call
            : null;

    private static bool IsToken(FixContext context, ArgumentSyntax argument) =>
        context.Model.GetTypeInfo(argument.Expression, context.CancellationToken).ConvertedType is { Name: "CancellationToken", ContainingNamespace: { Name: "Threading", ContainingNamespace.Name: "System" } };

    private static bool IsNone(ArgumentSyntax token) =>
        token.Expression is DefaultExpressionSyntax or LiteralExpressionSyntax { RawKind: (int)SyntaxKind.DefaultLiteralExpression } or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "None" };

    /// <summary>Whether the text that is taken away holds a comment or a directive.</summary>
    private static bool HasComment(InvocationExpressionSyntax call, ExpressionSyntax whole) =>
        whole.DescendantTrivia().Any(trivia =>
            !trivia.IsKind(SyntaxKind.WhitespaceTrivia)
            && !trivia.IsKind(SyntaxKind.EndOfLineTrivia)
            && whole.Span.Contains(trivia.Span)
            && (!call.Span.Contains(trivia.Span) || call.ArgumentList.Span.Contains(trivia.Span)));
}
