using Microsoft.CodeAnalysis;

namespace SqliteAnalyzers.Flow;

/// <summary>A statement that sets a pragma on a database, or may.</summary>
/// <param name="Site">The code that executes it.</param>
/// <param name="Setting">Null if nothing is known of the statement.</param>
/// <param name="Database">Whose pragma.</param>
internal sealed record PragmaExecution(SyntaxNode Site, PragmaSetting? Setting, DatabaseIdentity Database)
{
    /// <summary>What the event sets or may set, on each database that it may be about.</summary>
    public static IEnumerable<PragmaExecution> Of(ConnectionEvent e, State before)
    {
        var setting = e is Configures configures ? new PragmaSetting(configures.Pragma, configures.Value) : null;
        return setting is null && e is not ExecutesUnknown
            ? []
            : before.Linked(e.Connection, Slot.Database, ObjectKind.Database)
                .Select(database => new PragmaExecution(e.Operation.Syntax, setting, database.Identity!));
    }
}
