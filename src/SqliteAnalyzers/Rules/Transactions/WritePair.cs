using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.Engine;

namespace SqliteAnalyzers.Rules.Transactions;

/// <summary>Two writes in the source of one method.</summary>
internal sealed class WritePair
{
    /// <summary>Names of methods that work on a database, whatever their library.</summary>
    private static readonly string[] s_databaseWork =
    [
        "Execute", "Query", "Read", "NextResult", "SaveChanges", "Open", "Close", "Dispose", "Commit", "Rollback", "Prepare", "First", "Single", "ToList", "ToArray",
        "Any", "Count", "Find", "Add", "IsDBNull", "GetFieldValue", "ConfigureAwait",
    ];

    /// <summary>Names of methods that block until something else has happened.</summary>
    private static readonly string[] s_waits = ["Sleep", "Wait", "WaitOne", "WaitAll", "WaitAny", "WaitForExit", "ReadLine", "ReadKey", "Join", "Start", "Take", "Invoke"];

    private readonly SyntaxNode _first;
    private readonly SyntaxNode _second;
    private readonly SyntaxNode _around;

    private WritePair(SyntaxNode first, SyntaxNode second, SyntaxNode around)
    {
        _first = first;
        _second = second;
        _around = around;
    }

    /// <summary>One call executes both: a text of several statements, or a loop.</summary>
    public bool IsOneCall => _first == _second;

    /// <summary>Whoever comes to the second has executed the first.</summary>
    public bool IsFirstUnconditional => IsOneCall || _first.Ancestors().TakeWhile(node => node != _around).All(node => node is ExpressionSyntax or ArgumentSyntax or ArgumentListSyntax
        or EqualsValueClauseSyntax or VariableDeclaratorSyntax or VariableDeclarationSyntax or LocalDeclarationStatementSyntax or ExpressionStatementSyntax or UsingStatementSyntax or BlockSyntax);

    /// <summary>The first stands in a loop that the second comes after.</summary>
    public bool IsFirstRepeated => !IsOneCall && _first.Ancestors().TakeWhile(node => node != _around).Any(LoopRounds.IsLoop);

    /// <summary>They stand on different branches, or the second where the first has failed.</summary>
    public bool IsExclusive => _around switch
    {
        _ when Branches.Part(_first, _second, _around) => true,
        TryStatementSyntax attempt => attempt.Catches.Any(handler => handler.Span.Contains(_second.Span)),
        _ => AreOfOtherCases(_first, _second, _around),
    };

    /// <summary>Something but a database is waited for between them, or the second says how that went.</summary>
    public bool WaitsBetween => FromFirstToSecond()
        .Where(node => node.SpanStart >= _first.Span.End && node.Span.End <= _second.SpanStart && !node.Span.Contains(_second.Span))
        .Any(Waits)
        || IsOfOutcome(_first, _second, _around);

    /// <summary>Whether the second is executed depends on what is asked after the first.</summary>
    public bool IsSecondGuarded => _second.Ancestors().TakeWhile(node => node != _around.Parent).Any(node => node switch
    {
        IfStatementSyntax branch => !branch.Statement.Span.Contains(_first.Span) && branch.Else?.Span.Contains(_first.Span) != true && !branch.Condition.Span.Contains(_second.Span),
        ConditionalExpressionSyntax choice => !choice.Condition.Span.Contains(_second.Span),
        _ => false,
    }) || LeavesBetween();

