using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Model;

/// <summary>How an event moves the state: what SQLite does, as measured.</summary>
internal static class Transitions
{
    /// <summary>What the evidence says of a connection that was open, and not only made.</summary>
    public const string Closed = "the connection that was closed";

    /// <summary>What the evidence says of a connection that a call opens for itself, and closes again.</summary>
    public const string OpenedForCall = "the connection that the call opens";

    public static State Apply(State state, SqliteEvent e) => e switch
    {
        Opens { IsImplicit: true } x when !state[x.Connection].Must(Component.Opening, Typestate.Closed) => state,
        Opens x => Open(state, x),
        Closes x => Close(state, x),
        Begins x => Begin(state, x),
        Commits x => EndTransaction(Commit(state, x), x),
        Releases x => Release(state, x),
        RollsBack or DisposesBatch => EndTransaction(state, (ConnectionEvent)e),
        Executes { IsWrite: true } x => Write(state, x),
        Executes { TakesSnapshot: true } x => Read(state, x),
        Checkpoints x => Checkpoint(state, x),
        OpensReader x => Set(state, x, Component.Reader, x.IsOfWrite ? Typestate.HalfReturned : Typestate.HalfRead),
        FinishesReader x => Set(state, x, Component.Reader, Typestate.NoReader),
        Configures { IsOfAttached: false } x => LeaveWal(PragmaCells.Set(state, x), x),
        ExecutesUnknown x => Forget(state, x.Connection),
        ClearsPool x => ClearPool(state, x),
        _ => state,
    };

    /// <summary>Nothing is known of a connection any more, nor of what stands in the -wal file of its database; of a database, likewise.</summary>
    public static State Forget(State state, AbstractObject item)
    {
        var components = Component.UnknownOf(item.Kind);
        if (components == 0)
        {
            return state;
        }

        state = state.With(item, state.StateOf(item).Forget(Component.Of(item.Kind)));
        if (item.Kind == ObjectKind.Connection)
        {
            state = WithoutFailure(state, item);
            state = PragmaCells.SetAny(state, item);
            foreach (var database in state.DatabasesOf(item))
            {
                state = Forget(state, database);
            }
        }

        return state;
    }

    /// <summary>The state if a transaction is open on the connection, or if none is; null if that cannot be.</summary>
    public static State? Assume(State state, AbstractObject connection, bool isOpen, Place at)
    {
        var assumed = state.With(connection, state.StateOf(connection).Map(
            connection,
            Component.Transaction,
            bit => bit == Typestate.TransactionUnknown ? isOpen ? bit : Typestate.NoTransaction : (bit == Typestate.NoTransaction) != isOpen ? bit : Typestate.None,
            Evidence.At(at)));
        return !assumed[connection].May(Component.Transaction) ? null
            : isOpen ? assumed
            : WithoutFailure(assumed.With(connection, assumed.StateOf(connection).Set(Component.Begin, Typestate.None, null)), connection)
                .With(connection, Slot.OutermostSavepoint, null)
                .With(connection, Slot.PendingTransaction, null);
    }

    /// <summary>What is executed on the connection throws.</summary>
    public static State Fail(State state, AbstractObject connection) => Leave(state, connection, Typestate.LeftByFailure);

    /// <summary>
    /// What is to end a transaction throws. ROLLBACK does only where there is nothing to roll back, so that nothing is open after it;
    /// after COMMIT the transaction stays open, as where it had to wait too long for a lock. Null for any other event.
    /// </summary>
    public static State? FailToEnd(State state, SqliteEvent e) => e switch
    {
        RollsBack => Apply(state, e),
        Commits { Connection: var connection } => MayHaveBegun(state, connection) ? state.With(connection, state.StateOf(connection).FailCommit(connection)) : state,
        _ => null,
    };

    private static State Leave(State state, AbstractObject connection, Typestate by) =>
        MayHaveBegun(state, connection) ? state.With(connection, state.StateOf(connection).AddWhere(connection, Component.Began, by)) : state;

