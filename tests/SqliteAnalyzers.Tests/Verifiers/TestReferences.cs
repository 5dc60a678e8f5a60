using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;

namespace SqliteAnalyzers.Tests.Verifiers;

/// <summary>
/// The references that code under test is compiled with, all from restored packages and the test's own output.
/// </summary>
internal static class TestReferences
{
    /// <summary>.NET alone: no SQLite library in sight.</summary>
    public static ImmutableArray<MetadataReference> Net { get; } = [.. Net100.References.All];

    /// <summary>.NET, Microsoft.Data.Sqlite, and the libraries that start processes or run SQL; not our runtime library.</summary>
    public static ImmutableArray<MetadataReference> WithoutRuntime { get; } =
    [
        .. Net,
        Of(typeof(Microsoft.Data.Sqlite.SqliteConnection)),
        Of(typeof(SQLitePCL.raw)),
        Of(typeof(Dapper.SqlMapper)),
        Of(typeof(CliWrap.Cli)),
        Of(typeof(Medallion.Shell.Shell)),
    ];

    /// <summary>What a project that installed our package has.</summary>
    public static ImmutableArray<MetadataReference> All { get; } =
    [
        .. WithoutRuntime,
        MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, "SqliteAnalyzers.Runtime.dll")),
    ];

    /// <summary>And Entity Framework Core.</summary>
    public static ImmutableArray<MetadataReference> WithEntityFramework { get; } =
    [
        .. All,
        Of(typeof(Microsoft.EntityFrameworkCore.DbContext)),
        Of(typeof(Microsoft.EntityFrameworkCore.DeleteBehavior)),
        Of(typeof(Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions)),
        Of(typeof(Microsoft.EntityFrameworkCore.SqliteDbContextOptionsBuilderExtensions)),
    ];

    /// <summary>What a project has that installed our package and uses System.Data.SQLite too.</summary>
    public static ImmutableArray<MetadataReference> WithSystemDataSqlite { get; } = [.. All, Of(typeof(System.Data.SQLite.SQLiteConnection))];

    /// <summary>A project that uses System.Data.SQLite alone.</summary>
    public static ImmutableArray<MetadataReference> OnlySystemDataSqlite { get; } =
        [.. Net, Of(typeof(System.Data.SQLite.SQLiteConnection)), Of(typeof(Dapper.SqlMapper))];

    /// <summary>What a project has that installed our package and uses linq2db.</summary>
    public static ImmutableArray<MetadataReference> WithLinq2Db { get; } = [.. All, Of(typeof(LinqToDB.Data.DataConnection))];

    private static PortableExecutableReference Of(Type type) => MetadataReference.CreateFromFile(type.Assembly.Location);
}
