using Microsoft.CodeAnalysis;

namespace SqliteAnalyzers.CodeFixes.Editing;

/// <summary>
/// An expression that a fix may write down again: a name or a constant.
/// </summary>
internal sealed record NamedValue(string Text, ITypeSymbol Type, ISymbol? Symbol)
{
    /// <summary>Whether the value's type is the one with this name, or derives from it.</summary>
    public bool IsA(INamedTypeSymbol? expected)
    {
        for (var type = Type; type is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type, expected))
            {
                return true;
            }
        }

        return false;
    }
}
