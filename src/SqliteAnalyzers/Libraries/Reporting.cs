using Microsoft.CodeAnalysis;

namespace SqliteAnalyzers.Libraries;

/// <summary>What only tells somebody of something: the console, a debugger, a log, also one of the program's own.</summary>
internal static class Reporting
{
    public static bool Only(IMethodSymbol method) => IsOfLog(method) || ((method.ReducedFrom ?? method).ContainingType is { ContainingNamespace: { IsGlobalNamespace: false } space } type
        && (type.Name, space.ToDisplayString()) switch
        {
            ("Console", "System") => method.Name is "Write" or "WriteLine",
            ("Debug" or "Trace", "System.Diagnostics") => true,
            ("ILogger" or "LoggerExtensions", "Microsoft.Extensions.Logging") => true,
            ("ILogger" or "Log", "Serilog") or ("ILogger" or "Logger", "NLog") => true,
            _ => false,
        });

    private static bool IsOfLog(IMethodSymbol method) => method.ReturnsVoid
        && (method.Name.StartsWith("Log", StringComparison.Ordinal)
            || method.ContainingType is { Name: var type } && (type.EndsWith("Log", StringComparison.Ordinal) || type.EndsWith("Logger", StringComparison.Ordinal)));
}
