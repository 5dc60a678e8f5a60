using Microsoft.CodeAnalysis;

namespace SqliteAnalyzers.Rules;

/// <summary>
/// Every rule's id, title, message, severity and description: the one table of the package.
/// </summary>
/// <remarks>
/// <see cref="DiagnosticSeverity.Warning"/> where the finding is certain enough that a build should show it and the harm is real,
/// <see cref="DiagnosticSeverity.Info"/> where it is advice, off by default where it would speak on much correct code.
/// An id is never used again for another rule.
/// </remarks>
internal static class Descriptors
{
    private const string Processes = "SqliteProcesses";
    private const string Checkpoints = "SqliteCheckpoints";
    private const string Configuration = "SqliteConfiguration";

    /// <summary>1: handing a database to another process.</summary>
    public static readonly DiagnosticDescriptor ProcessStartedWithoutCheckpoint = Create(
        "SQLITE1001", Processes, DiagnosticSeverity.Warning,
        title: "Process started after a write that was not checkpointed",
        message: "A process is started after {0} with no completed checkpoint in between: what it reads from a copy of the database file, or with immutable=1, lacks these rows",
        description: "Committed rows stand in the -wal file until a FULL, RESTART or TRUNCATE checkpoint completes. A process that opens the database in place sees them; one that gets a copy of the .db file, or opens it with immutable=1, does not.");

    public static readonly DiagnosticDescriptor ProcessStartedWithOpenTransaction = Create(
        "SQLITE1002", Processes, DiagnosticSeverity.Warning,
        title: "Process started while a transaction that has written is open",
        message: "A process is started while the transaction with {0} is not committed: it does not see these rows, and its own writes wait or fail",
        description: "No other connection sees the rows of an open transaction, and a write transaction keeps every other writer out until it ends.");

    /// <summary>2: checkpoints.</summary>
    public static readonly DiagnosticDescriptor CheckpointBeforeCommit = Create(
        "SQLITE2001", Checkpoints, DiagnosticSeverity.Warning,
        title: "Checkpoint while the connection's own transaction or reader is open",
        message: "The checkpoint runs while {0} on the same connection: it fails with 'database table is locked', {1}",
        description: "SQLite refuses a checkpoint on a connection that has a transaction open or a query half read, and Microsoft.Data.Sqlite retries it for the whole command timeout although no retry can help.");

    public static readonly DiagnosticDescriptor CheckpointResultIgnored = Create(
        "SQLITE2002", Checkpoints, DiagnosticSeverity.Warning,
        title: "The busy answer of a checkpoint is not read",
        message: "PRAGMA wal_checkpoint reports a blocked checkpoint in its first column and not by an exception: nobody reads it here",
        description: "A checkpoint that another connection blocks returns a row with busy = 1 and no error. Run through ExecuteNonQuery, or with the row not read, the answer is lost.");

    public static readonly DiagnosticDescriptor UnknownCheckpointMode = Create(
        "SQLITE2003", Checkpoints, DiagnosticSeverity.Warning,
        title: "Unknown checkpoint mode",
        message: "'{0}' is not a checkpoint mode: SQLite runs a PASSIVE checkpoint instead, without an error",
        description: "The modes are PASSIVE, FULL, RESTART, TRUNCATE and, from SQLite 3.51 on, NOOP. SQLite takes any other word as PASSIVE.");

    /// <summary>3: configuring connections.</summary>
    public static readonly DiagnosticDescriptor ConnectionNotConfigured = Create(
        "SQLITE3001", Configuration, DiagnosticSeverity.Warning,
        title: "Connection to a database that is not put in WAL mode",
        message: "Set {0} on this connection: nothing in this project sets {1} for its database",
        description: "A new database is in journal_mode delete: readers and writers block each other, and each commit waits for the disk.");

    private static DiagnosticDescriptor Create(
        string id,
        string category,
        DiagnosticSeverity severity,
        string title,
        string message,
        string description,
        bool enabled = true,
        params string[] customTags) =>
        new(id, title, message, category, severity, enabled, description, HelpLinks.For(id), customTags);
}
