using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.Proofs;

/// <summary>
/// The table of all proofs.
/// </summary>
internal static class Proofs
{
    public static IReadOnlyList<Proof> All { get; } =
    [
        new(
            Descriptors.ProcessStartedWithoutCheckpoint,
            "Processes",
            nameof(Descriptors.ProcessStartedWithoutCheckpoint),
            Fails: "no such table: orders",
            Works: "The worker sees 3 of 3 orders."),
        new(
            Descriptors.ProcessStartedWithOpenTransaction,
            "Processes",
            nameof(Descriptors.ProcessStartedWithOpenTransaction),
            Fails: "The worker sees 0 of 3 orders.",
            Works: "The worker sees 3 of 3 orders."),
        new(
            Descriptors.CheckpointAfterProcessStart,
            "Processes",
            nameof(Descriptors.CheckpointAfterProcessStart),
            Fails: "no such table: orders",
            Works: "The worker sees 3 of 3 orders.")
        {
            Fixes = [("Plain", "Good.cs")],
        },
        new(
            Descriptors.CheckpointBeforeCommit,
            "Checkpoints",
            nameof(Descriptors.CheckpointBeforeCommit),
            Fails: "SQLite Error 6: 'database table is locked'",
            Works: "The -wal file is empty."),
        new(
            Descriptors.CheckpointResultIgnored,
            "Checkpoints",
            nameof(Descriptors.CheckpointResultIgnored),
            Fails: "Checkpoint done. The -wal file is not empty.",
            Works: "The TRUNCATE checkpoint could not be completed within 2000 ms.")
        {
            WorksPlain = "The checkpoint was blocked by another connection.",
        },
        new(
            Descriptors.UnknownCheckpointMode,
            "Checkpoints",
            nameof(Descriptors.UnknownCheckpointMode),
            Fails: "The -wal file is not empty.",
            Works: "The -wal file is empty.")
        {
            Fixes = [("Plain", "Good.cs")],
        },
        new(
            Descriptors.ConnectionNotConfigured,
            "Configuration",
            nameof(Descriptors.ConnectionNotConfigured),
            Fails: "SQLite Error 5: 'database is locked'",
            Works: "The fourth order is stored while the report is read."),
        new(
            Descriptors.UnknownPragma,
            "Configuration",
            nameof(Descriptors.UnknownPragma),
            Fails: "The journal mode is delete.",
            Works: "The journal mode is wal.")
        {
            Fixes = [("Plain", "Good.cs")],
        },
        new(
            Descriptors.InvalidPragmaValue,
            "Configuration",
            nameof(Descriptors.InvalidPragmaValue),
            Fails: "The journal mode is delete.",
            Works: "The journal mode is wal.")
        {
            Fixes = [("Plain", "Good.cs")],
        },
        new(
            Descriptors.PragmaInsideTransaction,
            "Configuration",
            nameof(Descriptors.PragmaInsideTransaction),
            Fails: "SQLite Error 19: 'FOREIGN KEY constraint failed'",
            Works: "The table is rebuilt.")
        {
            Fixes = [],
        },
        new(
            Descriptors.SharedCacheOnFile,
            "Configuration",
            nameof(Descriptors.SharedCacheOnFile),
            Fails: "SQLite Error 6: 'database table is locked",
            Works: "The reader sees 1 order while the next one is written.")
        {
            Fixes = [("Plain", "Good.cs")],
        },
        new(
            Descriptors.SynchronousOff,
            "Configuration",
            nameof(Descriptors.SynchronousOff),
            Fails: "The next connection has synchronous 0.",
            Works: "The next connection has synchronous 1.")
        {
            Fixes = [("Plain", "Good.cs")],
        },
        new(
            Descriptors.UnsupportedConnectionStringKeyword,
            "Configuration",
            nameof(Descriptors.UnsupportedConnectionStringKeyword),
            Fails: "System.ArgumentException: Connection string keyword 'version' is not supported",
            Works: "The table is created.")
        {
            Fixes = [("Plain", "Good.cs")],
        },
        new(
            Descriptors.InfiniteLockWait,
            "Configuration",
            nameof(Descriptors.InfiniteLockWait),
            Fails: "The insert still waits after 35 seconds.",
            Works: "The insert gave up: SQLite Error 5: 'database is locked'")
        {
            Fixes = [("Plain", "Good.cs")],
        },
        new(
            Descriptors.InMemoryDatabaseReopened,
            "Configuration",
            nameof(Descriptors.InMemoryDatabaseReopened),
            Fails: "no such table: orders",
            Works: "The database has 2 orders.")
        {
            Fixes = [],
        },
        new(
            Descriptors.WriteInLoopWithoutTransaction,
            "Transactions",
            nameof(Descriptors.WriteInLoopWithoutTransaction),
            Fails: "The import has left 2 orders.",
            Works: "The import has left 0 orders.")
        {
            Fixes = [("Plain.Once", "Good.cs")],
        },
        new(
            Descriptors.BatchSizeOutOfRange,
            "Transactions",
            nameof(Descriptors.BatchSizeOutOfRange),
            Fails: "The batch size must be from 1 to 100,000 operations.",
            Works: "The orders are stored.")
        {
            Fixes = [("Helper.Once", "Good.cs")],
        },
        new(
            Descriptors.BatchNotCommitted,
            "Transactions",
            nameof(Descriptors.BatchNotCommitted),
            Fails: "0 of 2 orders are stored.",
            Works: "2 of 2 orders are stored.")
        {
            Fixes = [("Helper.Once", "Good.cs")],
        },
        new(
            Descriptors.TransactionLeftOpen,
            "Transactions",
            nameof(Descriptors.TransactionLeftOpen),
            Fails: "SQLite Error 5: 'database is locked'",
            Works: "The next order is stored.")
        {
            Fixes = [("Plain", "Good.cs")],
        },
        new(
            Descriptors.DeferredTransactionUpgrade,
            "Transactions",
            nameof(Descriptors.DeferredTransactionUpgrade),
            Fails: "SQLite Error 5: 'database is locked'",
            Works: "The sale is stored.")
        {
            Fixes = [("Plain.Once", "Good.cs")],
        },
        new(
            Descriptors.CommandOutsideTransaction,
            "Transactions",
            nameof(Descriptors.CommandOutsideTransaction),
            Fails: "System.InvalidOperationException: Execute requires the command to have a transaction object",
            Works: "The orders are stored.")
        {
            Fixes = [("Plain.Once", "Good.cs")],
        },
        new(
            Descriptors.WriteWhileReaderOpen,
            "Transactions",
            nameof(Descriptors.WriteWhileReaderOpen),
            Fails: "SQLite Error 5: 'database is locked'",
            Works: "The orders are doubled.")
        {
            Fixes = [],
        },
        new(
            Descriptors.TransactionScopeIgnored,
            "Transactions",
            nameof(Descriptors.TransactionScopeIgnored),
            Fails: "All accounts together hold 90.",
            Works: "All accounts together hold 100.")
        {
            Fixes = [],
        },
        new(
            Descriptors.DatabaseFileTouchedOutsideSqlite,
            "Usage",
            nameof(Descriptors.DatabaseFileTouchedOutsideSqlite),
            Fails: "no such table: orders",
            Works: "The copy has 2 orders.")
        {
            Fixes = [],
        },
        new(
            Descriptors.WalFileDeleted,
            "Usage",
            nameof(Descriptors.WalFileDeleted),
            Fails: "SQLite Error 10: 'disk I/O error'",
            Works: "The report sees 2 orders.")
        {
            Fixes = [("Plain.Once", "Good.cs")],
        },
    ];
}