    private static bool MayHaveBegun(State state, AbstractObject connection) =>
        state.StateOf(connection).RowsOf(connection, Component.Begin).Any(row => (row.Bits & Component.Began) != 0);

    /// <summary>The program throws an exception, or throws on the one that it has caught.</summary>
    public static State Throw(State state)
    {
        foreach (var connection in state.Objects.Keys.Where(static item => item.Kind == ObjectKind.Connection))
        {
            state = Leave(state, connection, Typestate.LeftByException);
        }

        return state;
    }

    /// <summary>The exception that was on its way has come to somebody who sees to it.</summary>
    public static State Land(State state) =>
        Land(state, static (item, known) => known.Map(item, Component.Failure, static bit => bit & Typestate.CommitFailed, null));

    /// <summary>If it was the provider's, it has come to somebody who sees to that; any other is still on its way.</summary>
    public static State LandFailure(State state) =>
        Land(state, static (item, known) => known.Map(item, Component.Failure, static bit => bit & ~Typestate.LeftByFailure, null));

    private static State Land(State state, Func<AbstractObject, ObjectState, ObjectState> land)
    {
        foreach (var pair in state.Objects)
        {
            if ((pair.Value.SpokenOf & Component.Failure) != 0)
            {
                state = state.With(pair.Key, land(pair.Key, pair.Value));
            }
        }

        return state;
    }

    private static State Set(State state, ConnectionEvent e, Typestate component, Typestate bit) =>
        Set(state, e.Connection, component, bit, Evidence.At(e.At));

    private static State Set(State state, AbstractObject item, Typestate component, Typestate bit, Evidence? evidence) =>
        state.With(item, state.StateOf(item).Set(component, bit, evidence));

    private static State Map(State state, ConnectionEvent e, Typestate component, Func<Typestate, Typestate> next, string what = "") =>
        state.With(e.Connection, state.StateOf(e.Connection).Map(e.Connection, component, next, Evidence.At(e.At, what)));

    private static State Read(State state, Executes e) =>
        Map(state, e, Component.Transaction, bit => bit == Typestate.Begun ? Typestate.Reading : bit, e.Description);

    /// <remarks>Calls that each open the connection for themselves follow one another on it.</remarks>
    private static State Open(State state, Opens e)
    {
        var opened = Set(state, e.Connection, Component.Opening, Typestate.Open, Evidence.At(e.At, e.IsImplicit ? OpenedForCall : ""));
        opened = opened.With(e.Connection, opened.StateOf(e.Connection).Map(e.Connection, Component.Pooling, static bit => bit == Typestate.Cleared ? Typestate.Pooled : bit, null));
        return e.IsImplicit ? opened : Set(opened, e.Connection, Component.Writes, Typestate.NoWrite, null);
    }

    private static State Begin(State state, Begins e)
    {
        if (e.IsOnlyOutsideTransaction)
        {
            return BeginUnlessBegun(state, e);
        }

        var isDeferred = e.Kind == SqlBeginKind.Deferred;
        state = Set(state, e, Component.Transaction, isDeferred ? Typestate.Begun : Typestate.Reserved);
        state = WithoutFailure(state, e.Connection);
        return Set(state, e, Component.Begin, e.IsByBatch ? Typestate.None : isDeferred ? Typestate.BeganDeferred : Typestate.BeganImmediate)
            .With(e.Connection, Slot.OutermostSavepoint, e.Savepoint is null ? null : Value.Of(new Constant(e.Savepoint)))
            .With(e.Connection, Slot.PendingTransaction, null)
            .With(e.Connection, Slot.IsBegunBySql, Value.Of(e.IsBySql));
    }

    /// <summary>SAVEPOINT where it is not known whether a transaction is open: inside one it begins nothing.</summary>
    private static State BeginUnlessBegun(State state, Begins e)
    {
        state = Map(state, e, Component.Transaction, bit => bit == Typestate.NoTransaction ? Typestate.Begun : bit);
        var begun = state.StateOf(e.Connection);
        foreach (var row in begun.RowsOf(e.Connection, Component.Transaction).Where(row => (row.Bits & Typestate.Begun) != 0).ToArray())
        {
            begun = begun.Add(e.Connection, row.If, Typestate.BeganDeferred, Evidence.At(e.At));
        }

        return state.With(e.Connection, begun);
    }

