using System.Collections.Immutable;

namespace SqliteAnalyzers.Model;

/// <summary>
/// A fact about an object when the method was entered, or nothing: what holds in any case.
/// </summary>
internal readonly record struct EntryFact(AbstractObject? Object, Typestate Bit)
{
    /// <summary>Whatever was true at entry.</summary>
    public static readonly EntryFact Always = default;

    public bool IsAlways => Object is null;

    /// <summary>Whether it says that nothing was known at entry, which is what a method assumes whose callers are not looked at.</summary>
    public bool IsUnknown => (Bit & Component.AllUnknown) != 0;

    public bool Equals(EntryFact other) => Bit == other.Bit && Equals(Object, other.Object);

    public override int GetHashCode() => StableHash.Combine(Object?.GetHashCode() ?? 0, (int)((ulong)Bit ^ ((ulong)Bit >> 32)));
}

/// <summary>What may be true of an object now if a fact was true at entry.</summary>
/// <param name="If">The fact at entry.</param>
/// <param name="Bits">What may be true now.</param>
/// <param name="Doubtful">
/// Of these, the ones of which it is not certain that there is a path: they hold in one of several states that had to be put together
/// although conditions tell them apart.
/// </param>
/// <param name="Inherited">Of these, the ones that have been so since before entry: only the caller knows what made them so.</param>
internal readonly record struct StateRow(EntryFact If, Typestate Bits, Typestate Doubtful = Typestate.None, Typestate Inherited = Typestate.None)
{
    public StateRow Masked(Typestate mask) => new(If, Bits & mask, Doubtful & mask, Inherited & mask);

    /// <summary>The bit with all that is known of it, as another bit.</summary>
    public StateRow Moved(Typestate bit, Typestate to) =>
        new(If, to, (Doubtful & bit) != 0 ? to : Typestate.None, to == bit ? Inherited & bit : Typestate.None);

    /// <summary>Two ways to the same: it is in doubt only if it is on both.</summary>
    /// <param name="other">Of the same fact at entry.</param>
    public StateRow With(StateRow other) => new(
        If,
        Bits | other.Bits,
        (Doubtful & ~(other.Bits & ~other.Doubtful)) | (other.Doubtful & ~(Bits & ~Doubtful)),
        Inherited | other.Inherited);
}

/// <summary>
/// The typestate of one object as a relation: for each fact that may have been true at entry, what may be true now. A component
/// that it does not speak of is as it was at entry.
/// </summary>
/// <remarks>
/// Every transition maps single facts to sets of facts, so relations compose: the summary of a method that is entered in any state
/// is worked out once. The bits of an object that was made after entry depend on nothing.
/// </remarks>
internal sealed class ObjectState : IEquatable<ObjectState>
{
    private static readonly ImmutableArray<(Typestate Bit, Evidence Evidence)> s_noEvidence = ImmutableArray<(Typestate, Evidence)>.Empty;

    /// <summary>Nothing has changed since entry; of an object made since: nothing is known.</summary>
    public static readonly ObjectState Untouched = new(Typestate.None, ImmutableArray<StateRow>.Empty, s_noEvidence);

    private readonly ImmutableArray<(Typestate Bit, Evidence Evidence)> _evidence;

    private ObjectState(Typestate spokenOf, ImmutableArray<StateRow> rows, ImmutableArray<(Typestate, Evidence)> evidence)
    {
        SpokenOf = spokenOf;
        Rows = rows;
        _evidence = evidence;
        var hash = (int)spokenOf;
        foreach (var row in rows)
        {
            hash = StableHash.Combine(hash, (int)((ulong)row.Bits ^ ((ulong)row.Bits >> 32)), row.If.GetHashCode());
        }

        BitsHash = hash;
    }

    /// <summary>The components that the relation speaks of.</summary>
    public Typestate SpokenOf { get; }

    public ImmutableArray<StateRow> Rows { get; }

