using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Libraries;

/// <summary>
/// sqlite-net: the package, or its one source file among those of the project. Its connections are not followed; the SQL that a
/// program hands to it is read.
/// </summary>
internal static class SqliteNet
{
    private const string Connection = "SQLite.SQLiteConnection";

    /// <summary>Null if the compilation does not have it.</summary>
    public static IAssemblySymbol? AssemblyIn(Compilation compilation) =>
        compilation.GetTypeByMetadataName(Connection) is { } connection && IsConnection(connection) ? connection.ContainingAssembly : null;

    public static void Describe(LibraryTable table)
    {
        if (table.Find(Connection) is { } connection && IsConnection(connection))
        {
            table.Mention(connection.Name, Words.Sqlite);
            table.Mention("SQLiteAsyncConnection", Words.Sqlite);
        }
    }

    private static bool IsConnection(INamedTypeSymbol type) => type.GetMembers("RunInTransaction").Length > 0;
}
