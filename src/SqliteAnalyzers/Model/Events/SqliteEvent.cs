using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Model;

/// <summary>
/// Something that happens to SQLite or to the world beside it: the alphabet between libraries and rules.
/// </summary>
/// <param name="At">Where it happens in the code that is looked at: what does it, or the call that leads to it.</param>
internal abstract record SqliteEvent(Place At)
{
    /// <summary>
    /// The innermost loop that it happens in again and again, of the code that does it or else of a caller; null if there is none. A
    /// loop that is left after the event, as one that tries again after an exception, does not count.
    /// </summary>
    public Loop? Loop { get; init; }

    /// <summary>What does it, in whatever method that stands.</summary>
    public Place Origin { get; init; } = At;

    /// <summary>Whether it happens while an exception is on its way, as what a finally region or the end of a using does then.</summary>
    public bool IsInFlight { get; init; }
}

/// <summary>Something that happens on a connection.</summary>
internal abstract record ConnectionEvent(Place At, AbstractObject Connection) : SqliteEvent(At);

/// <param name="IsConfigured">Opened by a helper that sets the pragmas.</param>
/// <param name="IsImplicit">By a call that needs it open: where it is closed it is opened, and closed again after the call.</param>
internal sealed record Opens(Place At, AbstractObject Connection, bool IsConfigured = false, bool IsImplicit = false) : ConnectionEvent(At, Connection)
{
    /// <summary>The call that needs it open asks for nothing that the database stores: SELECT sqlite_version().</summary>
    public bool IsForNothingStored { get; init; }
}

internal sealed record Closes(Place At, AbstractObject Connection) : ConnectionEvent(At, Connection);

/// <summary>Whether a command runs in the transaction that is pending on its connection.</summary>
internal enum Enlistment
{
    /// <summary>It was not told a transaction.</summary>
    None,

    /// <summary>It is enlisted, by itself or by a transaction that is known.</summary>
    Enlisted,

    /// <summary>It names a transaction of which nothing is known.</summary>
    Unknown,

    /// <summary>The command came from elsewhere: whether it was told a transaction there is not known.</summary>
    HandedIn,
}

/// <summary>A statement that reads or writes.</summary>
/// <param name="IsWrite">Whether it writes.</param>
/// <param name="Verb">INSERT, UPDATE, SELECT …, or the library call.</param>
/// <param name="Table">The table written, if it is known; "" if not.</param>
/// <param name="Enlistment">Of the command that runs it.</param>
/// <param name="Command">What runs it; null if a connection's own method does.</param>
internal sealed record Executes(
    Place At,
    AbstractObject Connection,
    bool IsWrite,
    string Verb,
    string Table,
    Enlistment Enlistment = Enlistment.None,
    AbstractObject? Command = null) : ConnectionEvent(At, Connection)
{
    /// <summary>A caller has handed in its text, or what it saves.</summary>
    public bool IsTextFromCaller { get; init; }

    /// <summary>It writes rows, and changes nothing of the schema.</summary>
    public bool IsOfRows => IsWrite && Verb is "INSERT" or "UPDATE" or "DELETE" or "REPLACE" or "SaveChanges" or "ExecuteUpdate" or "ExecuteUpdateAsync" or "ExecuteDelete" or "ExecuteDeleteAsync";

    /// <summary>It asks whether the database is there, what it consists of or how much it holds, and for nothing that is stored in it.</summary>
    public bool IsProbe { get; init; }

    /// <summary>In a transaction it takes the snapshot that this reads from to its end: it looks at the database file.</summary>
    public bool TakesSnapshot { get; init; } = true;

    /// <summary>It writes no rows of the table, but an index or a trigger that stands on it.</summary>
    public bool IsOnTable { get; init; }

    /// <summary>As a message names it: the INSERT into 'orders'.</summary>
    public string Description => Table.Length == 0 ? $"the {Verb}" : $"the {Verb} {Preposition} '{Table}'";

    private string Preposition => IsOnTable ? "on" : Verb is "INSERT" or "REPLACE" ? "into" : Verb == "DELETE" ? "from" : "of";
}

/// <summary>A wal_checkpoint, by pragma or helper.</summary>
/// <param name="Mode">Null if it is not known.</param>
/// <param name="Text">The statement's text, if it is a pragma.</param>
/// <param name="Result">What becomes of the row with the busy flag.</param>
internal sealed record Checkpoints(Place At, AbstractObject Connection, CheckpointMode? Mode, Text? Text, ResultUse Result) : ConnectionEvent(At, Connection);

/// <summary>What becomes of the rows a statement answers.</summary>
internal enum ResultUse
{
    /// <summary>Handed to the program, which may or may not look at it.</summary>
    Returned,

