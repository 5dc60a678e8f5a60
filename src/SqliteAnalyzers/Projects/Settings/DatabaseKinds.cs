using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Projects;

/// <summary>Tells a file from a database in memory by what the code says of it. A path that comes from data is one of a file, unless the mode comes from data too.</summary>
internal static class DatabaseKinds
{
    /// <param name="dataSources">The data sources that are possible, null for one that is not known; none at all where none is given.</param>
    /// <param name="modes">The modes that are possible, the same.</param>
    /// <param name="strings">The connection strings that all of it is added to, the same.</param>
    public static DatabaseKind Of(IReadOnlyCollection<string?> dataSources, IReadOnlyCollection<string?> modes, IReadOnlyCollection<string?> strings)
    {
        // What comes from data is not known to be a file, once the code lets data say that it is none.
        if (modes.Contains(null))
        {
            return DatabaseKind.Memory;
        }

        // A data source of its own takes the place of the one in a connection string.
        var sources = dataSources.Count > 0 ? dataSources.Select(IsMemoryName) : strings.Select(IsMemory);
        var answers = new HashSet<bool>(sources);
        if (modes.Any(IsMemoryMode))
        {
            answers = modes.All(IsMemoryMode) ? [true] : [.. answers, true, false];
        }

        return answers.Count == 0 || !answers.Contains(false) ? DatabaseKind.Memory
            : answers.Contains(true) ? DatabaseKind.FileOrMemory
            : DatabaseKind.File;
    }

    /// <summary>Of a connection string by itself.</summary>
    /// <param name="settings">The connection string.</param>
    /// <param name="pairs">What it consists of.</param>
    /// <param name="textsOf">What an unknown part may be, by where it stands.</param>
    public static DatabaseKind Of(ConnectionStringSettings settings, ImmutableArray<ConnectionStringPair> pairs, Func<ConnectionStringPair, IEnumerable<string?>> textsOf) => Of(
        ValuesOf(settings.Find(SqliteKeywords.DataSource), textsOf),
        ValuesOf(settings.Find(SqliteKeywords.Mode), textsOf),
        [.. pairs.Where(pair => pair.Keyword is null).SelectMany(textsOf)]);

    private static string?[] ValuesOf(ConnectionStringPair? pair, Func<ConnectionStringPair, IEnumerable<string?>> textsOf) =>
        pair is null ? []
        : pair.Value!.Length > 0 && pair.Value.All(character => character == Sql.SqlSource.Hole) ? [.. textsOf(pair)]
        : [pair.Value];

    private static bool IsMemoryName(string? dataSource) => dataSource is not null && ConnectionStringText.From(dataSource, mode: null, Typestate.None).IsMemory;

    private static bool IsMemory(string? connectionString) => connectionString is not null && ConnectionStringText.Parse(connectionString) is { IsMemory: true };

    private static bool IsMemoryMode(string? mode) => string.Equals(mode, "Memory", StringComparison.OrdinalIgnoreCase);
}
