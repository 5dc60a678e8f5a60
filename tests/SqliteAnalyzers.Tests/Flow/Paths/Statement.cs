namespace SqliteAnalyzers.Tests.Flow.Paths;

/// <summary>
/// A statement of the small language in which random methods are written: one connection, parameters that are never assigned,
/// and the control flow of C#.
/// </summary>
internal abstract record Statement;

/// <summary>One line that does one thing. Two lines that do the same are two acts.</summary>
internal sealed record Act(ActKind Kind) : Statement
{
    public bool Equals(Act? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <param name="Flag">The number of a parameter that is never assigned, so that it answers the same on all of a path; null: anything.</param>
internal sealed record Branch(int? Flag, bool Negated, Block Then, Block? Else) : Statement;

/// <summary>A loop that runs never, once or often.</summary>
internal sealed record Loop(Block Body) : Statement;

/// <param name="TakesEveryException">Whether the catch takes all, or one kind only.</param>
internal sealed record Try(Block Body, Block? Catch, bool TakesEveryException, Block? Finally) : Statement;

/// <summary>A scope with a transaction object that is disposed at its end.</summary>
internal sealed record UsingTransaction(Block Body) : Statement;

internal sealed record Block(IReadOnlyList<Statement> Statements);

internal enum ActKind
{
    Write,
    Read,
    Begin,
    BeginImmediate,
    Commit,
    Rollback,
    CommitObject,
    RollbackObject,
    Checkpoint,
    PassiveCheckpoint,
    Start,
    Return,
    Throw,
}
