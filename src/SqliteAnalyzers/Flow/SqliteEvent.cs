using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Flow;

/// <summary>
/// Something that happens to SQLite or to the world beside it: the alphabet between libraries and rules.
/// </summary>
/// <param name="Operation">What does it.</param>
internal abstract record SqliteEvent(IOperation Operation);

/// <summary>Something that happens on a connection.</summary>
internal abstract record ConnectionEvent(IOperation Operation, AbstractObject Connection) : SqliteEvent(Operation);

/// <param name="Configured">Opened by a helper that sets the pragmas.</param>
internal sealed record Opens(IOperation Operation, AbstractObject Connection, bool Configured = false) : ConnectionEvent(Operation, Connection);

internal sealed record Closes(IOperation Operation, AbstractObject Connection) : ConnectionEvent(Operation, Connection);

/// <summary>A statement that reads or writes.</summary>
/// <param name="Table">The table written, if it is known; "" if not.</param>
/// <param name="Verb">INSERT, UPDATE, SELECT …, or the library call.</param>
/// <param name="InUnknownTransaction">The command names a transaction of which nothing is known.</param>
internal sealed record Executes(
    IOperation Operation,
    AbstractObject Connection,
    bool IsWrite,
    string Verb,
    string Table,
    bool InUnknownTransaction = false) : ConnectionEvent(Operation, Connection)
{
    /// <summary>As a message names it: the INSERT into 'orders'.</summary>
    public string Description => Table.Length == 0 ? $"the {Verb}" : $"the {Verb}{(Verb is "INSERT" or "REPLACE" ? " into" : Verb == "DELETE" ? " from" : " of")} '{Table}'";
}

/// <summary>A wal_checkpoint, by pragma or helper.</summary>
/// <param name="Mode">Null if it is not known.</param>
/// <param name="Text">The statement's text, if it is a pragma.</param>
/// <param name="Result">What becomes of the row with the busy flag.</param>
internal sealed record Checkpoints(
    IOperation Operation,
    AbstractObject Connection,
    CheckpointMode? Mode,
    SqlSource? Text,
    ResultUse Result) : ConnectionEvent(Operation, Connection);

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
/// <param name="BySql">Begun by SQL text, of which the driver knows nothing.</param>
internal sealed record Begins(IOperation Operation, AbstractObject Connection, SqlBeginKind Kind, string? Savepoint = null, bool BySql = false)
    : ConnectionEvent(Operation, Connection);

internal sealed record Commits(IOperation Operation, AbstractObject Connection) : ConnectionEvent(Operation, Connection);

internal sealed record RollsBack(IOperation Operation, AbstractObject Connection) : ConnectionEvent(Operation, Connection);

/// <summary>A pragma is set.</summary>
/// <param name="Value">Its value as written; null if it is not known.</param>
internal sealed record Configures(IOperation Operation, AbstractObject Connection, string Pragma, string? Value) : ConnectionEvent(Operation, Connection)
{
    /// <summary>The name of the pragma is not known: it may be any.</summary>
    public const string AnyPragma = "*";
}

/// <summary>A statement of which the text is not known.</summary>
internal sealed record ExecutesUnknown(IOperation Operation, AbstractObject Connection) : ConnectionEvent(Operation, Connection);

/// <summary>One end of an online backup.</summary>
internal sealed record BacksUp(IOperation Operation, AbstractObject Connection) : ConnectionEvent(Operation, Connection);

internal sealed record OpensReader(IOperation Operation, AbstractObject Connection) : ConnectionEvent(Operation, Connection);

/// <summary>The reader was closed or read to its end.</summary>
internal sealed record FinishesReader(IOperation Operation, AbstractObject Connection) : ConnectionEvent(Operation, Connection);

/// <summary>Idle connections of the pool are closed.</summary>
/// <param name="Connection">Whose pool; null: all pools.</param>
internal sealed record ClearsPool(IOperation Operation, AbstractObject? Connection) : SqliteEvent(Operation);

internal sealed record StartsProcess(IOperation Operation) : SqliteEvent(Operation);
