using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.CodeFixes.Editing;

namespace SqliteAnalyzers.CodeFixes.Sqlite;

/// <summary>
/// A connection as one of Microsoft.Data.Sqlite, which the helpers extend: with a cast where it is known to be one, and its type does not say so.
/// </summary>
internal static class ConnectionText
{
    /// <summary>The text, or null where it is not known whose connection it is.</summary>
    public static string? Of(FixContext context, NamedValue connection, int position, DocumentEdit edit)
    {
        if (context.Runtime.IsSqliteConnection(connection))
        {
            return connection.Text;
        }

        return connection.Symbol is { } symbol && IsMadeAsSqlite(context, symbol)
            ? $"(({context.Spell("Microsoft.Data.Sqlite", "SqliteConnection", position, edit)}){connection.Text})"
            : null;
    }

    /// <summary>Whether it is a variable or a private field in which there is never anything but such a connection.</summary>
    private static bool IsMadeAsSqlite(FixContext context, ISymbol symbol)
    {
        if (symbol is not (ILocalSymbol or IFieldSymbol { DeclaredAccessibility: Accessibility.Private }) || symbol.DeclaringSyntaxReferences is not [var reference]
            || reference.GetSyntax(context.CancellationToken) is not VariableDeclaratorSyntax declarator || declarator.SyntaxTree != context.Root.SyntaxTree
            || symbol is IFieldSymbol { ContainingType.DeclaringSyntaxReferences.Length: > 1 })
        {
            return false;
        }

        var uses = Names.UsesOf(context, symbol, context.Root).ToList();
        var assigned = uses.Select(use => use.Parent).OfType<AssignmentExpressionSyntax>().Where(assignment => uses.Contains(assignment.Left)).Select(assignment => assignment.Right).ToList();
        if (declarator.Initializer is { Value: var initial })
        {
            assigned.Add(initial);
        }

        return assigned.Exists(value => !value.IsKind(SyntaxKind.NullLiteralExpression))
            && assigned.TrueForAll(value => value.IsKind(SyntaxKind.NullLiteralExpression) || IsCreation(context, value))
            && !uses.Exists(use => use.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None } or RefExpressionSyntax);
    }

    private static bool IsCreation(FixContext context, ExpressionSyntax value) =>
        value is BaseObjectCreationExpressionSyntax
        && context.Model.GetTypeInfo(value, context.CancellationToken).Type is { } type
        && context.Runtime.IsSqliteConnection(new NamedValue("", type, Symbol: null));
}
