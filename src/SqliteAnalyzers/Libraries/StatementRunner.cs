using SqliteAnalyzers.Model;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Libraries;

/// <summary>Runs the statements of an SQL text on a connection: the same for every library.</summary>
internal static class StatementRunner
{
    /// <summary>Of a savepoint whose name is not known.</summary>
    public const string UnknownName = "";

    /// <summary>Behind the name of the outermost savepoint, once for each that was made of the same name since: these are released first.</summary>
    private const char Hidden = '\n';

    /// <summary>So many are told apart.</summary>
    private const int MaxHidden = 3;

    /// <summary>How a text is executed.</summary>
    /// <param name="Result">What becomes of the rows of the first statement that answers any.</param>
    /// <param name="LaterResults">What becomes of those of the ones after it.</param>
    /// <param name="Enlistment">Of the command.</param>
    /// <param name="Command">The command, if there is one.</param>
    /// <param name="Loop">If the call executes the text again and again by itself.</param>
    public readonly record struct Execution(ResultUse Result, ResultUse LaterResults, Enlistment Enlistment = Enlistment.None, AbstractObject? Command = null, Loop? Loop = null);

    /// <param name="effects">The state.</param>
    /// <param name="connections">On what; null if it is not known.</param>
    /// <param name="text">What; more than one if it depends on the path.</param>
    /// <param name="execution">How.</param>
    public static void Run(IEffects effects, Value? connections, Value? text, Execution execution)
    {
        text = text is null ? Value.Unknown : effects.Ask(text);
        if (MayBeUnknown(text))
        {
            effects.RaiseOn(connections, connection => new ExecutesUnknown(effects.At, connection, MayBeHandedIn(text)));
        }

        var before = effects.State;
        var after = default(State);
        foreach (var source in Texts(text).Distinct().ToArray())
        {
            effects.State = before;
            var hasAnswered = false;
            foreach (var statement in source.Script.Statements)
            {
                if (DependsOnHoles(statement))
                {
                    effects.AskParts(source);
                }

                var result = hasAnswered ? execution.LaterResults : execution.Result;
                hasAnswered |= statement.ReturnsRows;
                effects.RaiseOn(connections, connection => EventOf(effects, connection, source, statement, execution with { Result = result }));
            }

            after = after?.Join(effects.State, isDoubtful: true) ?? effects.State;
        }

        effects.State = after ?? before;
    }

    /// <summary>Whether a statement answers rows of a table, so that a reader over it holds a snapshot.</summary>
    public static bool ReturnsRows(Value? text) => text is not null
        && Texts(text).Any(source => source.Script.Statements.Any(statement => (statement.Kind == SqlStatementKind.Select || statement.HasReturning) && !IsWithoutTable(source, statement)));

    /// <summary>Whether the rows that a text answers are those of writes only.</summary>
    public static bool ReturnsWrittenRows(Value? text) => text is not null
        && Texts(text).All(source => source.Script.Statements.All(statement => statement.Kind != SqlStatementKind.Select || IsWithoutTable(source, statement)));

    /// <summary>Whether the first rows that a text answers are those of a checkpoint.</summary>
    public static bool AnswersCheckpoint(Value? text) => text is not null
        && Texts(text).Any(source => source.Script.Statements.FirstOrDefault(statement => statement.ReturnsRows) is { Pragma.IsCheckpoint: true });

    /// <summary>Whether a text is known to look at nothing that a database stores: constants, functions, pragmas, what functions answer as a table.</summary>
    public static bool AsksForNothingStored(Value? text) => text is not null && !MayBeUnknown(text)
        && Texts(text).All(source => source.Script.Statements.All(statement => statement.IsOfNothingStored || statement.Pragma is not null));

    public static IEnumerable<Text> Texts(Value text) => text.Atoms.SelectMany(atom => atom switch
    {
        Text source => [source],
        Elements elements => elements.Items.Values.SelectMany(Texts),
        _ => Enumerable.Empty<Text>(),
    });

    /// <summary>Whether what fills the holes of the text decides what the statement does, and not only with which table or values.</summary>
    private static bool DependsOnHoles(SqlStatement statement) =>
        statement is { Kind: SqlStatementKind.Unknown, HasHoles: true } or { Pragma.Name.HasHole: true } or { Pragma.ValueHasHole: true }
            or { Kind: SqlStatementKind.Savepoint or SqlStatementKind.Release, SavepointName: null, HasHoles: true };

    /// <summary>A query that reads no table takes no snapshot (measured): SELECT last_insert_rowid().</summary>
    private static bool IsWithoutTable(Text source, SqlStatement statement) =>
        statement is { Kind: SqlStatementKind.Select, HasHoles: false }
        && source.Flat.IndexOf("from", statement.Span.Start, statement.Span.Length, StringComparison.OrdinalIgnoreCase) < 0;

    private static bool MayBeUnknown(Value text) => text.Atoms.Any(atom => atom switch
    {
        Elements elements => !elements.IsComplete || elements.Items.Values.Any(MayBeUnknown),
        Text or Constant => false,
        _ => true,
    });

    private static bool MayBeHandedIn(Value text) => text.Atoms.Any(atom => atom switch
    {
        Elements elements => elements.Items.Values.Any(MayBeHandedIn),
        AbstractObject item => item.IsHandedIn,
        _ => false,
    });

    /// <summary>A savepoint where no transaction is open, or where that is not known: the first of these is the outermost.</summary>
    public static Begins Savepoint(IEffects effects, AbstractObject connection, string name, bool mayBeInside)
    {
        if (mayBeInside && !effects.State.StateOf(connection).HasBegunUnlessBegun(connection))
        {
            effects.Set(connection, Slot.OutermostSavepoint, Value.Of(new Constant(name)));
        }
        else if (mayBeInside)
        {
            Hide(effects, connection, outermost => name.Equals(outermost, StringComparison.OrdinalIgnoreCase));
        }

        return new(effects.At, connection, SqlBeginKind.Deferred, name, IsOnlyOutsideTransaction: mayBeInside);
    }