    /// <summary>RELEASE of a savepoint that was the outermost if no transaction was open at entry: then that commits.</summary>
    private static State Release(State state, Releases e)
    {
        var connection = state.StateOf(e.Connection);
        foreach (var database in state.DatabasesOf(e.Connection).ToArray())
        {
            var known = state.StateOf(database);
            foreach (var row in connection.Rows.Where(row => row.If.Bit == Typestate.NoTransaction && (row.Bits & Typestate.Written) != 0))
            {
                known = known.Add(database, row.If, Typestate.WalWritten, connection.EvidenceOf(Typestate.Written));
            }

            state = state.With(database, known);
        }

        return state.With(e.Connection, connection.EndWhereNoneWas(e.Connection)).With(e.Connection, Slot.OutermostSavepoint, null);
    }

    private static State EndTransaction(State state, ConnectionEvent e) =>
        WithoutFailure(Set(Set(state, e, Component.Transaction, Typestate.NoTransaction), e.Connection, Component.Begin, Typestate.None, null), e.Connection)
            .With(e.Connection, Slot.OutermostSavepoint, null)
            .With(e.Connection, Slot.PendingTransaction, null);

    /// <remarks>Mostly there is nothing to take away, and the relation need not speak of it, but where a caller's may be on its way.</remarks>
    private static State WithoutFailure(State state, AbstractObject connection)
    {
        var known = state.StateOf(connection);
        return connection.ExistsAtEntry || (known.SpokenOf & Component.Failure) != 0
            ? state.With(connection, known.Set(Component.Failure, Typestate.None, null))
            : state;
    }

    /// <summary>Outside a transaction a write commits by itself; inside one it waits for the commit.</summary>
    private static State Write(State state, Executes e)
    {
        var evidence = Evidence.At(e.At, e.Description);
        var autocommit = e.Enlistment == Enlistment.Unknown ? Typestate.NoTransaction : Typestate.NoTransaction | Typestate.TransactionUnknown;
        state = MarkWritten(state, e.Connection, autocommit, _ => evidence);
        state = state.With(e.Connection, state.StateOf(e.Connection).Map(
            e.Connection,
            Component.Transaction,
            bit => (bit & Component.AnyTransaction) != 0 ? Typestate.Written : bit,
            evidence));
        return e.IsOfRows ? Count(state, e) : state;
    }

    /// <summary>Only what writes rows and commits by itself is counted; where a transaction is open on some paths, on the others.</summary>
    private static State Count(State state, Executes e)
    {
        const Typestate Outside = Typestate.NoTransaction | Typestate.TransactionUnknown;
        var connection = state[e.Connection];
        if (!connection.May(Outside))
        {
            return state;
        }

        var counted = state.StateOf(e.Connection).Map(
            e.Connection,
            Component.Writes,
            bit => bit switch
            {
                Typestate.NoWrite => Typestate.OneWrite,
                Typestate.OneWrite => Typestate.ManyWrites,
                _ => bit,
            },
            Evidence.At(e.At, e.Description));
        return state.With(
            e.Connection,
            connection.Must(Component.Transaction, Outside)
                ? counted
                : state.StateOf(e.Connection).Join(e.Connection, counted, isDoubtful: (connection.Certain & Outside) == 0));
    }

    private static State Commit(State state, Commits e)
    {
        var written = state.StateOf(e.Connection).EvidenceOf(Typestate.Written);
        return MarkWritten(state, e.Connection, Typestate.Written, isInherited => isInherited ? null : written);
    }

