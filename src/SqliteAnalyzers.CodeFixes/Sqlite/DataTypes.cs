using System.Linq;
using Microsoft.CodeAnalysis;

namespace SqliteAnalyzers.CodeFixes.Sqlite;

/// <summary>What an object is by the interfaces of System.Data and of collections, whatever library it comes from.</summary>
internal static class DataTypes
{
    /// <param name="type">A type.</param>
    /// <param name="name">The name of the interface.</param>
    public static bool IsA(this ITypeSymbol type, string name) => type.Name == name || type.AllInterfaces.Any(implemented => implemented.Name == name);
}
