using Microsoft.CodeAnalysis;

namespace SqliteAnalyzers.Libraries;

/// <summary>The libraries of .NET itself, which do nothing to a connection but through the classes made for that.</summary>
internal static class Framework
{
    public static bool IsHarmless(IMethodSymbol method) =>
        method.ContainingAssembly?.Name is { } assembly
        && (assembly is "mscorlib" or "netstandard" or "System"
            || (assembly.StartsWith("System.", StringComparison.Ordinal) && !assembly.StartsWith("System.Data", StringComparison.Ordinal))
            || assembly.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
            || assembly.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
}
