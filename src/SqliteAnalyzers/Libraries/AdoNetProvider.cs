using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Libraries;

/// <summary>In what one ADO.NET provider for SQLite differs from another.</summary>
/// <param name="Namespace">Where its types are, and the name of its assembly.</param>
/// <param name="Prefix">What the names of its types begin with.</param>
/// <param name="IsPooled">Whether a closed connection is kept for the next that opens, unless its connection string says otherwise.</param>
/// <param name="EnlistsEveryCommand">Whether every command runs in the pending transaction, and not only one that the connection made or that was told.</param>
/// <param name="ClosesReaderWithCommand">Whether disposing of a command closes the reader that it has opened.</param>
/// <param name="Deferred">The isolation level whose transactions begin with BEGIN, and not with BEGIN IMMEDIATE.</param>
internal sealed record AdoNetProvider(string Namespace, string Prefix, bool IsPooled, bool EnlistsEveryCommand, bool ClosesReaderWithCommand, System.Data.IsolationLevel Deferred)
{
    public string ConnectionType => $"{Namespace}.{Prefix}Connection";

    /// <summary>Null where the compilation does not reference the provider.</summary>
    public INamedTypeSymbol? ConnectionTypeIn(Compilation compilation) =>
        compilation.GetTypeByMetadataName(ConnectionType) is { } connection && connection.ContainingAssembly.Identity.Name == Namespace ? connection : null;

    public INamedTypeSymbol? Find(LibraryTable table, string type) => table.Find($"{Namespace}.{Prefix}{type}");

    /// <summary>Says which database a connection is to, and how it is opened, by its connection string.</summary>
    public void SetConnectionString(IEffects effects, AbstractObject connection, Value value) =>
        Connections.SetConnectionString(effects, connection, value, IsPooled);
}
