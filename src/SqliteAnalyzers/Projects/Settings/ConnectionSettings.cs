using System.Collections.Immutable;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Projects;

/// <summary>What a database is, as far as its connection's settings say.</summary>
internal enum DatabaseKind
{
    /// <summary>A file: also where its path comes from data.</summary>
    File,

    /// <summary>Now a file, now in memory.</summary>
    FileOrMemory,

    /// <summary>In memory, or a temporary one.</summary>
    Memory,
}

/// <summary>The settings that one connection string writes, or one expression sets.</summary>
/// <param name="settings">In the order in which they are written.</param>
/// <param name="keywords">Those that the referenced version knows.</param>
/// <param name="database">What they connect to; asked only where a rule has something to say.</param>
/// <param name="reachSqlite">Whether it is certain that Microsoft.Data.Sqlite takes them; asked the same.</param>
internal sealed class ConnectionSettings(
    ImmutableArray<ConnectionSetting> settings, SqliteKeywords keywords, Func<DatabaseKind> database, Func<bool> reachSqlite)
{
    private readonly Lazy<DatabaseKind> _database = new(database);
    private readonly Lazy<bool> _reachSqlite = new(reachSqlite);

    public ImmutableArray<ConnectionSetting> Settings => settings;

    public SqliteKeywords Keywords => keywords;

    public DatabaseKind Database => _database.Value;

    /// <summary>Whether code outside of the project gets them, by a member that by its name hands out connection strings.</summary>
    public Func<bool> AreHandedOut { get; init; } = () => false;

    /// <summary>Whether the builder that is given them is then given another value for a keyword, or told to forget it.</summary>
    public Func<string, bool> IsTakenBack { get; init; } = _ => false;

    public bool ReachSqlite => _reachSqlite.Value;
}
