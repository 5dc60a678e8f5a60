using System.Globalization;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Libraries;

/// <summary>What sets how Microsoft.Data.Sqlite connects: where a connection string is taken, and which property stands for which keyword.</summary>
internal sealed class ConnectionSettingsApi
{
    private readonly INamedTypeSymbol _connection;
    private readonly INamedTypeSymbol _builder;
    private readonly INamedTypeSymbol? _command;
    private readonly Lazy<INamedTypeSymbol?> _plainConnection;
    private readonly INamedTypeSymbol?[] _entityFramework;
    private readonly INamedTypeSymbol?[] _linq2Db;
    private readonly bool _isOnlyContextProvider;

    private ConnectionSettingsApi(Compilation compilation, INamedTypeSymbol connection, INamedTypeSymbol builder)
    {
        (_connection, _builder) = (connection, builder);
        _command = connection.ContainingNamespace.GetTypeMembers("SqliteCommand").FirstOrDefault();
        _plainConnection = new(() => AdoNet.HasOtherProvider(compilation) ? null : compilation.GetTypeByMetadataName("System.Data.Common.DbConnection"));
        _entityFramework =
        [
            compilation.GetTypeByMetadataName(EntityFrameworkCore.SqliteProvider),
            compilation.GetTypeByMetadataName("Microsoft.Extensions.DependencyInjection.SqliteServiceCollectionExtensions"),
        ];

        // It may take the connection string for System.Data.SQLite where that is there.
        _linq2Db = SystemDataSqlite.Provider.ConnectionTypeIn(compilation) is not null ? []
            : [compilation.GetTypeByMetadataName(Linq2Db.OptionsExtensions), compilation.GetTypeByMetadataName(Linq2Db.Tools)];
        _isOnlyContextProvider = EntityFrameworkCore.IsOnlySqlite(compilation);
        Keywords = new(builder.GetMembers().OfType<IPropertySymbol>()
            .Where(property => property is { IsIndexer: false, SetMethod: not null, IsOverride: false, DeclaredAccessibility: Accessibility.Public })
            .Select(property => property.Name));
    }

    /// <summary>Those of the referenced version.</summary>
    public SqliteKeywords Keywords { get; }

    /// <summary>Null where the compilation does not reference Microsoft.Data.Sqlite.</summary>
    public static ConnectionSettingsApi? For(Compilation compilation) =>
        MicrosoftDataSqlite.Provider.ConnectionTypeIn(compilation) is { } connection
            && connection.ContainingNamespace.GetTypeMembers("SqliteConnectionStringBuilder").FirstOrDefault() is { } builder
                ? new(compilation, connection, builder)
                : null;

    /// <summary>Whether the argument of a parameter is taken as a connection string.</summary>
    public bool Takes(IParameterSymbol parameter) =>
        parameter is { Name: "connectionString", Type.SpecialType: SpecialType.System_String, ContainingSymbol: IMethodSymbol { ContainingType: { } type } method }
        && (Array.Exists(_entityFramework, known => SymbolEqualityComparer.Default.Equals(known, type))
            || (method.Name is "UseSQLite" or "CreateDataConnection" && Array.Exists(_linq2Db, known => SymbolEqualityComparer.Default.Equals(known, type)))
            || (method.MethodKind == MethodKind.Constructor && (Is(type, _connection) || Is(type, _builder) || IsRuntime(type))));

    /// <summary>Whether what is assigned to a property is taken as a connection string.</summary>
    /// <param name="property">The property.</param>
    /// <param name="receiver">The type of the expression that it is a property of.</param>
    public bool Takes(IPropertySymbol property, ITypeSymbol? receiver) =>
        property.Name == "ConnectionString" && (IsConnection(receiver) || IsBuilder(receiver));

    /// <summary>
    /// Whether a call sets how long commands of SQLite wait: of Dapper on its connection, or where there is no other provider; of Entity
    /// Framework Core where it has no other.
    /// </summary>
    /// <param name="method">The method.</param>
    /// <param name="receiver">The type of what it is called on.</param>
    public bool IsTimeoutOf(IMethodSymbol method, ITypeSymbol? receiver) => method.ContainingType switch
    {
        { Name: "SqlMapper", ContainingNamespace.Name: "Dapper" } => receiver?.IsOrDerivesFrom(_connection) == true,
        { Name: "CommandDefinition", ContainingNamespace.Name: "Dapper" } => _plainConnection.Value is not null,
        { Name: "RelationalDatabaseFacadeExtensions" } => _isOnlyContextProvider,
        _ => method.Name == "CommandTimeout" && receiver is { Name: "SqliteDbContextOptionsBuilder" },
    };

    public bool IsBuilder(ITypeSymbol? type) => type is not null && type.IsOrDerivesFrom(_builder);

    /// <summary>The keyword that a property of a builder, a connection or a command sets; null where it sets none.</summary>
    /// <param name="property">The property.</param>
    /// <param name="receiver">The type of the expression that it is a property of.</param>
    public string? KeywordOf(IPropertySymbol property, ITypeSymbol? receiver) => property.Name switch
    {
        _ when property.IsIndexer => null,
        "DefaultTimeout" when receiver?.IsOrDerivesFrom(_connection) == true => SqliteKeywords.DefaultTimeout,
        "CommandTimeout" when receiver?.IsOrDerivesFrom(_command) == true => SqliteKeywords.DefaultTimeout,
        _ when IsBuilder(receiver) => Keywords.NameOf(SqliteKeywords.KeywordOf(property.Name)),
        _ => null,
    };

    /// <summary>A constant that a property is set to, as a connection string would write it; null where it is not constant.</summary>
    public static string? TextOf(Optional<object?> constant, ITypeSymbol? type) =>
        !constant.HasValue || constant.Value is null ? null
        : type is INamedTypeSymbol { TypeKind: TypeKind.Enum }
            ? type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => Equals(field.ConstantValue, constant.Value))?.Name
        : Convert.ToString(constant.Value, CultureInfo.InvariantCulture);

    private bool IsConnection(ITypeSymbol? type) =>
        type is not null && (type.IsOrDerivesFrom(_connection) || (type.Name == "DbConnection" && SymbolEqualityComparer.Default.Equals(type, _plainConnection.Value)));

    private static bool Is(INamedTypeSymbol type, INamedTypeSymbol known) => SymbolEqualityComparer.Default.Equals(type, known);

    private static bool IsRuntime(INamedTypeSymbol type) =>
        type is { Name: "ConfiguredSqliteDataSource" or "SqliteSingleWriter", ContainingAssembly.Name: "SqliteAnalyzers.Runtime" };
}
