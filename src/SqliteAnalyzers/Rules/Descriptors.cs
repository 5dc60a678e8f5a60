using Microsoft.CodeAnalysis;

namespace SqliteAnalyzers.Rules;

/// <summary>
/// Every rule's id, title, message, severity and description: the one table of the package.
/// </summary>
/// <remarks>
/// <see cref="DiagnosticSeverity.Warning"/> where the finding is certain enough that a build should show it and the harm is real,
/// <see cref="DiagnosticSeverity.Info"/> where it is advice, off by default where it would speak on much correct code.
/// Tagged <see cref="RuleTags.Harm"/> where the program throws, loses rows or damages its database.
/// An id is never used again for another rule.
/// </remarks>
internal static class Descriptors
{
    private const string Processes = "SqliteProcesses";
    private const string Checkpoints = "SqliteCheckpoints";
    private const string Configuration = "SqliteConfiguration";
    private const string Transactions = "SqliteTransactions";
    private const string Usage = "SqliteUsage";
    private const string Options = "SqliteOptions";

    /// <summary>1: handing a database to another process.</summary>
    public static readonly DiagnosticDescriptor ProcessStartedWithoutCheckpoint = Create(
        "SQLITE1001", Processes, DiagnosticSeverity.Warning, customTags: RuleTags.Harm,
        title: "Process started after a write that was not checkpointed",
        message: "Checkpoint before starting this process: {0} is only in the -wal file, so a copy of the database file, or immutable=1, does not show it",
        description: "Committed rows stand in the -wal file until a FULL, RESTART or TRUNCATE checkpoint completes. A process that opens the database in place sees them; one that gets a copy of the .db file, or opens it with immutable=1, does not.");

    public static readonly DiagnosticDescriptor ProcessStartedWithOpenTransaction = Create(
        "SQLITE1002", Processes, DiagnosticSeverity.Warning, customTags: RuleTags.Harm,
        title: "Process started while a transaction that has written is open",
        message: "Commit before starting this process: it cannot see {0}, and its own writes wait or fail",
        description: "No other connection sees what an open transaction has written, and a write transaction keeps every other writer out until it ends.");

    public static readonly DiagnosticDescriptor CheckpointAfterProcessStart = Create(
        "SQLITE1003", Processes, DiagnosticSeverity.Info,
        title: "Checkpoint only after the process start that it was meant for",
        message: "Move this checkpoint before the process start: until it has run, {0} is only in the -wal file, and the process may have read the database file by then",
        description: "A process that is given a copy of the database file, or opens it with immutable=1, sees what a checkpoint has moved there by then. A checkpoint that comes after the start may be too late, and which of the two is first differs from run to run.");

    public static readonly DiagnosticDescriptor ConnectionOpenAcrossProcessStart = Create(
        "SQLITE1004", Processes, DiagnosticSeverity.Info, enabled: false,
        title: "Connection open while a process is started",
        message: "Close the connections to this database, and clear their pool, before starting this process if it moves, deletes or copies the file: {0}",
        description: "A started process inherits no handle of the database, but this one keeps its own, and the locks with it: on Windows the file cannot be moved or deleted, elsewhere this process goes on with the old file.");

    public static readonly DiagnosticDescriptor OtherProcessStartedWithoutCheckpoint = Create(
        "SQLITE1005", Processes, DiagnosticSeverity.Info,
        title: "Process that comes from data started after a write that was not checkpointed",
        message: "Checkpoint before starting this process if it reads a copy of the database file, or opens it with immutable=1: {0} is only in the -wal file",
        description: "Committed rows stand in the -wal file until a FULL, RESTART or TRUNCATE checkpoint completes. Which program is started is not known, so it may be one that reads the database file without its -wal file.");

    /// <summary>2: checkpoints.</summary>
    public static readonly DiagnosticDescriptor CheckpointBeforeCommit = Create(
        "SQLITE2001", Checkpoints, DiagnosticSeverity.Warning, customTags: RuleTags.Harm,
        title: "Checkpoint while the connection's own transaction or reader is open",
        message: "{0} before this checkpoint: while {1} on its connection, it fails with 'database table is locked' {2}",
        description: "SQLite refuses a checkpoint on a connection that has a transaction open or a query half read, and Microsoft.Data.Sqlite retries it for the whole command timeout although no retry can help.");

    public static readonly DiagnosticDescriptor CheckpointResultIgnored = Create(
        "SQLITE2002", Checkpoints, DiagnosticSeverity.Warning,
        title: "The busy answer of a checkpoint is not read",
        message: "Read the first column of this checkpoint's result: 1 means that it was blocked, and no exception is thrown",
        description: "A checkpoint that another connection blocks returns a row with busy = 1 and no error. Run through ExecuteNonQuery, or with the row not read, the answer is lost.");