    public ImmutableArray<(Typestate Bit, Evidence Evidence)> AllEvidence => _evidence;

    public Evidence? EvidenceOf(Typestate bit)
    {
        foreach (var (known, evidence) in _evidence)
        {
            if (known == bit)
            {
                return evidence;
            }
        }

        return null;
    }

    /// <summary>Exactly <paramref name="bit"/> holds in its component from now on; where there are several, in each of them one.</summary>
    public ObjectState Set(Typestate component, Typestate bit, Evidence? evidence)
    {
        var builder = RelationBuilder.Begin(SpokenOf | component);
        foreach (var row in Rows)
        {
            builder.Add(row, ~component);
        }

        builder.Add(new(EntryFact.Always, bit));
        builder.AddEvidence(_evidence, ~component);
        builder.AddEvidence(bit, evidence);
        return builder.ToState();
    }

    /// <summary><paramref name="bit"/> may hold too.</summary>
    /// <param name="owner">The object.</param>
    /// <param name="when">If this was true at entry.</param>
    /// <param name="bit">The bit.</param>
    /// <param name="evidence">What makes it so.</param>
    /// <param name="replaces">Whether the evidence takes the place of what was there.</param>
    public ObjectState Add(AbstractObject owner, EntryFact when, Typestate bit, Evidence? evidence, bool replaces = false)
    {
        var builder = Expanded(owner, Component.Containing(bit));
        builder.Add(new(when, bit));
        builder.AddEvidence(_evidence, replaces ? ~bit : ~Typestate.None);
        builder.AddEvidence(bit, evidence);
        return builder.ToState();
    }

    /// <summary><paramref name="bit"/> may hold too where one of <paramref name="others"/> does, because of what made that so.</summary>
    /// <param name="owner">The object.</param>
    /// <param name="others">Bits of one component.</param>
    /// <param name="bit">The bit, of another component.</param>
    public ObjectState AddWhere(AbstractObject owner, Typestate others, Typestate bit)
    {
        var rows = RowsOf(owner, Component.Containing(others));
        var builder = Expanded(owner, Component.Containing(bit));
        builder.AddEvidence(_evidence, ~Typestate.None);
        foreach (var row in rows)
        {
            foreach (var other in Component.BitsOf(row.Bits & others))
            {
                builder.Add(row.Moved(other, bit));
                builder.AddEvidence(bit, EvidenceOf(other));
            }
        }

        return builder.ToState();
    }

    /// <summary>Each bit of <paramref name="component"/> moves to <paramref name="next"/> of it; evidence follows where the bit stays.</summary>
    public ObjectState Map(AbstractObject owner, Typestate component, Func<Typestate, Typestate> next, Evidence? evidence)
    {
        var builder = RelationBuilder.Begin(SpokenOf | component);
        var made = Typestate.None;
        var stayed = Typestate.None;
        foreach (var row in RowsOf(owner, component))
        {
            builder.Add(row, ~component);
            foreach (var bit in Component.BitsOf(row.Bits & component))
            {
                var to = next(bit);
                builder.Add(row.Moved(bit, to));
                if (to == bit)
                {
                    stayed |= bit;
                }
                else
                {
                    made |= to;
                }
            }
        }

        builder.AddEvidence(_evidence, ~component | stayed);
        foreach (var bit in Component.BitsOf(made))
        {
            if ((stayed & bit) == 0 || EvidenceOf(bit) is null)
            {
                builder.AddEvidence(bit, evidence);
            }
        }

        return builder.ToState();
    }

    /// <summary>Nothing is known of the components any more.</summary>
    public ObjectState Forget(Typestate components)
    {
        var forgotten = Typestate.None;
        foreach (var component in Component.All)
        {
            forgotten |= (component & components) != 0 && (component & Component.AllUnknown) != 0 ? component : Typestate.None;
        }

        return forgotten == Typestate.None ? this : Set(forgotten, forgotten & Component.AllUnknown, null);
    }

