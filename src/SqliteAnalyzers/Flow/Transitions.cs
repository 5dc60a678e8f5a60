using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Flow;

/// <summary>How an event moves the state: what SQLite does, as measured.</summary>
internal static class Transitions
{
    public static State Apply(State state, SqliteEvent e) => e switch
    {
        Opens x => Set(state, x, Component.Opening, Typestate.Open),
        Closes x => Close(state, x),
        Begins x => Set(state, x, Component.Transaction, x.Kind == SqlBeginKind.Deferred ? Typestate.Begun : Typestate.Reserved)
            .With(new SlotOf(x.Connection, Slot.OutermostSavepoint), x.Savepoint is null ? null : Value.Of(new Constant(x.Savepoint)))
            .With(x.Connection, Slot.IsBegunBySql, Value.Of(x.BySql ? Constant.True : Constant.False)),
        Commits x => EndTransaction(Commit(state, x), x),
        RollsBack x => EndTransaction(state, x),
        Executes { IsWrite: true } x => Write(state, x),
        Executes x => Map(state, x, Component.Transaction, bit => bit == Typestate.Begun ? Typestate.Reading : bit),
        Checkpoints x => Checkpoint(state, x),
        OpensReader x => Set(state, x, Component.Reader, Typestate.HalfRead),
        FinishesReader x => Set(state, x, Component.Reader, Typestate.NoReader),
        ClearsPool x => ClearPool(state, x),
        _ => state,
    };

    /// <summary>Nothing is known of <paramref name="item"/> any more.</summary>
    public static State Forget(State state, AbstractObject item)
    {
        if (item.Kind is ObjectKind.Connection or ObjectKind.Database)
        {
            state = state.With(item, ObjectState.Unknown(item.Kind));
        }

        foreach (var connection in state.Linked(item, Slot.Connection, ObjectKind.Connection))
        {
            state = Forget(state, connection);
        }

        foreach (var database in state.Linked(item, Slot.Database, ObjectKind.Database))
        {
            state = Forget(state, database);
        }

        return state;
    }

    /// <summary>Code that cannot be followed has run: nothing is known of any connection or database that it can reach.</summary>
    public static State ForgetAll(State state)
    {
        foreach (var pair in state.Objects)
        {
            state = state.With(pair.Key, ObjectState.Unknown(pair.Key.Kind));
        }

        return state;
    }

    private static State Set(State state, ConnectionEvent e, Typestate component, Typestate bit) =>
        state.With(e.Connection, state[e.Connection].Set(component, bit, Evidence.At(e.Operation)));

    private static State Map(State state, ConnectionEvent e, Typestate component, Func<Typestate, Typestate> next) =>
        state.With(e.Connection, state[e.Connection].Map(component, next, Evidence.At(e.Operation)));

    private static State EndTransaction(State state, ConnectionEvent e) =>
        Set(state, e, Component.Transaction, Typestate.NoTransaction).With(new SlotOf(e.Connection, Slot.OutermostSavepoint), null);

    /// <summary>Outside a transaction a write commits by itself; inside one it waits for the commit.</summary>
    private static State Write(State state, Executes e)
    {
        var before = state[e.Connection];
        var autocommit = e.InUnknownTransaction ? Typestate.NoTransaction : Typestate.NoTransaction | Typestate.TransactionUnknown;
        state = before.May(autocommit)
            ? MarkWritten(state, e, Evidence.At(e.Operation, e.Description), always: before.Must(Component.Transaction, autocommit))
            : state;
        return state.With(e.Connection, state[e.Connection].Map(
            Component.Transaction,
            bit => (bit & autocommit) != 0 || bit == Typestate.TransactionUnknown ? bit : Typestate.Written,
            Evidence.At(e.Operation, e.Description)));
    }

    private static State Commit(State state, Commits e)
    {
        var before = state[e.Connection];
        return before.EvidenceOf(Typestate.Written) is { } write
            ? MarkWritten(state, e, write, always: before.Must(Component.Transaction, Typestate.Written))
            : state;
    }

    private static State MarkWritten(State state, ConnectionEvent e, Evidence write, bool always)
    {
        foreach (var database in state.Linked(e.Connection, Slot.Database, ObjectKind.Database))
        {
            var before = state[database];
            state = state.With(database, always
                ? before.Set(Component.Wal, Typestate.WalWritten, write)
                : before.Add(Typestate.WalWritten, write));
        }

        return state;
    }