    public static readonly DiagnosticDescriptor UnknownCheckpointMode = Create(
        "SQLITE2003", Checkpoints, DiagnosticSeverity.Warning,
        title: "Unknown checkpoint mode",
        message: "'{0}' is not a checkpoint mode, so SQLite runs PASSIVE without an error{1}",
        description: "The modes are PASSIVE, FULL, RESTART, TRUNCATE and, from SQLite 3.51 on, NOOP. SQLite takes any other word as PASSIVE.");

    public static readonly DiagnosticDescriptor AutoCheckpointDisabled = Create(
        "SQLITE2004", Checkpoints, DiagnosticSeverity.Info,
        title: "Automatic checkpoints turned off and no other in the project",
        message: "Run a checkpoint now and then, or leave wal_autocheckpoint on: with '{0}' the -wal file grows as long as a connection is open",
        description: "With wal_autocheckpoint at 0 or less SQLite moves nothing from the -wal file into the database file until the last connection closes. The file grows with each commit, and readers have to look through all of it.");

    /// <summary>3: configuring connections.</summary>
    public static readonly DiagnosticDescriptor ConnectionNotConfigured = Create(
        "SQLITE3001", Configuration, DiagnosticSeverity.Warning,
        title: "Connection to a database that is not put in WAL mode",
        message: "Set {0} on this connection: nothing in this project sets {1} for its database",
        description: "A new database is in journal_mode delete: readers and writers block each other, and each commit waits for the disk.");

    public static readonly DiagnosticDescriptor UnknownPragma = Create(
        "SQLITE3002", Configuration, DiagnosticSeverity.Warning,
        title: "Unknown pragma",
        message: "'{0}' is not a pragma that SQLite knows, so it is ignored without an error{1}",
        description: "SQLite runs a PRAGMA statement whose name it does not know as one that does nothing and answers with no row. What it was to set stays as it was.");

    public static readonly DiagnosticDescriptor InvalidPragmaValue = Create(
        "SQLITE3003", Configuration, DiagnosticSeverity.Warning,
        title: "Invalid value of a pragma",
        message: "'{0}' is not a value of {1}: {2}{3}",
        description: "SQLite seldom refuses the value of a pragma: a word that it does not know becomes some other value, or the pragma stays as it was, without an error. A parameter in the place of the value is a syntax error.");

    public static readonly DiagnosticDescriptor PragmaInsideTransaction = Create(
        "SQLITE3004", Configuration, DiagnosticSeverity.Warning,
        title: "Pragma set inside a transaction, where it does not take effect",
        message: "Set {0} outside of the transaction: inside one {1}",
        description: "SQLite changes journal_mode, synchronous and foreign_keys only outside of a transaction. Inside one it fails, or does nothing and says nothing. Entity Framework Core runs the SQL of a migration in a transaction.");

    public static readonly DiagnosticDescriptor SharedCacheOnFile = Create(
        "SQLITE3005", Configuration, DiagnosticSeverity.Warning,
        title: "Shared cache on a database file",
        message: "Connections with a shared cache lock each other's tables: a reader waits for the writer although the database is in WAL mode; remove Cache=Shared",
        description: "With Cache=Shared all connections of the process to one file share one cache and lock tables in it: 'database table is locked'. Readers and a writer no longer go on side by side as WAL lets them, and SQLite's busy timeout does not apply.");

    public static readonly DiagnosticDescriptor SynchronousOff = Create(
        "SQLITE3006", Configuration, DiagnosticSeverity.Warning, customTags: RuleTags.Harm,
        title: "Database file written without waiting for the disk",
        message: "Set synchronous to NORMAL: with '{0}' a power failure can damage the database, and a pooled connection hands the setting on",
        description: "With synchronous OFF SQLite gives its writes to the operating system and waits for none of them, so that a crash of the operating system or a power failure can leave a damaged database. The setting stays on a pooled connection, and whoever opens it next writes so too.");

    public static readonly DiagnosticDescriptor UnsupportedConnectionStringKeyword = Create(
        "SQLITE3007", Configuration, DiagnosticSeverity.Warning, customTags: RuleTags.Harm,
        title: "Connection string keyword that Microsoft.Data.Sqlite does not know",
        message: "Microsoft.Data.Sqlite throws an ArgumentException at the keyword '{0}', which it does not know: {1}",
        description: "Each ADO.NET provider has connection string keywords of its own. Microsoft.Data.Sqlite throws an ArgumentException where the connection string, or its builder, is given one that it does not know, as those of System.Data.SQLite.");

