using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Flow;

namespace SqliteAnalyzers.Libraries;

/// <summary>CliWrap: a command is a description until one of these runs it.</summary>
internal sealed class CliWrap(INamedTypeSymbol command) : Library
{
    public override IEnumerable<string> Names => ["Cli", "ExecuteBufferedAsync", "ListenAsync", "Observe"];

    public static CliWrap? For(Compilation compilation) =>
        compilation.GetTypeByMetadataName("CliWrap.Command") is { } command ? new(command) : null;

    public override bool Owns(IMethodSymbol method) => SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, command.ContainingAssembly);

    public override Value? Invoke(LibraryCall call)
    {
        if (!SymbolEqualityComparer.Default.Equals(call.Method.ContainingAssembly, command.ContainingAssembly))
        {
            return null;
        }

        if (call.Method.Name is "ExecuteAsync" or "ExecuteBufferedAsync" or "ListenAsync" or "Observe")
        {
            call.Machine.Raise(new StartsProcess(call.Operation));
        }

        return Value.Unknown;
    }
}
