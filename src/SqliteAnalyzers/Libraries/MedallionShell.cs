using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Flow;

namespace SqliteAnalyzers.Libraries;

/// <summary>MedallionShell: Command.Run and Shell.Run start the process at once.</summary>
internal sealed class MedallionShell(INamedTypeSymbol command, INamedTypeSymbol? shell) : Library
{
    public override IEnumerable<string> Names => ["Command", "Shell"];

    public static MedallionShell? For(Compilation compilation) =>
        compilation.GetTypeByMetadataName("Medallion.Shell.Command") is { } command
            ? new(command, compilation.GetTypeByMetadataName("Medallion.Shell.Shell"))
            : null;

    public override bool Owns(IMethodSymbol method) => method.Name == "Run" && (method.IsMemberOf(command) || method.IsMemberOf(shell));

    public override Value? Invoke(LibraryCall call)
    {
        if (call.Method.Name != "Run" || !(call.Method.IsMemberOf(command) || call.Method.IsMemberOf(shell)))
        {
            return null;
        }

        call.Machine.Raise(new StartsProcess(call.Operation));
        return Value.Unknown;
    }
}
