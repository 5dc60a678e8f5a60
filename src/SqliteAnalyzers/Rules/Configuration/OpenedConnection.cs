using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Configuration;

/// <summary>What the rules about configuring connections ask of one that is opened.</summary>
internal static class OpenedConnection
{
    private const ConnectionUse OtherThanWork =
        ConnectionUse.Checkpoints | ConnectionUse.ChecksIntegrity | ConnectionUse.Probes | ConnectionUse.Tidies;

    private const ConnectionUse Work = ConnectionUse.Reads | ConnectionUse.Writes | ConnectionUse.RunsUnknown;

    /// <summary>
    /// The databases that are opened to read and write, if these are files and the code that made the connection has been seen: one
    /// that nobody saw made may be set up where it was. To open one that is open does nothing.
    /// </summary>
    public static AbstractObject[] FilesOf(Opens opens, State before)
    {
        var connection = before[opens.Connection];
        var databases = before.DatabasesOf(opens.Connection).ToArray();
        return (opens.Connection is MadeObject || before.Get(opens.Connection, Slot.Database) is not null)
            && !connection.Must(Component.Access, Typestate.ReadOnly)
            && !connection.Must(Component.Opening, Typestate.Open)
            && !databases.Any(database => database is DatabaseObject { Source.IsMemory: true })
                ? databases
                : [];
    }

    /// <summary>The member that makes the connection, or the member that holds it.</summary>
    public static string? MakerOf(AbstractObject connection) => connection switch
    {
        MadeObject made => made.Maker.Key,
        EntryObject { Path.Member: { Kind: ObjectMemberKind.Field } member } => member.ToString(),
        _ => null,
    };

    /// <summary>It is in memory or may be, or may be opened to read only.</summary>
    public static bool MayNeedNothing(DatabaseIdentity database, ProjectFacts project) =>
        database.IsMemory || (database.Source != DataSourceKind.Constant && project.MentionsMemoryOrReadOnly && !database.IsFile);

    /// <summary>Whether a connection that is so used by a method works on the database, there or where it is held open; what code does that cannot be looked into is not known.</summary>
    public static bool IsForWork(ConnectionUse use) =>
        (use & (ConnectionUse.BacksUp | ConnectionUse.Escapes)) == 0
        && ((use & Work) != 0 || ((use & ConnectionUse.StaysOpen) != 0 && (use & OtherThanWork) == 0));
}
