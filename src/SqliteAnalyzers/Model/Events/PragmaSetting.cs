using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Model;

/// <summary>A pragma that is set.</summary>
/// <param name="Name">In lower case, or <see cref="Configures.AnyPragma"/>.</param>
/// <param name="Value">Null if it is not known.</param>
internal sealed record PragmaSetting(string Name, string? Value)
{
    /// <summary>What a script sets that is read from a file or a resource: any pragma, it may be. No proof that the database is in WAL mode.</summary>
    public static readonly PragmaSetting Script = new(Configures.AnyPragma, "");

    /// <summary>Whether it puts a database in WAL mode, or may.</summary>
    public bool MayBeWal =>
        Name is "journal_mode" or Configures.AnyPragma && (Value is null || Value.Equals("wal", StringComparison.OrdinalIgnoreCase));
}

/// <summary>A statement that sets a pragma on a database, or may.</summary>
/// <param name="Site">The code that executes it.</param>
/// <param name="Setting">Null if nothing is known of the statement.</param>
/// <param name="Database">Whose pragma, as the code that is looked at speaks of it.</param>
/// <param name="IsTextHandedIn">Whether a caller of the code that executes it may know the statement.</param>
internal sealed record PragmaExecution(Place Site, PragmaSetting? Setting, AbstractObject Database, bool IsTextHandedIn = false)
{
    /// <summary>What the event sets or may set, on each database that it may be about.</summary>
    public static IEnumerable<PragmaExecution> Of(ConnectionEvent e, State before)
    {
        var setting = e is Configures configures ? new PragmaSetting(configures.Pragma, configures.Value) : null;
        return (setting is null && e is not ExecutesUnknown) || IsInVain(e, before)
            ? []
            : DatabasesOf(e, before).Select(database => new PragmaExecution(
                e.At, setting, database, e is ExecutesUnknown { IsHandedIn: true } or Configures { IsNameHandedIn: true }));
    }

    /// <remarks>Of a database that is attached it is not known which it is.</remarks>
    private static IEnumerable<AbstractObject> DatabasesOf(ConnectionEvent e, State before) =>
        e is Configures { IsOfAttached: true } ? [new DatabaseObject(DataSource.At(e.At))] : before.DatabasesOf(e.Connection);

    /// <summary>
    /// Whether a pragma is set for nothing: inside a transaction, where SQLite refuses or ignores it (measured), or, if it belongs to
    /// the connection, on one that the very call opens and closes again.
    /// </summary>
    public static bool IsInVain(ConnectionEvent e, State before)
    {
        if (e is not Configures { Pragma: var pragma } || !PragmaCatalogue.TryGet(pragma, out var info))
        {
            return false;
        }

        var connection = before[e.Connection];
        return (info.IsHinderedByTransaction && connection.Must(Component.Transaction, Component.AnyTransaction))
            || (info.IsPerConnection && connection.EvidenceOf(Typestate.Open) is { What: Transitions.OpenedForCall } opened && opened.Anchor.Equals(e.At));
    }
}