    /// <summary>The databases of a connection have rows in their -wal file if the connection's transaction is in one of these states.</summary>
    private static State MarkWritten(State state, AbstractObject connection, Typestate when, Func<bool, Evidence?> evidence)
    {
        var connectionState = state.StateOf(connection);
        var isCertain = state[connection].Must(Component.Transaction, when);
        var databases = state.DatabasesOf(connection).ToArray();
        foreach (var database in databases)
        {
            var databaseState = state.StateOf(database);
            if (isCertain && databases.Length == 1 && connectionState.RowsOf(connection, Component.Transaction).All(row => (row.Bits & Component.Transaction & ~when) == 0))
            {
                databaseState = databaseState.Set(Component.Wal, Typestate.WalWritten, evidence(false));
            }
            else
            {
                foreach (var row in connectionState.RowsOf(connection, Component.Transaction))
                {
                    if ((row.Bits & when) != 0)
                    {
                        databaseState = databaseState.Add(database, row.If, Typestate.WalWritten, evidence((row.Inherited & when) == (row.Bits & when)), replaces: isCertain);
                    }
                }
            }

            state = state.With(database, databaseState);
        }

        return state;
    }

    /// <summary>Any other journal mode ends WAL mode, with a checkpoint that is complete, or an exception (measured).</summary>
    private static State LeaveWal(State state, Configures e)
    {
        if (e is { Pragma: "journal_mode", Value: { } mode } && !mode.Equals("wal", StringComparison.OrdinalIgnoreCase))
        {
            foreach (var database in state.DatabasesOf(e.Connection).ToArray())
            {
                state = Clean(state, database, e);
            }
        }

        return state;
    }

    private static State Checkpoint(State state, Checkpoints e)
    {
        if (e.Mode == CheckpointMode.Noop)
        {
            return state;
        }

        var databases = state.DatabasesOf(e.Connection).ToArray();
        if (databases.Length == 0)
        {
            // Whose file it is cannot be told: it may be any.
            foreach (var database in state.Objects.Keys.Where(item => item.Kind == ObjectKind.Database).ToArray())
            {
                state = Clean(state, database, e);
            }

            return state.With(state.Elsewhere | Elsewhere.SomeDatabaseCheckpointed);
        }

        foreach (var database in databases)
        {
            state = e.Mode == CheckpointMode.Passive
                ? state.With(database, state.StateOf(database).Map(
                    database,
                    Component.Wal,
                    bit => bit == Typestate.WalWritten ? Typestate.WalPassive : bit,
                    state.StateOf(database).EvidenceOf(Typestate.WalWritten)))
                : Clean(state, database, e);
        }

        return e.Mode == CheckpointMode.Passive ? state : databases.Aggregate(state, (after, database) => CleanNamesakes(after, database, databases.Contains, Evidence.At(e.At)));
    }

    /// <summary>A database was checkpointed: one that is known by another name may be the same.</summary>
    /// <param name="state">The state after the checkpoint.</param>
    /// <param name="database">The one that was checkpointed.</param>
    /// <param name="isSettled">Of which it is known already what the checkpoint has done to them.</param>
    /// <param name="evidence">What says that it was checkpointed.</param>
    public static State CleanNamesakes(State state, AbstractObject database, Func<AbstractObject, bool> isSettled, Evidence evidence)
    {
        foreach (var other in state.Objects.Keys.Where(item => item.Kind == ObjectKind.Database).ToArray())
        {
            if (!isSettled(other) && !(other is DatabaseObject { Source: var source } && database is DatabaseObject { Source: var cleaned } && !source.MayBe(cleaned)))
            {
                state = Set(state, other, Component.Wal, Typestate.WalClean, evidence);
            }
        }

        return state;
    }

    private static State Clean(State state, AbstractObject database, SqliteEvent e) =>
        Set(state, database, Component.Wal, Typestate.WalClean, Evidence.At(e.At));

