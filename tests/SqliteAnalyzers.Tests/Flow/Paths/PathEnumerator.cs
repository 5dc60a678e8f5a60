namespace SqliteAnalyzers.Tests.Flow.Paths;

/// <summary>
/// Follows every path of a random method to its end, exactly: the oracle of the flow engine, which joins paths to be fast.
/// </summary>
/// <remarks>
/// Paths that meet in the same exact state go on alike, so the sets of such states are followed, and a loop is run until no new
/// one turns up. Within a path a flag has one answer. A call may throw before it has done anything; a ROLLBACK
/// only where nothing is open. A COMMIT, ROLLBACK or checkpoint that SQLite refuses is followed as if it had worked: who reports the cause need not stop there.
/// </remarks>
internal sealed class PathEnumerator
{
    private readonly HashSet<(string Id, Act At)> _findings = [];
    private static readonly PathState s_atEntry = new(TransactionState.None, Unsaved: false, ObjectIsOver: true);

    private int _flags;

    private PathEnumerator()
    {
    }

    /// <summary>
    /// The findings that some path shows, by the identity of the act; null if some path begins a transaction in a transaction
    /// or ends one twice, which is no program to ask about.
    /// </summary>
    public static HashSet<(string Id, Act At)>? FindingsOf(Block method, int flags)
    {
        var enumerator = new PathEnumerator();
        try
        {
            for (var answers = 0; answers < 1 << flags; answers++)
            {
                enumerator._flags = answers;
                enumerator.Run(method, [s_atEntry]);
            }
        }
        catch (IllFormedException)
        {
            return null;
        }

        return enumerator._findings;
    }

    /// <summary>Where paths are after a statement: behind it, on their way to a handler, or on their way out of the method.</summary>
    private sealed record Exits(HashSet<PathState> Normal, HashSet<PathState> Thrown, HashSet<PathState> Returned)
    {
        public static Exits None => new([], [], []);

        public Exits And(Exits other) => new([.. Normal, .. other.Normal], [.. Thrown, .. other.Thrown], [.. Returned, .. other.Returned]);

        public Exits WithoutNormal() => this with { Normal = [] };
    }

    private sealed class IllFormedException : Exception;

    private Exits Run(Block? block, HashSet<PathState> entry)
    {
        var exits = Exits.None with { Normal = entry };
        foreach (var statement in block?.Statements ?? [])
        {
            exits = exits.WithoutNormal().And(Run(statement, exits.Normal));
        }

        return exits;
    }

    private Exits Run(Statement statement, HashSet<PathState> entry) => statement switch
    {
        Act act => Run(act, entry),
        Branch branch => Run(branch, entry),
        Loop loop => Run(loop, entry),
        Try attempt => Run(attempt, entry),
        UsingTransaction scope => Run(scope, entry),
        _ => throw new ArgumentOutOfRangeException(nameof(statement), statement, null),
    };

    private Exits Run(Branch branch, HashSet<PathState> entry)
    {
        if (branch.Flag is { } flag)
        {
            var isTrue = (_flags >> flag & 1) != 0;
            return Run(isTrue != branch.Negated ? branch.Then : branch.Else, entry);
        }

        return (Exits.None with { Thrown = entry }).And(Run(branch.Then, entry)).And(Run(branch.Else, entry));
    }

    private Exits Run(Loop loop, HashSet<PathState> entry)
    {
        var exits = Exits.None;
        var atHead = entry;
        while (true)
        {
            var body = Run(loop.Body, atHead);
            exits = exits.And(body.WithoutNormal());
            HashSet<PathState> next = [.. atHead, .. body.Normal];
            if (next.Count == atHead.Count)
            {
                return exits with { Normal = atHead, Thrown = [.. exits.Thrown, .. atHead] };
            }

            atHead = next;
        }
    }