    /// <summary>Thrown away by the call itself, as ExecuteNonQuery does.</summary>
    Dropped,

    /// <summary>The call throws if the answer is bad.</summary>
    Checked,
}

/// <param name="Savepoint">The name of the SAVEPOINT that begins it.</param>
/// <param name="IsBySql">Begun by SQL text, of which the driver knows nothing.</param>
/// <param name="IsOnlyOutsideTransaction">It begins one only if none is open, which is not known.</param>
/// <param name="IsByBatch">Begun by a batch of the helper library, which ends it.</param>
internal sealed record Begins(
    Place At,
    AbstractObject Connection,
    SqlBeginKind Kind,
    string? Savepoint = null,
    bool IsBySql = false,
    bool IsOnlyOutsideTransaction = false,
    bool IsByBatch = false) : ConnectionEvent(At, Connection);

internal sealed record Commits(Place At, AbstractObject Connection) : ConnectionEvent(At, Connection);

/// <summary>A savepoint is released that began a transaction only if none was open, which is not known.</summary>
internal sealed record Releases(Place At, AbstractObject Connection) : ConnectionEvent(At, Connection);

internal sealed record RollsBack(Place At, AbstractObject Connection) : ConnectionEvent(At, Connection);

/// <summary>A batch of the helper library is disposed of: what it has not committed is rolled back.</summary>
/// <param name="Batch">The batch.</param>
internal sealed record DisposesBatch(Place At, AbstractObject Connection, AbstractObject Batch) : ConnectionEvent(At, Connection);

/// <summary>A pragma is set.</summary>
/// <param name="Value">Its value as written; null if it is not known.</param>
internal sealed record Configures(Place At, AbstractObject Connection, string Pragma, string? Value) : ConnectionEvent(At, Connection)
{
    /// <summary>The name of the pragma is not known: it may be any.</summary>
    public const string AnyPragma = "*";

    /// <summary>Whether a caller may know the name.</summary>
    public bool IsNameHandedIn { get; init; }

    /// <summary>Whether it is set on a database that the connection has attached, or may be: <c>PRAGMA archive.journal_mode</c>.</summary>
    public bool IsOfAttached { get; init; }
}

/// <summary>A statement of which the text is not known.</summary>
/// <param name="IsHandedIn">Whether a caller may know it.</param>
internal sealed record ExecutesUnknown(Place At, AbstractObject Connection, bool IsHandedIn) : ConnectionEvent(At, Connection);

/// <summary>One end of an online backup.</summary>
internal sealed record BacksUp(Place At, AbstractObject Connection) : ConnectionEvent(At, Connection);

/// <param name="IsOfWrite">Its rows are what a write answers, which keeps every other writer out until they are read.</param>
internal sealed record OpensReader(Place At, AbstractObject Connection, bool IsOfWrite = false) : ConnectionEvent(At, Connection);

/// <summary>The reader was closed or read to its end.</summary>
internal sealed record FinishesReader(Place At, AbstractObject Connection) : ConnectionEvent(At, Connection);

/// <summary>Idle connections of the pool are closed.</summary>
/// <param name="Connection">Whose pool; null: all pools.</param>
internal sealed record ClearsPool(Place At, AbstractObject? Connection) : SqliteEvent(At);

/// <param name="Program">The program, as far as it is known.</param>
/// <param name="Given">What it is given: arguments, variables of its environment, the working directory.</param>
/// <param name="IsWorker">Whether it is known to work on the database: by the user's word, or by the helper that starts it.</param>
internal sealed record StartsProcess(Place At, Value Program, Value Given, bool IsWorker = false) : SqliteEvent(At)
{
    /// <summary>A worker of which nothing else is known.</summary>
    public static StartsProcess Worker(Place at) => new(at, Value.Unknown, Value.Unknown, IsWorker: true);
}

/// <summary>When a delegate runs that was handed to other code.</summary>
internal enum Detachment
{
    /// <summary>Once, beside what follows.</summary>
    Beside,

    /// <summary>Once, and what follows waits for it.</summary>
    Awaited,

    /// <summary>Several times at once.</summary>
    Together,

    /// <summary>Again and again, beside what follows.</summary>
    Repeated,

    /// <summary>Whenever an event is raised.</summary>
    OnEvent,
}

/// <summary>A delegate is handed to code that runs it on another thread, or later.</summary>
/// <param name="Code">The delegate.</param>
/// <param name="When">When it runs.</param>
/// <param name="Captured">The objects of libraries that it has from the code that made it.</param>
internal sealed record Detaches(Place At, CodeUnit Code, Detachment When, ValueList Captured) : SqliteEvent(At);