    /// <summary>
    /// Closing rolls back, but for a transaction begun by SQL text on a pooled connection: the driver does not know of it, and the
    /// next open gets it back (measured). Closing the last connection of a database that no pool keeps open checkpoints it.
    /// </summary>
    private static State Close(State state, Closes e)
    {
        var before = state[e.Connection];
        var databases = state.DatabasesOf(e.Connection).ToArray();
        var begun = state.Get(e.Connection, Slot.IsBegunBySql);
        var mayStay = begun is not null && begun.Contains(Constant.True) && !before.Must(Component.Pooling, Component.ClosesForGood) && !databases.Any(IsMemory);
        var mustStay = mayStay && begun!.Atoms.Length == 1 && !before.May(Component.ClosesForGood);
        state = mustStay ? state
            : mayStay && before.May(Component.ClosesForGood) ? state.Join(EndTransaction(state, e), isDoubtful: true)
            : mayStay ? state.With(e.Connection, state.StateOf(e.Connection).Add(e.Connection, EntryFact.Always, Typestate.NoTransaction, null))
            : EndTransaction(state, e);
        state = Set(state, e.Connection, Component.Opening, Typestate.Closed, Evidence.At(e.At, Closed));
        state = PragmaCells.Clear(Set(state, e, Component.Reader, Typestate.NoReader), e.Connection);
        return before.May(Component.ClosesForGood)
            ? CleanIfAllClosed(state, databases, e, isCertain: before.Must(Component.Pooling, Component.ClosesForGood))
            : state;
    }

    private static bool IsMemory(AbstractObject database) => database is DatabaseObject { Source.IsMemory: true };

    /// <summary>The connections in the pool are closed for good: what they left open is rolled back. Those that are open do not come back to it (measured).</summary>
    private static State ClearPool(State state, ClearsPool e)
    {
        var databases = e.Connection is null ? null : state.DatabasesOf(e.Connection).ToArray();
        var known = ConnectionsOf(databases, state);
        foreach (var connection in e.Connection is null ? known : known.Union([e.Connection]))
        {
            state = state.With(connection, state.StateOf(connection).Map(connection, Component.Pooling, static bit => bit == Typestate.Pooled ? Typestate.Cleared : bit, null));
        }

        foreach (var connection in known)
        {
            var before = state[connection];
            var opened = state.StateOf(connection);
            state = before.Must(Component.Opening, Typestate.Closed)
                ? state.With(connection, opened.Set(Component.Transaction, Typestate.NoTransaction, null).Set(Component.Opening, Typestate.Closed, Evidence.At(e.At)))
                : before.May(Typestate.Closed)
                ? state.With(connection, opened.Add(connection, EntryFact.Always, Typestate.NoTransaction, null).Add(connection, EntryFact.Always, Typestate.Closed, Evidence.At(e.At), replaces: true))
                : state;
        }

        if (e.Connection is null)
        {
            state = state.With(state.Elsewhere | Elsewhere.PoolsCleared);
        }

        return CleanIfAllClosed(state, databases ?? state.Objects.Keys.Where(item => item.Kind == ObjectKind.Database).ToArray(), e, isCertain: true);
    }

    /// <param name="databases">Null: all.</param>
    /// <param name="state">The state.</param>
    private static AbstractObject[] ConnectionsOf(IReadOnlyCollection<AbstractObject>? databases, State state) => state.Objects.Keys
        .Where(item => item.Kind == ObjectKind.Connection && (databases is null || state.DatabasesOf(item).Any(databases.Contains)))
        .ToArray();

    /// <param name="state">The state.</param>
    /// <param name="databases">Those that may have lost their last connection.</param>
    /// <param name="e">What closes.</param>
    /// <param name="isCertain">Whether no pool keeps a connection open.</param>
    private static State CleanIfAllClosed(State state, IReadOnlyCollection<AbstractObject> databases, SqliteEvent e, bool isCertain)
    {
        foreach (var database in databases)
        {
            var others = ConnectionsOf([database], state).Select(connection => state[connection]).ToArray();
            state = others.Any(other => other.Must(Component.Opening, Typestate.Open)) ? state
                : !isCertain || others.Any(other => other.May(Typestate.Open))
                    ? state.With(database, state.StateOf(database).Add(database, EntryFact.Always, Typestate.WalClosed, Evidence.At(e.At)))
                : Set(state, database, Component.Wal, Typestate.WalClosed, Evidence.At(e.At));
        }

        return state;
    }
}