    /// <summary>The outermost savepoint is released.</summary>
    public static ConnectionEvent Release(IEffects effects, AbstractObject connection) =>
        effects.State.StateOf(connection).HasBegunUnlessBegun(connection) ? new Releases(effects.At, connection) : new Commits(effects.At, connection);

    /// <summary>A savepoint inside another of the same name, if it is that.</summary>
    private static void Hide(IEffects effects, AbstractObject connection, Func<string, bool> isNamed)
    {
        if (effects.Get(connection, Slot.OutermostSavepoint)?.Only<Constant>() is { Value: string { Length: > 0 } outermost } && outermost.TrimEnd(Hidden) is var name && isNamed(name))
        {
            effects.Set(connection, Slot.OutermostSavepoint, Value.Of(new Constant(outermost.Length < name.Length + MaxHidden ? outermost + Hidden : UnknownName)));
        }
    }

    /// <summary>Whether a savepoint is released that is of the same name as the outermost and was made after it; one of another name may take that with it.</summary>
    private static bool Reveals(IEffects effects, AbstractObject connection, SqlToken released)
    {
        if (effects.Get(connection, Slot.OutermostSavepoint)?.Only<Constant>() is not { Value: string outermost } || outermost.TrimEnd(Hidden) is var name && name.Length == outermost.Length)
        {
            return false;
        }

        effects.Set(connection, Slot.OutermostSavepoint, Value.Of(new Constant(released.Is(name) ? outermost.Substring(0, outermost.Length - 1) : UnknownName)));
        return true;
    }

    private static ConnectionEvent EventOf(IEffects effects, AbstractObject connection, Text source, SqlStatement statement, Execution execution)
    {
        var at = effects.At;
        switch (statement)
        {
            case { Kind: SqlStatementKind.Unknown, HasHoles: true }:
                return new ExecutesUnknown(at, connection, source.IsHandedIn);
            case { Kind: SqlStatementKind.Begin }:
                return new Begins(at, connection, statement.Begin, IsBySql: true);
            case { Kind: SqlStatementKind.Commit }:
                return new Commits(at, connection);
            case { Kind: SqlStatementKind.Rollback }:
                return new RollsBack(at, connection);
            case { Kind: SqlStatementKind.Savepoint } when effects.Get(connection, Slot.IsInTransaction)?.Only<Constant>() is not { Value: true } and var isInTransaction:
                return Savepoint(effects, connection, statement.SavepointName?.Text ?? UnknownName, isInTransaction is null) with { IsBySql = true };
            case { Kind: SqlStatementKind.Savepoint, SavepointName: { } inner }:
                Hide(effects, connection, inner.Is);
                goto default;
            case { Kind: SqlStatementKind.Release, SavepointName: { } released } when Reveals(effects, connection, released):
                goto default;
            case { Kind: SqlStatementKind.Release } when IsOutermost(effects, connection, statement.SavepointName) is { } isOutermost:
                return isOutermost ? Release(effects, connection) : new ExecutesUnknown(at, connection, source.IsHandedIn);
            case { Pragma: { IsCheckpoint: true } checkpoint }:
                return new Checkpoints(at, connection, checkpoint.Mode, source, execution.Result);
            case { WritesCopy: true }:
                return new BacksUp(at, connection);
            case { Pragma.Name.HasHole: true }:
                return new Configures(at, connection, Configures.AnyPragma, null) { IsNameHandedIn = source.IsHandedIn };
            case { Pragma: { Value: { } value } pragma } when !IsQuestion(pragma):
                return new Configures(at, connection, pragma.Name.Text.ToLowerInvariant(), pragma.ValueHasHole ? null : value.Text) { IsOfAttached = pragma.IsOfAttached };
            default:
                if (statement.Pragma is { } asked)
                {
                    return new Executes(at, connection, IsWrite: false, "PRAGMA", asked.Name.Text.ToLowerInvariant(), execution.Enlistment, execution.Command)
                    {
                        TakesSnapshot = !(PragmaCatalogue.TryGet(asked.Name.Text, out var info) && info.IsPerConnection),
                    };
                }

                var table = statement.Table is { HasHole: false } named ? named.Text : "";
                return new Executes(
                    at, connection, statement.IsWrite && !statement.IsTemporary, statement.Kind.ToString().ToUpperInvariant(), table, execution.Enlistment, execution.Command)
                {
                    Loop = execution.Loop,
                    IsTextFromCaller = source.IsFromCaller,
                    IsProbe = statement.IsProbe,
                    TakesSnapshot = !statement.IsTemporary && !IsWithoutTable(source, statement),
                    IsOnTable = statement.IsOnTable,
                };
        }
    }

    /// <summary>A pragma that asks for something or does it: what stands in parentheses is no value that is set.</summary>
    private static bool IsQuestion(SqlPragma pragma) => PragmaCatalogue.TryGet(pragma.Name.Text, out var info) && !info.IsSetting;

    /// <summary>Whether the savepoint is the one that began the transaction, false where it may be; null if it is not.</summary>
    private static bool? IsOutermost(IEffects effects, AbstractObject connection, SqlToken? name) =>
        effects.Get(connection, Slot.OutermostSavepoint)?.Only<Constant>() is not { Value: string outermost } ? null
        : name is null || outermost == UnknownName ? false
        : name.Is(outermost) ? true
        : null;
}