    /// <summary>The row of a fact that is as it was at entry.</summary>
    public static StateRow AtEntry(AbstractObject owner, Typestate bit) => new(new(owner, bit), bit, Inherited: bit);

    /// <summary>
    /// Whether a transaction is open whatever was so at entry: one was begun if none was open, as by a savepoint of which it is not
    /// known whether it is the outermost.
    /// </summary>
    public bool HasBegunUnlessBegun(AbstractObject owner) =>
        TransactionWhereNoneWas(owner).Bits is var bits && (bits & Component.AnyTransaction) != 0 && (bits & ~Component.AnyTransaction) == 0;

    /// <summary>The write that certainly waits for a commit where <see cref="HasBegunUnlessBegun"/>: in what was begun, or in what was open at entry; null if there is none.</summary>
    public Evidence? EvidenceOfWriteUnlessBegun(AbstractObject owner) =>
        TransactionWhereNoneWas(owner) is (Typestate.Written, Typestate.None) ? EvidenceOf(Typestate.Written) : null;

    private (Typestate Bits, Typestate Doubtful) TransactionWhereNoneWas(AbstractObject owner)
    {
        var (bits, doubtful) = (Typestate.None, Typestate.None);
        foreach (var row in RowsOf(owner, Component.Transaction))
        {
            if (row.If.Bit == Typestate.NoTransaction)
            {
                bits |= row.Bits & Component.Transaction;
                doubtful |= row.Doubtful & Component.Transaction;
            }
        }

        return (bits, doubtful);
    }

    /// <summary>What was begun because none was open at entry is over.</summary>
    public ObjectState EndWhereNoneWas(AbstractObject owner)
    {
        const Typestate Ended = Component.Transaction | Component.Begin;
        var builder = RelationBuilder.Begin(SpokenOf | Component.Transaction);
        foreach (var row in RowsOf(owner, Component.Transaction))
        {
            var isOver = row.If.Bit == Typestate.NoTransaction && (row.Bits & Component.Transaction) != 0;
            builder.Add(isOver ? row.Masked(~Ended) : row);
            if (isOver)
            {
                builder.Add(new(row.If, Typestate.NoTransaction));
            }
        }

        builder.AddEvidence(_evidence, ~Typestate.None);
        return builder.ToState();
    }

    /// <summary>All that may be true of it is in doubt.</summary>
    public ObjectState Doubt()
    {
        var builder = RelationBuilder.Begin(SpokenOf);
        foreach (var row in Rows)
        {
            builder.Add(row with { Doubtful = row.Bits });
        }

        builder.AddEvidence(_evidence, ~Typestate.None);
        return builder.ToState();
    }

    /// <summary>
    /// COMMIT has thrown, so that the transaction is still open. Hardly any code that has a transaction committed means that case: to
    /// callers it is in doubt.
    /// </summary>
    public ObjectState FailCommit(AbstractObject owner)
    {
        const Typestate Told = Component.Transaction | Component.Begin;
        var failed = AddWhere(owner, Component.Began, Typestate.CommitFailed);
        var builder = RelationBuilder.Begin(failed.SpokenOf | Told);
        foreach (var row in failed.RowsOf(owner, Told))
        {
            builder.Add(row with { Doubtful = row.Doubtful | (row.Bits & Component.OpenTransaction) });
        }

        builder.AddEvidence(failed._evidence, ~Typestate.None);
        return builder.ToState();
    }

    /// <summary>As callers are told of it: what is in doubt because COMMIT has thrown is no longer told apart from what else is.</summary>
    public ObjectState WithoutFailedCommit()
    {
        if (!Rows.Any(HasFailed))
        {
            return this;
        }

        var builder = RelationBuilder.Begin(SpokenOf);
        foreach (var row in Rows)
        {
            builder.Add(HasFailed(row) ? row.Masked(~Typestate.CommitFailed) : row);
        }

        builder.AddEvidence(_evidence, ~Typestate.CommitFailed);
        return builder.ToState();

        static bool HasFailed(StateRow row) => (row.Bits & Typestate.CommitFailed) != 0 && row.If.Bit != Typestate.CommitFailed;
    }

