using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Flow;

namespace SqliteAnalyzers.Libraries;

/// <summary>
/// Calls of the base class library that pass a value on or run a delegate now: what they are given is followed through them.
/// </summary>
internal sealed class RunNow(Compilation compilation) : Library
{
    private static readonly HashSet<string> s_passOn = new(StringComparer.Ordinal)
    {
        "ConfigureAwait", "AsTask", "GetAwaiter", "GetResult", "FromResult", "WaitAsync", "GetEnumerator", "GetAsyncEnumerator", "ToString", "Trim",
    };

    private static readonly HashSet<string> s_runNow = new(StringComparer.Ordinal) { "Run", "StartNew", "Invoke", "ForEach", "For", "Execute", "ExecuteAsync" };

    private readonly INamedTypeSymbol? _list = compilation.GetTypeByMetadataName("System.Collections.Generic.List`1");

    public override IEnumerable<string> Names => [];

    public override bool Owns(IMethodSymbol method) => false;

    public override Value? Invoke(LibraryCall call)
    {
        var method = call.Method;
        if (SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, compilation.Assembly))
        {
            return null;
        }

        if (s_passOn.Contains(method.Name))
        {
            return call.Instance ?? (call.Arguments.Count > 0 ? call.Arguments[0] : null);
        }

        if (method.Name == "WhenAll" || method.Name == "WaitAll" || method.Name == "Wait")
        {
            return Value.Unknown;
        }

        return IsRunNow(method) ? Run(call) : null;
    }

    public override Value? GetProperty(Microsoft.CodeAnalysis.Operations.IPropertyReferenceOperation reference, Value? instance, Interpreter machine) =>
        reference.Property is { Name: "Result", ContainingType.Name: "Task" or "ValueTask" } ? instance : null;

    private bool IsRunNow(IMethodSymbol method) =>
        s_runNow.Contains(method.Name)
        && (method.ContainingType is { Name: "Task" or "TaskFactory" or "Parallel" }
            || (method.Name == "ForEach" && (method.ContainingType.OriginalDefinition.IsOrDerivesFrom(_list) || method.ContainingType.Name == "Array"))
            || IsRetryPolicy(method.ContainingType));

    private static bool IsRetryPolicy(INamedTypeSymbol type) =>
        type.ContainingNamespace?.ToDisplayString() is { } name && (name == "Polly" || name.StartsWith("Polly.", StringComparison.Ordinal));

    /// <summary>A delegate that runs in a loop, or maybe not at all, leaves either the state before it or that after it.</summary>
    private static Value Run(LibraryCall call)
    {
        var result = Value.Unknown;
        for (var i = 0; i < call.Arguments.Count; i++)
        {
            if (call.Arguments[i].Atoms.Any(atom => atom is Closure or MethodGroup))
            {
                var runsOnce = call.Method.ContainingType.Name is "Task" or "TaskFactory";
                var before = call.Machine.State;
                var returned = call.Machine.InvokeDelegate(call.Arguments[i], [], call.Operation);
                result = runsOnce ? returned : Value.Unknown;
                call.Machine.State = runsOnce || call.Method.ContainingType.Name != "Parallel" ? call.Machine.State : before.Join(call.Machine.State);
            }
            else
            {
                call.Machine.Escape(call.Arguments[i]);
            }
        }

        return result;
    }
}