    private static State Checkpoint(State state, Checkpoints e)
    {
        if (e.Mode == CheckpointMode.Noop)
        {
            return state;
        }

        foreach (var database in state.Linked(e.Connection, Slot.Database, ObjectKind.Database).DefaultIfEmpty())
        {
            if (database is null)
            {
                // Whose file it is cannot be told: it may be any.
                foreach (var other in state.Objects.Keys.Where(item => item.Kind == ObjectKind.Database))
                {
                    state = Clean(state, other, e);
                }
            }
            else
            {
                state = e.Mode == CheckpointMode.Passive
                    ? state.With(database, state[database].Map(
                        Component.Wal,
                        bit => bit == Typestate.WalWritten ? Typestate.WalPassive : bit,
                        state[database].EvidenceOf(Typestate.WalWritten) ?? Evidence.At(e.Operation)))
                    : Clean(state, database, e);
            }
        }

        return state;
    }

    private static State Clean(State state, AbstractObject database, SqliteEvent e) =>
        state.With(database, state[database].Set(Component.Wal, Typestate.WalClean, Evidence.At(e.Operation)));

    /// <summary>
    /// Closing rolls back, but for a transaction begun by SQL text on a pooled connection: the driver does not know of it, and the
    /// next open gets it back (measured). Closing the last connection of a database that no pool keeps open checkpoints it.
    /// </summary>
    private static State Close(State state, Closes e)
    {
        var before = state[e.Connection];
        var databases = state.Linked(e.Connection, Slot.Database, ObjectKind.Database);
        var begun = state.Get(e.Connection, Slot.IsBegunBySql);
        var mayStay = begun is not null && begun.Atoms.Contains(Constant.True) && before.May(Typestate.Pooled) && databases.All(database => !database.Identity!.IsMemory);
        var mustStay = mayStay && begun!.Atoms.Length == 1 && before.Must(Component.Pooling, Typestate.Pooled);
        state = mustStay ? state
            : mayStay ? state.With(e.Connection, before.Add(Typestate.NoTransaction, null))
            : EndTransaction(state, e);
        state = Set(state, e, Component.Opening, Typestate.Closed);
        state = Set(state, e, Component.Reader, Typestate.NoReader);
        return before.May(Typestate.Unpooled)
            ? CleanIfAllClosed(state, databases, e, certain: before.Must(Component.Pooling, Typestate.Unpooled))
            : state;
    }

    /// <summary>The connections in the pool are closed for good: what they left open is rolled back.</summary>
    private static State ClearPool(State state, ClearsPool e)
    {
        var databases = e.Connection is null ? null : state.Linked(e.Connection, Slot.Database, ObjectKind.Database).ToArray();
        foreach (var connection in ConnectionsOf(databases, state))
        {
            var before = state[connection];
            state = before.Must(Component.Opening, Typestate.Closed) ? state.With(connection, before.Set(Component.Transaction, Typestate.NoTransaction, null))
                : before.May(Typestate.Closed) ? state.With(connection, before.Add(Typestate.NoTransaction, null))
                : state;
        }

        return CleanIfAllClosed(state, databases ?? state.Objects.Keys.Where(item => item.Kind == ObjectKind.Database), e, certain: true);
    }

    /// <param name="databases">Null: all.</param>
    /// <param name="state">The state.</param>
    private static AbstractObject[] ConnectionsOf(IReadOnlyCollection<AbstractObject>? databases, State state) => state.Objects.Keys
        .Where(item => item.Kind == ObjectKind.Connection
            && (databases is null || state.Linked(item, Slot.Database, ObjectKind.Database).Any(databases.Contains)))
        .ToArray();

    /// <param name="state">The state.</param>
    /// <param name="databases">Those that may have lost their last connection.</param>
    /// <param name="e">What closes.</param>
    /// <param name="certain">Whether no pool keeps a connection open.</param>
    private static State CleanIfAllClosed(State state, IEnumerable<AbstractObject> databases, SqliteEvent e, bool certain)
    {
        foreach (var database in databases.ToArray())
        {
            var others = ConnectionsOf([database], state).Select(connection => state[connection]).ToArray();
            state = others.Any(other => other.Must(Component.Opening, Typestate.Open)) ? state
                : !certain || others.Any(other => other.May(Typestate.Open)) ? state.With(database, state[database].Add(Typestate.WalClean, Evidence.At(e.Operation)))
                : Clean(state, database, e);
        }

        return state;
    }
}
