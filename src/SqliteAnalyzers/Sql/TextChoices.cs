using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SqliteAnalyzers.Sql;

/// <summary>Goes through all ways in which an expression can choose among texts, the last choice changing first.</summary>
internal sealed class TextChoices
{
    private readonly List<(int Taken, int Count)> _choices = [];
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

    /// <summary>Which of so many is taken now.</summary>
    public int Next(int count)
    {
        if (_position == _choices.Count)
        {
            _choices.Add((0, count));
        }

        return _choices[_position++].Taken;
    }

    /// <summary>Goes on to the next way; false if there is none.</summary>
    public bool MoveNext()
    {
        _position = 0;
        while (_choices.Count > 0)
        {
            var (taken, count) = _choices[_choices.Count - 1];
            _choices.RemoveAt(_choices.Count - 1);
            if (taken + 1 < count)
            {
                _choices.Add((taken + 1, count));
                return true;
            }
        }

        return false;
    }
}
