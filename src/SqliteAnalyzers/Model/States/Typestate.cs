using System.Collections;

namespace SqliteAnalyzers.Model;

/// <summary>
/// What may be true of an object at a place in the program: a product of small lattices, each a set of bits.
/// </summary>
/// <remarks>
/// Joining two paths is a bitwise or, so the height of the lattice, and with it the number of iterations, is bounded by the bits.
/// A "may" question asks for a bit, a "must" question asks that no other bit of the component is set.
/// The Unknown bit of a component answers both with no: unknown means silent.
/// </remarks>
[Flags]
internal enum Typestate : ulong
{
    None = 0,

    Closed = 1 << 0,
    Open = 1 << 1,
    OpenUnknown = 1 << 2,

    /// <summary>Autocommit: each statement is a transaction of its own.</summary>
    NoTransaction = 1 << 3,

    /// <summary>BEGIN DEFERRED, and nothing run since: no lock, no snapshot.</summary>
    Begun = 1 << 4,

    /// <summary>A transaction that holds a read snapshot.</summary>
    Reading = 1 << 5,

    /// <summary>BEGIN IMMEDIATE or EXCLUSIVE, and nothing written since.</summary>
    Reserved = 1 << 6,

    /// <summary>A transaction with uncommitted writes.</summary>
    Written = 1 << 7,
    TransactionUnknown = 1 << 8,

    NoReader = 1 << 9,

    /// <summary>A data reader on the connection has not been read to its end nor closed.</summary>
    HalfRead = 1 << 10,
    ReaderUnknown = 1 << 11,

    ReadWrite = 1 << 12,
    ReadOnly = 1 << 13,

    Pooled = 1 << 14,
    Unpooled = 1 << 15,

    /// <summary>Of a database: everything committed stands in the database file.</summary>
    WalClean = 1 << 16,

    /// <summary>Of a database: committed writes may stand in the -wal file only.</summary>
    WalWritten = 1 << 17,

    /// <summary>As <see cref="WalWritten"/>, and a PASSIVE checkpoint has run since: it moves what nobody is in the way of.</summary>
    WalPassive = 1 << 18,

    /// <summary>As <see cref="WalClean"/>, because the last connection that the code knows of was closed without a pool.</summary>
    WalClosed = 1 << 19,
    WalUnknown = 1 << 20,

    /// <summary>The transaction began as DEFERRED: its evidence stays while the transaction moves on.</summary>
    BeganDeferred = 1 << 21,
    BeganImmediate = 1 << 22,
    BeginUnknown = 1 << 23,

    /// <summary>Writes of rows outside a transaction on the connection since it was opened: none, one, more.</summary>
    NoWrite = 1 << 24,
    OneWrite = 1 << 25,
    ManyWrites = 1 << 26,
    WritesUnknown = 1 << 27,

    /// <summary>As <see cref="HalfRead"/>, of rows that a write answers: INSERT … RETURNING.</summary>
    HalfReturned = 1 << 28,

    /// <summary>
    /// An exception is on its way that came while a transaction was open, and nothing has ended that since: the evidence is what began it.
    /// </summary>
    LeftByException = 1 << 29,

    /// <summary>As <see cref="LeftByException"/>, by an exception of the provider: SQLite has refused a statement.</summary>
    LeftByFailure = 1 << 30,

    /// <summary>COMMIT has thrown, and nothing has ended the transaction since.</summary>
    CommitFailed = 1UL << 31,

    /// <summary>As <see cref="Pooled"/>, and its pool was cleared since it was opened: it does not go back to it.</summary>
    Cleared = 1UL << 32,
}

/// <summary>The components of <see cref="Typestate"/>, and what is unknown of an object.</summary>
internal static class Component
{
    public const Typestate Opening = Typestate.Closed | Typestate.Open | Typestate.OpenUnknown;

    public const Typestate Transaction = Typestate.NoTransaction | Typestate.Begun | Typestate.Reading
        | Typestate.Reserved | Typestate.Written | Typestate.TransactionUnknown;