    private Exits Run(Try attempt, HashSet<PathState> entry)
    {
        var exits = Run(attempt.Body, entry);
        if (attempt.Catch is not null)
        {
            var escaping = attempt.TakesEveryException ? [] : exits.Thrown;
            exits = (exits with { Thrown = escaping }).And(Run(attempt.Catch, exits.Thrown));
        }

        if (attempt.Finally is null)
        {
            return exits;
        }

        var normal = Run(attempt.Finally, exits.Normal);
        var thrown = Run(attempt.Finally, exits.Thrown);
        var returned = Run(attempt.Finally, exits.Returned);
        return new(normal.Normal, [.. normal.Thrown, .. thrown.Thrown, .. returned.Thrown, .. thrown.Normal], returned.Normal);
    }

    private Exits Run(UsingTransaction scope, HashSet<PathState> entry)
    {
        var begun = entry.Select(state => Begin(state, TransactionState.Reserved) with { ObjectIsOver = false }).ToHashSet();
        var body = Run(scope.Body, begun);
        return new Exits(Dispose(body.Normal), Dispose(body.Thrown), Dispose(body.Returned)).And(Exits.None with { Thrown = entry });

        static HashSet<PathState> Dispose(HashSet<PathState> states) =>
            [.. states.Select(state => (state.ObjectIsOver ? state : state with { Transaction = TransactionState.None }) with { ObjectIsOver = true })];
    }

    private Exits Run(Act act, HashSet<PathState> entry)
    {
        Report(act, entry);
        HashSet<PathState> After(HashSet<PathState> states) => [.. states.Select(state => PathEnumerator.After(act.Kind, state))];
        return act.Kind switch
        {
            ActKind.Return => Exits.None with { Returned = entry },
            ActKind.Throw => Exits.None with { Thrown = entry },
            ActKind.Rollback => Exits.None with { Normal = After(entry), Thrown = After(entry) },
            _ => new(After(entry), entry, []),
        };
    }

    private void Report(Act act, HashSet<PathState> entry)
    {
        switch (act.Kind)
        {
            case ActKind.Start:
                ReportIf("SQLITE1001", state => state.Unsaved);
                ReportIf("SQLITE1002", state => state.Transaction == TransactionState.Written);
                break;
            case ActKind.Checkpoint or ActKind.PassiveCheckpoint:
                ReportIf("SQLITE2001", state => state.Transaction is not (TransactionState.None or TransactionState.Begun));
                break;
        }

        void ReportIf(string id, Func<PathState, bool> holds)
        {
            if (entry.Any(holds))
            {
                _findings.Add((id, act));
            }
        }
    }

    private static PathState After(ActKind kind, PathState state) => kind switch
    {
        ActKind.Write when state.Transaction == TransactionState.None => state with { Unsaved = true },
        ActKind.Write => state with { Transaction = TransactionState.Written },
        ActKind.Read when state.Transaction == TransactionState.Begun => state with { Transaction = TransactionState.Reading },
        ActKind.Begin => Begin(state, TransactionState.Begun),
        ActKind.BeginImmediate => Begin(state, TransactionState.Reserved),
        ActKind.Commit => Commit(Raw(state)),
        ActKind.Rollback => Raw(state) with { Transaction = TransactionState.None },
        ActKind.CommitObject => Commit(OfObject(state)),
        ActKind.RollbackObject => OfObject(state) with { Transaction = TransactionState.None },
        ActKind.Checkpoint => state with { Unsaved = false },
        _ => state,
    };

    private static PathState Begin(PathState state, TransactionState begun) =>
        state.Transaction == TransactionState.None ? state with { Transaction = begun } : throw new IllFormedException();

    private static PathState Commit(PathState state) => state with
    {
        Transaction = TransactionState.None,
        Unsaved = state.Unsaved || state.Transaction == TransactionState.Written,
    };

    /// <summary>SQL that ends a transaction while a transaction object believes in it is a fault of its own.</summary>
    private static PathState Raw(PathState state) => state.ObjectIsOver ? state : throw new IllFormedException();

    private static PathState OfObject(PathState state) => state.ObjectIsOver ? throw new IllFormedException() : state with { ObjectIsOver = true };
}
