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

    /// <remarks>A log that answers something is asked, too.</remarks>
    private static bool IsOfLog(IMethodSymbol method) =>
        (method.ReturnsVoid || method.ReturnType is INamedTypeSymbol { Name: "Task" or "ValueTask", IsGenericType: false })
        && (IsLogging(method.Name) || (method.ContainingType is { Name: var type } && (type.EndsWith("Log", StringComparison.Ordinal) || type.EndsWith("Logger", StringComparison.Ordinal))));

    /// <summary>Log and LogError, and not Login.</summary>
    private static bool IsLogging(string name) => name.StartsWith("Log", StringComparison.Ordinal) && (name.Length == "Log".Length || char.IsUpper(name["Log".Length]));
}
