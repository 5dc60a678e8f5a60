using Microsoft.CodeAnalysis;

namespace SqliteAnalyzers.Libraries;

/// <summary>What only tells somebody of something: the console, a debugger, a log.</summary>
internal static class Reporting
{
    public static bool Only(IMethodSymbol method) => (method.ReducedFrom ?? method).ContainingType is { ContainingNamespace: { IsGlobalNamespace: false } space } type
        && (type.Name, space.ToDisplayString()) switch
        {
            ("Console", "System") => method.Name is "Write" or "WriteLine",
            ("Debug" or "Trace", "System.Diagnostics") => true,
            ("ILogger" or "LoggerExtensions", "Microsoft.Extensions.Logging") => true,
            ("ILogger" or "Log", "Serilog") or ("ILogger" or "Logger", "NLog") => true,
            _ => false,
        };
}
