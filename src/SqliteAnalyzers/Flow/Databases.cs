using Microsoft.CodeAnalysis;

namespace SqliteAnalyzers.Flow;

/// <summary>
/// Tells which database a connection belongs to. If the project has one data source, all connections belong to it.
/// </summary>
internal sealed class Databases(FlowEngine engine)
{
    private static readonly DatabaseIdentity s_single = new("", DataSourceKind.Unknown);

    /// <summary>The database of a connection of which only the holder is known.</summary>
    public AbstractObject Of(AbstractObject connection) =>
        Of(new DatabaseIdentity(KeyOf(connection.Symbol), KindOf(connection.Symbol)));

    public AbstractObject Of(DatabaseIdentity identity) => new(
        ObjectKind.Database,
        Identity: !identity.IsMemory && engine.Project.HasOneDataSource ? s_single with { IsFile = identity.IsFile } : identity);

    public static string KeyOf(ISymbol? symbol) =>
        symbol is null ? "?" : $"{symbol.ContainingSymbol?.ToDisplayString()}/{symbol.Name}";

    /// <summary>Only an ordinary method's parameter is told by callers that can be found.</summary>
    public static DataSourceKind KindOf(ISymbol? symbol) =>
        symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol { IsOverride: false, MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method }
        && method.ExplicitInterfaceImplementations.IsEmpty
            ? DataSourceKind.Parameter
            : DataSourceKind.Unknown;
}
