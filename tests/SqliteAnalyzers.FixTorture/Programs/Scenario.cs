namespace SqliteAnalyzers.FixTorture.Programs;

/// <summary>
/// A few statements, written so that each <see cref="Style"/> can stand around them. They have a connection string <c>Db.Source</c>,
/// <c>Db.Open()</c> for a connection that is in WAL mode and waits for locks, <c>Db.Worker</c> and a number for the arguments of a process that
/// copies the database file alone, and <c>Db.Note</c> for what the program says.
/// </summary>
/// <param name="Name">What it is about.</param>
/// <param name="Body">The statements.</param>
internal sealed record Scenario(string Name, string Body)
{
    /// <summary>Members beside the body: helpers, fields.</summary>
    public string Members { get; init; } = "";

    /// <summary>Whether the body awaits.</summary>
    public bool IsAsync { get; init; }

    /// <summary>Whether the body can run twice, one run after the other.</summary>
    public bool CanRepeat { get; init; } = true;

    /// <summary>
    /// Whether the body is such that a fix which is offered for one finding only, and says why, makes the program fail: then it is only compiled.
    /// </summary>
    public bool IsWhatUserIsWarnedOf { get; init; }

    /// <summary>Whether the body leaves by a return, which a loop or an iterator around it would not have.</summary>
    public bool Returns => Body.Contains("return", StringComparison.Ordinal);
}
