using Microsoft.CodeAnalysis;
using SqliteAnalyzers.CodeFixes.Editing;

namespace SqliteAnalyzers.CodeFixes.Sqlite;

/// <summary>
/// What of Microsoft.Data.Sqlite and of the runtime library a compilation can call.
/// </summary>
internal sealed class RuntimeLibrary(Compilation compilation)
{
    public const string Namespace = "SqliteAnalyzers.Runtime";

    /// <summary>The class of the extension methods.</summary>
    public const string Extensions = "SqliteConnectionExtensions";

    /// <summary>The class of the extension methods for contexts of Entity Framework Core, in its own package and in Entity Framework Core's namespace.</summary>
    public const string DatabaseFacadeExtensions = "Microsoft.EntityFrameworkCore.SqliteAnalyzersDatabaseFacadeExtensions";

    private readonly INamedTypeSymbol? _connection = compilation.GetTypeByMetadataName("Microsoft.Data.Sqlite.SqliteConnection");

    /// <summary>Whether the helper variants compile in this project.</summary>
    public bool IsReferenced { get; } =
        compilation.GetTypeByMetadataName(Namespace + ".SqliteCheckpointMode") is { DeclaredAccessibility: Accessibility.Public };

    /// <summary>Whether the database of a context has a checkpoint.</summary>
    public bool ExtendsContexts { get; } = compilation.GetTypeByMetadataName(DatabaseFacadeExtensions) is { DeclaredAccessibility: Accessibility.Public };

    /// <summary>Whether the value is a Microsoft.Data.Sqlite connection, which the helpers extend.</summary>
    public bool IsSqliteConnection(NamedValue value) => _connection is not null && value.IsA(_connection);
}