    /// <summary>The rows, those of the components it does not speak of written out.</summary>
    public ImmutableArray<StateRow> RowsOf(AbstractObject owner, Typestate components)
    {
        if (!owner.ExistsAtEntry || (components & ~SpokenOf) == 0)
        {
            return Rows;
        }

        var rows = Rows.ToBuilder();
        foreach (var bit in Component.BitsOf(components & ~SpokenOf))
        {
            rows.Add(AtEntry(owner, bit));
        }

        return rows.ToImmutable();
    }

    /// <param name="owner">The object.</param>
    /// <param name="other">Its state on another path.</param>
    /// <param name="isDoubtful">Whether what only one of the two has comes into doubt.</param>
    public ObjectState Join(AbstractObject owner, ObjectState other, bool isDoubtful)
    {
        if (ReferenceEquals(this, other) || Equals(other))
        {
            return this;
        }

        if (!isDoubtful && SpokenOf == other.SpokenOf)
        {
            // Most of what is joined has been joined before.
            if (Covers(other))
            {
                return this;
            }

            if (other.Covers(this))
            {
                return other;
            }
        }

        var spokenOf = SpokenOf | other.SpokenOf;
        var (mine, others) = (RowsOf(owner, spokenOf), other.RowsOf(owner, spokenOf));
        var builder = RelationBuilder.Begin(spokenOf);
        foreach (var row in mine)
        {
            builder.Add(isDoubtful ? Doubted(row, others) : row);
        }

        foreach (var row in others)
        {
            builder.Add(isDoubtful ? Doubted(row, mine) : row);
        }

        builder.AddEvidence(_evidence, ~Typestate.None);
        builder.AddEvidence(other._evidence, ~Typestate.None);
        return builder.ToState();
    }