    public static readonly DiagnosticDescriptor InfiniteLockWait = Create(
        "SQLITE3008", Configuration, DiagnosticSeverity.Warning,
        title: "Command timeout of 0 waits for locks for ever",
        message: "Give '{0}' a limit: with 0 a command that finds the database locked is repeated for ever",
        description: "Microsoft.Data.Sqlite repeats a command that finds the database or a table locked until the command timeout is over. With 0 it never is: where the lock is not let go, or waiting cannot help, the thread hangs without an error.");

    public static readonly DiagnosticDescriptor InMemoryDatabaseReopened = Create(
        "SQLITE3009", Configuration, DiagnosticSeverity.Warning, customTags: RuleTags.Harm,
        title: "Database in memory opened again",
        message: "Keep this connection open, or share the database by a name with Mode=Memory;Cache=Shared: '{0}' is empty again each time it is opened",
        description: "A database in memory that is not shared lives as long as its connection is open. Closed and opened again, or opened by a call of Dapper on a closed connection, it is a new and empty one.");

    public static readonly DiagnosticDescriptor AffectedSqliteVersion = Create(
        "SQLITE3010", Configuration, DiagnosticSeverity.Info,
        title: "Version with a known fault in WAL mode",
        message: "Update {0}: {1}",
        description: "SQLite 3.7.0 to 3.51.2, but for 3.50.7, can damage a database in WAL mode when two checkpoints follow one another while another connection commits. The pool of Microsoft.Data.Sqlite 10.0.0 to 10.0.11 can hand one connection to two threads.");

    public static readonly DiagnosticDescriptor PerConnectionPragmaMissing = Create(
        "SQLITE3011", Configuration, DiagnosticSeverity.Info,
        title: "Connection opened without the pragmas that its database has elsewhere",
        message: "Set {0} on this connection too: unlike WAL mode, {1} not kept in the database file",
        description: "WAL mode is kept in the database file; synchronous and busy_timeout belong to one connection and begin anew with each that is opened.");

    /// <summary>4: transactions and batches.</summary>
    public static readonly DiagnosticDescriptor WriteInLoopWithoutTransaction = Create(
        "SQLITE4001", Transactions, DiagnosticSeverity.Warning,
        title: "Write in a loop without a transaction",
        message: "Begin a transaction before this loop and commit after it: outside one, {0} is a transaction of its own {1}",
        description: "Outside a transaction SQLite commits each statement by itself, which takes far longer than the statement, and waits for the disk where synchronous is FULL. A loop that stops in the middle leaves behind what it has written until then.");

    public static readonly DiagnosticDescriptor RelatedWritesWithoutTransaction = Create(
        "SQLITE4002", Transactions, DiagnosticSeverity.Info,
        title: "Writes that follow one another without a transaction",
        message: "Put these writes in one transaction if they belong together: {0} stays where {1} fails",
        description: "Outside a transaction SQLite commits each statement by itself. Where the program stops or a statement fails between two that belong together, the database keeps the first alone. A text of several statements is several transactions as well.");

    public static readonly DiagnosticDescriptor BatchSizeOutOfRange = Create(
        "SQLITE4003", Transactions, DiagnosticSeverity.Info,
        title: "Batch size out of range",
        message: "Commit every 1 to 100,000 operations: {0}",
        description: "A batch commits after so many operations. From some thousand on more are no faster, and while one is open no other connection can write; the helper library takes 1 to 100,000.");

    public static readonly DiagnosticDescriptor BatchNotCommitted = Create(
        "SQLITE4004", Transactions, DiagnosticSeverity.Warning, customTags: RuleTags.Harm,
        title: "Batch disposed with operations that were not committed",
        message: "Commit this batch: {0} is undone when the batch is disposed",
        description: "A SqliteBatchWriter commits every so many operations by itself, and the rest when Commit or CommitAndCheckpoint is called. What is left when it is disposed is rolled back.");

    public static readonly DiagnosticDescriptor TransactionLeftOpen = Create(
        "SQLITE4005", Transactions, DiagnosticSeverity.Warning, customTags: RuleTags.Harm,
        title: "Transaction left open",
        message: "{0}: {1}, and {2}",
        description: "A transaction that is neither committed nor rolled back keeps its lock on the database, and everybody else's writes fail. Of a transaction object that an exception leaves behind nothing lets go but the end of the process or the disposal of its connection; what a BEGIN statement began goes back to the pool with its connection, where it stays for minutes, or the next user of the connection is in the middle of it.");

    public static readonly DiagnosticDescriptor DeferredTransactionUpgrade = Create(
        "SQLITE4006", Transactions, DiagnosticSeverity.Warning, customTags: RuleTags.Harm,
        title: "Deferred transaction that reads first and writes then",
        message: "Take the write lock when this transaction begins (BEGIN IMMEDIATE): if another connection commits between {0} and {1}, the latter fails with 'database is locked', however long it waits",
        description: "A deferred transaction that reads works on the snapshot of its first read. Once another connection has committed, SQLite refuses to write in it (SQLITE_BUSY_SNAPSHOT), and no waiting helps: Microsoft.Data.Sqlite repeats the statement for the whole command timeout.");