    public const Typestate Reader = Typestate.NoReader | Typestate.HalfRead | Typestate.HalfReturned | Typestate.ReaderUnknown;

    public const Typestate Access = Typestate.ReadWrite | Typestate.ReadOnly;

    public const Typestate Pooling = Typestate.Pooled | Typestate.Unpooled | Typestate.Cleared;

    /// <summary>No pool keeps the connection open when it is closed.</summary>
    public const Typestate ClosesForGood = Typestate.Unpooled | Typestate.Cleared;

    public const Typestate Wal = Typestate.WalClean | Typestate.WalWritten | Typestate.WalPassive | Typestate.WalClosed | Typestate.WalUnknown;

    /// <summary>How the transaction that is open now was begun; no bit where none is open, or where it belongs to a batch.</summary>
    public const Typestate Begin = Typestate.BeganDeferred | Typestate.BeganImmediate | Typestate.BeginUnknown;

    public const Typestate Writes = Typestate.NoWrite | Typestate.OneWrite | Typestate.ManyWrites | Typestate.WritesUnknown;

    /// <summary>What an exception leaves: one that is on its way, or one that a COMMIT has thrown; no bit where none does.</summary>
    public const Typestate Failure = Typestate.LeftByException | Typestate.LeftByFailure | Typestate.CommitFailed;

    /// <summary>A transaction is open of which it is known what began it.</summary>
    public const Typestate Began = Typestate.BeganDeferred | Typestate.BeganImmediate;

    /// <summary>A transaction is open, and how it was begun.</summary>
    public const Typestate OpenTransaction = AnyTransaction | Began;

    /// <summary>The bits that say that nothing is known of a component.</summary>
    public const Typestate AllUnknown = Typestate.OpenUnknown | Typestate.TransactionUnknown | Typestate.ReaderUnknown
        | Typestate.WalUnknown | Typestate.BeginUnknown | Typestate.WritesUnknown;

    /// <summary>BEGIN has run, and neither COMMIT nor ROLLBACK since.</summary>
    public const Typestate AnyTransaction = Typestate.Begun | InTransaction;

    /// <summary>A transaction that holds a snapshot or a lock.</summary>
    public const Typestate InTransaction = Typestate.Reading | Typestate.Reserved | Typestate.Written;

    /// <summary>Every component once.</summary>
    public static readonly Typestate[] All = [Opening, Transaction, Reader, Access, Pooling, Wal, Begin, Writes, Failure];

    /// <summary>The components that an object of this kind has.</summary>
    public static Typestate Of(ObjectKind kind) => kind switch
    {
        ObjectKind.Connection => Opening | Transaction | Reader | Access | Pooling | Begin | Writes | Failure,
        ObjectKind.Database => Wal,
        _ => Typestate.None,
    };

    public static Typestate UnknownOf(ObjectKind kind) => Of(kind) & AllUnknown;

    /// <summary>The component that a bit belongs to.</summary>
    public static Typestate Containing(Typestate bit)
    {
        foreach (var component in All)
        {
            if ((component & bit) != 0)
            {
                return component;
            }
        }

        return Typestate.None;
    }

    /// <summary>The single bits, the lowest first.</summary>
    public static Bits BitsOf(Typestate bits) => new(bits);

    /// <summary>Enumerated without an allocation: it is in the innermost loops of the engine.</summary>
    public struct Bits(Typestate bits) : IEnumerable<Typestate>, IEnumerator<Typestate>
    {
        private ulong _left = (ulong)bits;

        public Typestate Current { get; private set; }

        readonly object IEnumerator.Current => Current;

        public readonly Bits GetEnumerator() => this;

        readonly IEnumerator<Typestate> IEnumerable<Typestate>.GetEnumerator() => this;

        readonly IEnumerator IEnumerable.GetEnumerator() => this;

        public void Reset() => _left = (ulong)bits;

        public readonly void Dispose()
        {
        }

        public bool MoveNext()
        {
            var lowest = _left & (~_left + 1);
            Current = (Typestate)lowest;
            _left &= ~lowest;
            return lowest != 0;
        }
    }
}
