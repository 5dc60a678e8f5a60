using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SqliteAnalyzers.Libraries;

/// <summary>What only tells somebody of something: the console, a debugger, a log, also one of the program's own.</summary>
internal static class Reporting
{
    /// <summary>WriteLog, LogManager and ILogger, and neither Catalog nor Login or LogIn.</summary>
    private static readonly Regex s_isLog = new("(^l|L)og(ger|ging)?(?![a-z])(?!(In|Out|On|Off)(?![a-z]))", RegexOptions.CultureInvariant);

    public static bool Only(IInvocationOperation call) => IsOfLog(call) || ((call.TargetMethod.ReducedFrom ?? call.TargetMethod).ContainingType is { ContainingNamespace: { IsGlobalNamespace: false } space } type
        && (type.Name, space.ToDisplayString()) switch
        {
            ("Console", "System") => call.TargetMethod.Name is "Write" or "WriteLine",
            ("Debug" or "Trace", "System.Diagnostics") => true,
            ("ILogger" or "LoggerExtensions", "Microsoft.Extensions.Logging") => true,
            ("ILogger" or "Log", "Serilog") or ("ILogger" or "Logger", "NLog") => true,
            _ => false,
        });

    /// <remarks>A log whose answer is used is asked, too.</remarks>
    private static bool IsOfLog(IInvocationOperation call) =>
        (call.Parent is IExpressionStatementOperation || call.TargetMethod.ReturnsVoid || call.TargetMethod.ReturnType is INamedTypeSymbol { Name: "Task" or "ValueTask", IsGenericType: false })
        && (s_isLog.IsMatch(call.TargetMethod.Name) || s_isLog.IsMatch(call.TargetMethod.ContainingType.Name));
}