    public static readonly DiagnosticDescriptor CommandOutsideTransaction = Create(
        "SQLITE4007", Transactions, DiagnosticSeverity.Warning, customTags: RuleTags.Harm,
        title: "Command that is not in the transaction of its connection",
        message: "Set this command's Transaction: one is pending on its connection, so Microsoft.Data.Sqlite throws an InvalidOperationException",
        description: "Between BeginTransaction and its end Microsoft.Data.Sqlite executes only commands whose Transaction is the pending one. The connection's CreateCommand sets it; new SqliteCommand does not, and neither has a command that was made before.");

    public static readonly DiagnosticDescriptor WriteWhileReaderOpen = Create(
        "SQLITE4008", Transactions, DiagnosticSeverity.Warning, customTags: RuleTags.Harm,
        title: "Write on a connection whose query is half read",
        message: "Read the rows to their end, or begin the transaction first, before {0}: if another connection commits while they are half read, it fails with 'database is locked', however long it waits",
        description: "A query that is half read holds the snapshot it began with. Once another connection has committed, SQLite refuses to write on that connection (SQLITE_BUSY_SNAPSHOT), and no waiting helps.");

    public static readonly DiagnosticDescriptor TransactionScopeIgnored = Create(
        "SQLITE4009", Transactions, DiagnosticSeverity.Warning, customTags: RuleTags.Harm,
        title: "TransactionScope around SQLite, which takes no part in it",
        message: "Use BeginTransaction on this connection: Microsoft.Data.Sqlite takes no part in a TransactionScope, so each statement commits by itself and stays when the scope is rolled back",
        description: "Microsoft.Data.Sqlite does not look at ambient transactions. What is written inside a TransactionScope is committed at once, whether the scope is completed or not.");

    /// <summary>5: using the API.</summary>
    public static readonly DiagnosticDescriptor ConnectionUsedAcrossThreads = Create(
        "SQLITE5001", Usage, DiagnosticSeverity.Warning, customTags: RuleTags.Harm,
        title: "Connection used by two threads at once",
        message: "Open a connection of its own here: {1} uses '{0}' at the same time, and a connection serves one thread",
        description: "A connection, its commands, transactions and readers are not made for two threads at once: a command runs in the other thread's transaction, fails because that one has a command running, or breaks the driver's own lists. SQLite serves many connections at once; in WAL mode readers do not wait for the writer.");

    public static readonly DiagnosticDescriptor DatabaseFileTouchedOutsideSqlite = Create(
        "SQLITE5002", Usage, DiagnosticSeverity.Warning, customTags: RuleTags.Harm,
        title: "Database file read, moved or replaced outside SQLite",
        message: "{0}: {1}",
        description: "A database is more than its file: commits stand in the -wal file, and the connections of a process, those in the pool too, hold locks that are dropped when the process closes any handle of the file. A checkpoint beforehand does not help. BackupDatabase and VACUUM INTO copy a database that is in use; ClearPool closes the idle connections before a file is moved or deleted.");

    public static readonly DiagnosticDescriptor WalFileDeleted = Create(
        "SQLITE5003", Usage, DiagnosticSeverity.Warning, customTags: RuleTags.Harm,
        title: "The -wal or -shm file of a database deleted by itself",
        message: "Leave the {0} file to SQLite: the database file stays, and {1}",
        description: "The -wal file is a part of the database: committed rows stand in it until a checkpoint completes. SQLite deletes it and the -shm file when the last connection closes. Whoever deletes or moves one of them by itself loses commits, or damages the database under connections that are open.");

    public static readonly DiagnosticDescriptor AsyncCallIsSynchronous = Create(
        "SQLITE5004", Usage, DiagnosticSeverity.Info, enabled: false,
        title: "Asynchronous call that blocks",
        message: "Call '{1}': '{0}' of Microsoft.Data.Sqlite does its work before it returns, and blocks the thread all the same",
        description: "SQLite has no asynchronous file access. The asynchronous methods of Microsoft.Data.Sqlite run the synchronous ones and return a task that is completed already.");

    /// <summary>9: the analyzers' own options.</summary>
    public static readonly DiagnosticDescriptor InvalidRuleOption = Create(
        "SQLITE9001", Options, DiagnosticSeverity.Warning,
        title: "Invalid rule option",
        message: "Correct '{0}' in the option {1} of .editorconfig: it is not {2}, and is left out",
        description: "An option of these analyzers has a word that its rule cannot use, or a name that no rule reads. The rule goes on with the other words. The finding stands at the beginning of the first file that the option holds for.");

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
