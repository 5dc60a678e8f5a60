using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SqliteAnalyzers.Sql;

/// <summary>
/// Goes through all ways in which an expression can choose among texts, the last choice changing first. What is decided by the same
/// condition is decided alike.
/// </summary>
internal sealed class TextChoices
{
    private readonly List<(ExpressionSyntax Choice, int Taken, int Count)> _choices = [];
    private int _position;

    /// <summary>The expressions of which the value of this one is one; none for an expression that does not choose.</summary>
    public static IReadOnlyList<ExpressionSyntax> Of(ExpressionSyntax expression) => expression switch
    {
        ConditionalExpressionSyntax conditional => [conditional.WhenTrue, conditional.WhenFalse],
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce => [coalesce.Left, coalesce.Right],
        SwitchExpressionSyntax choice => [.. choice.Arms.Select(arm => arm.Expression)],
        _ => [],
    };

    /// <summary>Whether the value of an expression can be that of the one around it, which chooses.</summary>
    public static bool IsChosen(ExpressionSyntax expression) => expression.Parent switch
    {
        ExpressionSyntax outer => Of(outer).Contains(expression),
        SwitchExpressionArmSyntax arm => arm.Expression == expression,
        _ => false,
    };

    /// <summary>Which of so many is taken now; null where an earlier choice has something to do with it, but does not say which.</summary>
    public int? Next(ExpressionSyntax choice, int count)
    {
        if (_position == _choices.Count || _choices[_position].Choice != choice)
        {
            var made = _choices.Take(_position).ToArray();
            if (made.Where(earlier => AreDecidedAlike(earlier.Choice, choice)).Select(earlier => (int?)earlier.Taken).FirstOrDefault() is { } same)
            {
                return same;
            }

            if (made.Any(earlier => AreRelated(earlier.Choice, choice)))
            {
                return null;
            }

            _choices.Add((choice, 0, count));
        }

        return _choices[_position++].Taken;
    }

    /// <summary>Goes on to the next way; false if there is none.</summary>
    public bool MoveNext()
    {
        _position = 0;
        while (_choices.Count > 0)
        {
            var (choice, taken, count) = _choices[_choices.Count - 1];
            _choices.RemoveAt(_choices.Count - 1);
            if (taken + 1 < count)
            {
                _choices.Add((choice, taken + 1, count));
                return true;
            }
        }

        return false;
    }

    private static bool AreDecidedAlike(ExpressionSyntax first, ExpressionSyntax second) =>
        SyntaxFactory.AreEquivalent(DeciderOf(first), DeciderOf(second))
        && (first, second) switch
        {
            (SwitchExpressionSyntax one, SwitchExpressionSyntax two) => one.Arms.Count == two.Arms.Count && one.Arms.Zip(two.Arms, HaveTheSamePattern).All(same => same),
            _ => first.RawKind == second.RawKind,
        };

    private static bool HaveTheSamePattern(SwitchExpressionArmSyntax one, SwitchExpressionArmSyntax two) =>
        SyntaxFactory.AreEquivalent(one.Pattern, two.Pattern)
        && (one.WhenClause is { } when ? two.WhenClause is { } other && SyntaxFactory.AreEquivalent(when, other) : two.WhenClause is null);

    /// <summary>Whether the same names decide; a choice within the branch of another goes on from there.</summary>
    private static bool AreRelated(ExpressionSyntax made, ExpressionSyntax other) => !made.Contains(other) && Mentioned(made).Overlaps(Mentioned(other));

    /// <summary>The names of what decides.</summary>
    private static HashSet<string> Mentioned(ExpressionSyntax choice) =>
        [.. DeciderOf(choice).DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Select(name => name.Identifier.ValueText)];

    private static ExpressionSyntax DeciderOf(ExpressionSyntax choice) => choice switch
    {
        ConditionalExpressionSyntax conditional => conditional.Condition,
        BinaryExpressionSyntax coalesce => coalesce.Left,
        SwitchExpressionSyntax { GoverningExpression: var governing } => governing,
        _ => choice,
    };
}
