using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Flow;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Libraries;

/// <summary>Runs the statements of an SQL text on a connection: the same for every library.</summary>
internal static class StatementRunner
{
    /// <param name="machine">The state.</param>
    /// <param name="operation">The call that executes.</param>
    /// <param name="connections">On what; null if it is not known.</param>
    /// <param name="text">What; more than one if it depends on the path.</param>
    /// <param name="result">What becomes of the rows.</param>
    /// <param name="inUnknownTransaction">Whether the command names a transaction of which nothing is known.</param>
    public static void Run(
        Interpreter machine,
        IOperation operation,
        Value? connections,
        Value? text,
        ResultUse result,
        bool inUnknownTransaction = false)
    {
        var sources = Texts(text).Distinct().ToArray();
        if (MayBeUnknown(text))
        {
            machine.RaiseOn(connections, connection => new ExecutesUnknown(operation, connection));
        }

        var before = machine.State;
        var after = default(State);
        foreach (var source in sources)
        {
            machine.State = before;
            foreach (var statement in source.Script.Statements)
            {
                machine.RaiseOn(connections, connection => EventOf(machine.State, operation, connection, source, statement, result, inUnknownTransaction));
            }

            after = after?.Join(machine.State) ?? machine.State;
        }

        machine.State = after ?? before;
    }

    /// <summary>Whether the last statement answers rows, so that a reader over it holds a snapshot.</summary>
    public static bool ReturnsRows(Value? text) =>
        Texts(text).Any(source => source.Script.Statements.Any(statement => statement.Kind == SqlStatementKind.Select || statement.HasReturning));

    private static IEnumerable<SqlSource> Texts(Value? text) => text?.Atoms.SelectMany(atom => atom switch
    {
        SqlSource source => [source],
        Elements elements => Texts(elements.Items),
        _ => Enumerable.Empty<SqlSource>(),
    }) ?? [];

    private static bool MayBeUnknown(Value? text) =>
        text is null || text.Atoms.Any(atom => atom is Elements elements ? MayBeUnknown(elements.Items) : atom is not (SqlSource or Constant));

    private static ConnectionEvent EventOf(
        State state,
        IOperation operation,
        AbstractObject connection,
        SqlSource source,
        SqlStatement statement,
        ResultUse result,
        bool inUnknownTransaction)
    {
        switch (statement)
        {
            case { Kind: SqlStatementKind.Unknown, HasHoles: true }:
                return new ExecutesUnknown(operation, connection);
            case { Kind: SqlStatementKind.Begin }:
                return new Begins(operation, connection, statement.Begin, BySql: true);
            case { Kind: SqlStatementKind.Commit }:
                return new Commits(operation, connection);
            case { Kind: SqlStatementKind.Rollback }:
                return new RollsBack(operation, connection);
            case { Kind: SqlStatementKind.Savepoint } when state[connection].Must(Component.Transaction, Typestate.NoTransaction):
                return new Begins(operation, connection, SqlBeginKind.Deferred, statement.SavepointName?.Text, BySql: true);
            case { Kind: SqlStatementKind.Release } when IsOutermost(state, connection, statement.SavepointName):
                return new Commits(operation, connection);
            case { Pragma: { IsCheckpoint: true } checkpoint }:
                return new Checkpoints(operation, connection, checkpoint.Mode, source, result);
            case { Pragma.Name.HasHole: true }:
                return new Configures(operation, connection, Configures.AnyPragma, null);
            case { Pragma: { Value: { } value } pragma }:
                return new Configures(operation, connection, pragma.Name.Text.ToLowerInvariant(), pragma.ValueHasHole ? null : value.Text);
            default:
                if (statement.Pragma is { } asked)
                {
                    return new Executes(operation, connection, IsWrite: false, "PRAGMA", asked.Name.Text.ToLowerInvariant());
                }

                var table = statement.Table is { HasHole: false } named ? named.Text : "";
                return new Executes(
                    operation, connection, statement.IsWrite && !statement.IsTemporary, statement.Kind.ToString().ToUpperInvariant(), table, inUnknownTransaction);
        }
    }

    private static bool IsOutermost(State state, AbstractObject connection, SqlToken? name) =>
        name is not null
        && state.Get(connection, Slot.OutermostSavepoint)?.Only<Constant>() is { Value: string outermost }
        && name.Is(outermost);
}
