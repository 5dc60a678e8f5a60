namespace SqliteAnalyzers.Model;

/// <summary>
/// Keys of <c>Diagnostic.Properties</c>: what a rule tells its code fix. A key that is absent means "not known",
/// and a fix that needs it is then not offered.
/// </summary>
internal static class DiagnosticProperties
{
    /// <summary>
    /// A C# expression (the name of a local, a parameter or a field) of an open connection to the database, valid at the diagnostic's location.
    /// SQLITE1001 (where none is in a transaction), 1002, 1003, 2001, 2002, 5002; in SQLITE3001 the receiver of the Open call.
    /// </summary>
    public const string Connection = nameof(Connection);

    /// <summary>
    /// A C# expression of the database's connection string, valid at the diagnostic's location: a string literal, a constant, or a name.
    /// SQLITE1001, where no connection is in scope and none is in a transaction.
    /// </summary>
    public const string DataSource = nameof(DataSource);

    /// <summary>
    /// A C# expression (a name) of the open <c>SqliteTransaction</c>, valid at the diagnostic's location. SQLITE1002, 2001.
    /// </summary>
    public const string Transaction = nameof(Transaction);

    /// <summary>
    /// <see cref="True"/> where the open transaction was begun by SQL text (<c>BEGIN</c>), so that <c>COMMIT</c> as SQL text ends it.
    /// SQLITE1002, 2001, 4005.
    /// </summary>
    public const string TransactionBegunBySql = nameof(TransactionBegunBySql);

    /// <summary>
    /// <see cref="True"/> where only an exception leaves the transaction open. SQLITE4005.
    /// </summary>
    public const string OnlyByException = nameof(OnlyByException);

    /// <summary>
    /// <see cref="True"/> where it stands in a lambda or local function that somebody runs of whom nothing is known. SQLITE4004, 4005.
    /// </summary>
    public const string RunsElsewhere = nameof(RunsElsewhere);

    /// <summary>
    /// <see cref="True"/> where the connection was found in a member of the object or of a type. SQLITE4005.
    /// </summary>
    public const string IsOfMember = nameof(IsOfMember);

    /// <summary>
    /// The mode of the checkpoint: <c>Passive</c>, <c>Full</c>, <c>Restart</c> or <c>Truncate</c>, spelt as the members of the
    /// runtime library's <c>SqliteCheckpointMode</c>. SQLITE2001, 2002.
    /// </summary>
    public const string Mode = nameof(Mode);

    /// <summary>
    /// The word to put in the place of the one the diagnostic stands on. SQLITE2003, 3002, 3003, 3006, 3008, 4003; in SQLITE3007 what to put in the place of the first additional location.
    /// </summary>
    public const string Replacement = nameof(Replacement);

    /// <summary>
    /// The pragmas that nobody sets on the database, or on the connection, in lower case, separated by commas. SQLITE3001, 3011.
    /// </summary>
    public const string Missing = nameof(Missing);

    /// <summary>
    /// The values that the missing pragmas have on other connections to the database, in the same order, separated by commas; empty where
    /// there are several or one is not known. SQLITE3011.
    /// </summary>
    public const string Values = nameof(Values);

    /// <summary>
    /// <see cref="True"/> where the first additional location is all that is to be removed. SQLITE3005, 3007.
    /// </summary>
    public const string Removable = nameof(Removable);

    /// <summary>
    /// What a call does to the file of a database: <c>Reads</c>, <c>Moves</c>, <c>Deletes</c> or <c>Replaces</c>. SQLITE5002.
    /// </summary>
    public const string FileEffect = nameof(FileEffect);

    /// <summary>
    /// <see cref="True"/> where the connection is open for certain, with no reader half read, and the write stands in the loop itself. SQLITE4001.
    /// </summary>
    public const string CanBegin = nameof(CanBegin);

    /// <summary>
    /// The value of a property that is a flag.
    /// </summary>
    public const string True = "true";
}
