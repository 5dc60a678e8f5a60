using Microsoft.CodeAnalysis;

namespace SqliteAnalyzers.Libraries;

/// <summary>Questions about types that libraries share.</summary>
internal static class TypeSymbols
{
    /// <summary>The type, and those it derives from.</summary>
    public static IEnumerable<ITypeSymbol> BasesOf(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            yield return type;
        }
    }

    public static bool IsOrDerivesFrom(this ITypeSymbol type, INamedTypeSymbol? wanted)
    {
        for (ITypeSymbol? current = type; current is not null && wanted is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, wanted))
            {
                return true;
            }
        }

        return false;
    }
}