    /// <summary>Whether the second is executed depends on the number of rows that the first has changed.</summary>
    public bool IsSecondGuardedByFirst
    {
        get
        {
            var variable = _first.Ancestors().TakeWhile(node => node != _around.Parent).OfType<VariableDeclaratorSyntax>().FirstOrDefault()?.Identifier.ValueText;
            return FromFirstToSecond().OfType<IfStatementSyntax>().Any(branch =>
                branch.SpanStart <= _second.SpanStart
                && (branch.Condition.Span.Contains(_first.Span)
                    || (branch.SpanStart >= _first.Span.End && branch.Condition.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == variable))));
        }
    }

    /// <summary>Null where they do not stand one after the other.</summary>
    public static WritePair? Of(SyntaxNode? first, SyntaxNode? second)
    {
        if (first is null || second is null || first.SyntaxTree != second.SyntaxTree || first.SpanStart > second.SpanStart)
        {
            return null;
        }

        var around = first.Ancestors().FirstOrDefault(node => node.Span.Contains(second.Span));
        return around is null ? null : new(first, second, around);
    }

    /// <summary>Each is executed where the same expression is another constant: <c>if (kind == Kind.A) …; if (kind == Kind.B) …</c>.</summary>
    private static bool AreOfOtherCases(SyntaxNode first, SyntaxNode second, SyntaxNode around) =>
        CasesOf(first, around).Any(one => CasesOf(second, around).Any(other =>
            one.Left.IsEquivalentTo(other.Left) && !one.Right.IsEquivalentTo(other.Right) && one.Right.RawKind == other.Right.RawKind && !IsWritten(one.Left, around)));

    /// <summary>The comparisons with something named or written out that have to be so for the node to be executed.</summary>
    private static IEnumerable<BinaryExpressionSyntax> CasesOf(SyntaxNode node, SyntaxNode around) =>
        from branch in node.Ancestors().TakeWhile(outer => outer != around).OfType<IfStatementSyntax>()
        where branch.Statement.Span.Contains(node.Span)
        from condition in branch.Condition.DescendantNodesAndSelf(inner => inner.IsKind(SyntaxKind.LogicalAndExpression) || inner is ParenthesizedExpressionSyntax).OfType<BinaryExpressionSyntax>()
        where condition.IsKind(SyntaxKind.EqualsExpression) && condition.Right is LiteralExpressionSyntax or MemberAccessExpressionSyntax
        select condition;

    private static bool IsWritten(ExpressionSyntax expression, SyntaxNode around) =>
        around.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(assignment => expression.DescendantNodesAndSelf().Any(part => part.IsEquivalentTo(assignment.Left)));

    /// <summary>The nodes that touch what stands from the first to the second, and not all of a long method for each of its pairs.</summary>
    private IEnumerable<SyntaxNode> FromFirstToSecond() =>
        _around.DescendantNodesAndSelf(TextSpan.FromBounds(_first.SpanStart, Math.Max(_first.Span.End, _second.SpanStart)));

    /// <summary>The second says how something went that stands in a try statement after the first: in its catch, or in its finally.</summary>
    private static bool IsOfOutcome(SyntaxNode first, SyntaxNode second, SyntaxNode around) => second.Ancestors().TakeWhile(node => node != around).Any(node =>
        node is CatchClauseSyntax or FinallyClauseSyntax && node.Parent is TryStatementSyntax attempt && attempt.SpanStart >= first.Span.End);

    /// <summary>An if between them leaves the method: <c>if (changed &gt; 0) return;</c>.</summary>
    private bool LeavesBetween() => FromFirstToSecond().OfType<IfStatementSyntax>().Any(branch =>
        branch != _around
        && branch.Statement.Span.End <= _second.SpanStart
        && branch.SpanStart >= _first.SpanStart - (branch.Condition.Span.Contains(_first.Span) ? branch.Span.Length : 0)
        && branch.Statement.DescendantNodesAndSelf().Any(node => node is ReturnStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax));

    private static bool Waits(SyntaxNode node) => node switch
    {
        AwaitExpressionSyntax { Expression: var awaited } => !IsDatabaseWork(awaited),
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var name } } when IsParameter(name, node) => true,
        InvocationExpressionSyntax { Expression: var called } => NameOf(called) is { } name && Array.IndexOf(s_waits, name) >= 0,
        _ => false,
    };

    /// <summary>What is called by the name of a parameter is a delegate, of which nobody knows here what it does, nor how long.</summary>
    private static bool IsParameter(string name, SyntaxNode node) => node.Ancestors()
        .Select(outer => (outer as BaseMethodDeclarationSyntax)?.ParameterList ?? (outer as LocalFunctionStatementSyntax)?.ParameterList ?? (outer as ParenthesizedLambdaExpressionSyntax)?.ParameterList)
        .Any(parameters => parameters?.Parameters.Any(parameter => parameter.Identifier.ValueText == name) == true);

    private static bool IsDatabaseWork(ExpressionSyntax awaited) =>
        awaited is InvocationExpressionSyntax { Expression: var called } && NameOf(called) is { } name && s_databaseWork.Any(work => name.StartsWith(work, StringComparison.Ordinal));

    private static string? NameOf(ExpressionSyntax called) => called switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Expression: InvocationExpressionSyntax { Expression: var inner } } => NameOf(inner),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } => name,
        MemberBindingExpressionSyntax { Name.Identifier.ValueText: var name } => name,
        SimpleNameSyntax { Identifier.ValueText: var name } => name,
        _ => null,
    };
}
