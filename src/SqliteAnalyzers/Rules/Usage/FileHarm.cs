using System.Collections.Immutable;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Rules.Usage;

/// <summary>What a call for files does to a database that is open.</summary>
/// <param name="Effect">What it does to the file.</param>
/// <param name="What">What to do instead.</param>
/// <param name="Why">What comes of it otherwise.</param>
/// <param name="Connection">The name of a connection to the database that is open at the call; null where none is known.</param>
internal sealed record FileHarm(FileEffect Effect, string What, string Why, string? Connection)
{
    public static FileHarm Of(FileEffect effect, string? connection) => effect switch
    {
        FileEffect.Reads => new(effect, "Copy this database with BackupDatabase, not as a file", "what stands in the -wal file is missing, and closing the file drops the locks of the connections that this process keeps open on it", connection),
        FileEffect.Replaces => new(effect, "Restore into this database with BackupDatabase, not as a file", "connections that this process keeps open go on with the old file, what they commit is lost, and the new file is damaged", connection),
        FileEffect.Moves => new(effect, "Clear the pool before this database is moved", "connections that this process keeps open go on with the file under its new name", connection),
        _ => new(effect, "Clear the pool before this database is deleted", "connections that this process keeps open go on with the deleted file, and what they commit is lost", connection),
    };

    /// <summary>For the fix.</summary>
    public ImmutableDictionary<string, string?> Properties => ImmutableDictionary<string, string?>.Empty
        .Add(DiagnosticProperties.FileEffect, Effect.ToString())
        .AddRange(Connection is null ? [] : [new(DiagnosticProperties.Connection, Connection)]);
}