    /// <summary>Whether the other, which speaks of the same components, adds nothing to this one.</summary>
    private bool Covers(ObjectState other)
    {
        var i = 0;
        foreach (var row in other.Rows)
        {
            while (i < Rows.Length && !Rows[i].If.Equals(row.If))
            {
                i++;
            }

            if (i == Rows.Length || !Rows[i].With(row).Equals(Rows[i]))
            {
                return false;
            }
        }

        foreach (var (bit, evidence) in other._evidence)
        {
            if (EvidenceOf(bit) is not { } mine || !ReferenceEquals(Evidence.First(mine, evidence), mine))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Builds a state from rows and evidence that were worked out elsewhere.</summary>
    public static ObjectState Of(Typestate spokenOf, IEnumerable<StateRow> rows, IEnumerable<(Typestate Bit, Evidence Evidence)> evidence)
    {
        var builder = RelationBuilder.Begin(spokenOf);
        foreach (var row in rows)
        {
            builder.Add(row);
        }

        foreach (var (bit, what) in evidence)
        {
            builder.AddEvidence(bit, what);
        }

        return builder.ToState();
    }

    /// <summary>The relation of these components only.</summary>
    public ObjectState Only(Typestate components) =>
        (SpokenOf & ~components) == 0 ? this : Of(SpokenOf & components, Rows.Select(row => row.Masked(components)), _evidence.Where(pair => (pair.Bit & components) != 0));

    /// <summary>The same for two that differ in nothing but doubts and evidence.</summary>
    public int BitsHash { get; }

    /// <summary>Whether the two differ in nothing but doubts and evidence.</summary>
    public bool HasSameBits(ObjectState other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (SpokenOf != other.SpokenOf || Rows.Length != other.Rows.Length)
        {
            return false;
        }

        for (var i = 0; i < Rows.Length; i++)
        {
            if (Rows[i].Bits != other.Rows[i].Bits || !Rows[i].If.Equals(other.Rows[i].If))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The components in which the two differ in more than doubts and evidence.</summary>
    public Typestate DifferingFrom(ObjectState other)
    {
        var components = Typestate.None;
        if (!HasSameBits(other))
        {
            foreach (var component in Component.All)
            {
                components |= HasSameBitsIn(component, other) ? Typestate.None : component;
            }
        }

        return components;
    }

    private bool HasSameBitsIn(Typestate component, ObjectState other)
    {
        if (((SpokenOf ^ other.SpokenOf) & component) != 0)
        {
            return false;
        }

        int i = 0, j = 0;
        while (true)
        {
            while (i < Rows.Length && (Rows[i].Bits & component) == 0)
            {
                i++;
            }

            while (j < other.Rows.Length && (other.Rows[j].Bits & component) == 0)
            {
                j++;
            }

            if (i == Rows.Length || j == other.Rows.Length)
            {
                return i == Rows.Length && j == other.Rows.Length;
            }

            if ((Rows[i].Bits & component) != (other.Rows[j].Bits & component) || !Rows[i].If.Equals(other.Rows[j].If))
            {
                return false;
            }

            (i, j) = (i + 1, j + 1);
        }
    }

    public bool Equals(ObjectState? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || BitsHash != other.BitsHash || SpokenOf != other.SpokenOf || _evidence.Length != other._evidence.Length || Rows.Length != other.Rows.Length)
        {
            return false;
        }

        for (var i = 0; i < Rows.Length; i++)
        {
            if (!Rows[i].Equals(other.Rows[i]))
            {
                return false;
            }
        }

        for (var i = 0; i < _evidence.Length; i++)
        {
            if (_evidence[i].Bit != other._evidence[i].Bit || !_evidence[i].Evidence.Equals(other._evidence[i].Evidence))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as ObjectState);

    public override int GetHashCode() => BitsHash;

    /// <summary>What holds always on one path may hold on the other for each single fact at entry: that is told row by row.</summary>
    private static StateRow Doubted(StateRow row, ImmutableArray<StateRow> others)
    {
        var present = Typestate.None;
        foreach (var other in others)
        {
            if (other.If.IsAlways || other.If.Equals(row.If))
            {
                present |= other.Bits;
            }
        }

        return row with { Doubtful = row.Doubtful | (row.Bits & ~present) };
    }

    private RelationBuilder Expanded(AbstractObject owner, Typestate component)
    {
        var builder = RelationBuilder.Begin(SpokenOf | component);
        foreach (var row in RowsOf(owner, component))
        {
            builder.Add(row);
        }

        return builder;
    }

    /// <summary>Collects rows and evidence in an order of their own, so that equal relations are equal arrays.</summary>
    internal sealed class RelationBuilder
    {
        /// <summary>Reused: relations are put together at each join and call.</summary>
        [ThreadStatic]
        private static RelationBuilder? t_free;

        private readonly List<StateRow> _rows = new(16);
        private readonly List<(Typestate Bit, Evidence Evidence)> _evidence = new(16);
        private Typestate _spokenOf;

        private RelationBuilder()
        {
        }

        /// <summary>A builder that is empty; <see cref="ToState"/> ends its use.</summary>
        public static RelationBuilder Begin(Typestate spokenOf)
        {
            var builder = t_free ?? new();
            t_free = null;
            builder._spokenOf = spokenOf;
            return builder;
        }

        public void Add(StateRow row, Typestate mask) => Add(row.Masked(mask));

        /// <summary>Adds what may be true.</summary>
        public void Add(StateRow row)
        {
            if (row.Bits == 0)
            {
                return;
            }

            // What is added is mostly in order.
            var i = _rows.Count;
            while (i > 0 && Compare(row.If, _rows[i - 1].If) is var order && order <= 0)
            {
                i--;
                if (order == 0 && _rows[i].If.Equals(row.If))
                {
                    _rows[i] = _rows[i].With(row);
                    return;
                }
            }

            _rows.Insert(i, row);
        }

        public void AddEvidence(ImmutableArray<(Typestate Bit, Evidence Evidence)> evidence, Typestate mask)
        {
            foreach (var (bit, what) in evidence)
            {
                if ((bit & mask) != 0)
                {
                    AddEvidence(bit, what);
                }
            }
        }

        public void AddEvidence(Typestate bit, Evidence? evidence)
        {
            if (evidence is null || bit == 0)
            {
                return;
            }

            var i = _evidence.Count;
            while (i > 0 && _evidence[i - 1].Bit >= bit)
            {
                i--;
                if (_evidence[i].Bit == bit)
                {
                    _evidence[i] = (bit, Evidence.First(_evidence[i].Evidence, evidence));
                    return;
                }
            }

            _evidence.Insert(i, (bit, evidence));
        }

        public ObjectState ToState()
        {
            var present = Typestate.None;
            foreach (var row in _rows)
            {
                present |= row.Bits & ~row.Inherited;
            }

            for (var i = _evidence.Count - 1; i >= 0; i--)
            {
                if ((_evidence[i].Bit & present) == 0)
                {
                    _evidence.RemoveAt(i);
                }
            }

            var state = new ObjectState(_spokenOf, _rows.ToImmutableArray(), _evidence.Count == 0 ? s_noEvidence : _evidence.ToImmutableArray());
            _rows.Clear();
            _evidence.Clear();
            t_free = this;
            return state;
        }

        private static int Compare(EntryFact a, EntryFact b)
        {
            if (a.IsAlways || b.IsAlways)
            {
                return a.IsAlways == b.IsAlways ? 0 : a.IsAlways ? -1 : 1;
            }

            var byBit = ((ulong)a.Bit).CompareTo((ulong)b.Bit);
            var byHash = byBit != 0 ? byBit : a.Object!.GetHashCode().CompareTo(b.Object!.GetHashCode());
            return byHash != 0 ? byHash : a.Equals(b) ? 0 : string.CompareOrdinal(a.Object!.ToString(), b.Object!.ToString());
        }
    }
}

/// <summary>
/// The typestate of one object as the code sees it whose callers are not known: of what existed at entry, nothing was known then.
/// </summary>
internal readonly struct ObjectView
{
    private readonly ObjectState _state;

    public ObjectView(AbstractObject owner, ObjectState state)
    {
        _state = state;
        var (bits, certain) = (Typestate.None, Typestate.None);
        foreach (var row in state.Rows)
        {
            if (row.If.IsAlways || row.If.IsUnknown)
            {
                bits |= row.Bits;
                certain |= row.Bits & ~row.Doubtful;

                // Whoever goes on although COMMIT has thrown has it open.
                certain |= (row.Bits & Typestate.CommitFailed) != 0 ? row.Bits & Component.OpenTransaction : Typestate.None;
            }
        }

        if (owner.ExistsAtEntry)
        {
            var unknown = Component.UnknownOf(owner.Kind) & ~state.SpokenOf;
            bits |= unknown;
            certain |= unknown;
        }

        Bits = bits;
        Certain = certain;
    }

    public Typestate Bits { get; }

    /// <summary>Of these, the ones that are not doubtful.</summary>
    public Typestate Certain { get; }

    public bool May(Typestate bits) => (Bits & bits) != 0;

    /// <summary>Whether <paramref name="bits"/> hold on every path: no other bit of <paramref name="component"/> is set.</summary>
    public bool Must(Typestate component, Typestate bits) => (Bits & component) is var set && set != 0 && (set & ~bits) == 0;

    /// <summary>What made the bit true; null if it is not.</summary>
    public Evidence? EvidenceOf(Typestate bit) => (Bits & bit) == 0 ? null : _state.EvidenceOf(bit);

    /// <summary>What made the bit true on a path that is not in doubt; null if there is none.</summary>
    public Evidence? CertainEvidenceOf(Typestate bit) => (Certain & bit) == 0 ? null : _state.EvidenceOf(bit);
}
