namespace SqliteAnalyzers.Model;

internal enum ObjectKind
{
    /// <summary>Of a type that no library knows.</summary>
    Plain,
    Connection,
    ConnectionStringBuilder,
    Command,
    Transaction,
    Reader,

    /// <summary>Rows that are read one by one while they are enumerated.</summary>
    Rows,
    Batch,
    Database,
    ProcessStart,
    DataSource,
    Context,

    /// <summary>A set of a context, or a query of one, that is executed anew each time it is enumerated.</summary>
    Query,
    ContextOptions,
    Lazy,
    Enumerator,
    TextBuilder,
    Handle,

    /// <summary>A block of code that is to be one transaction, whatever connections it opens.</summary>
    TransactionScope,
}

/// <summary>Stands for the objects that are told apart by nothing the engine knows.</summary>
internal abstract record AbstractObject(ObjectKind Kind) : Atom
{
    /// <summary>Whether it was there before the code that is looked at was entered, so that nothing is known of it at first.</summary>
    public abstract bool ExistsAtEntry { get; }

    /// <summary>Whether a caller may know more of it.</summary>
    public virtual bool IsHandedIn => false;

    /// <summary>Whether it stands for several objects at once, of which an event changes one and leaves the others.</summary>
    public virtual bool IsMany => false;

    /// <summary>
    /// What the code has made, or was given by a call, that it is or belongs to: who does not hold that cannot reach it. Null if it
    /// was there at entry.
    /// </summary>
    public virtual MadeObject? Origin => null;
}

/// <summary>The objects made at one place.</summary>
/// <param name="Kind">What they are.</param>
/// <param name="Site">The code that makes it, or the call that leads to it.</param>
/// <param name="Via">As the called method names it, if <paramref name="Site"/> is a call.</param>
/// <param name="Many">The ones made there in earlier rounds of a loop, where they can still be reached.</param>
internal sealed record MadeObject(ObjectKind Kind, Place Site, MadeObject? Via = null, bool Many = false) : AbstractObject(Kind)
{
    /// <summary>Calls that the name of an object leads over at most.</summary>
    private const int MaxLength = 8;

    private readonly int _hash = StableHash.Combine(
        StableHash.Combine((int)Kind, Site.GetHashCode(), Via?.GetHashCode() ?? 0),
        Many ? 1 : 0);

    /// <summary>The member whose code makes it, in whatever method that is called.</summary>
    public CodeMember Maker => Via?.Maker ?? Site.Member;

    /// <summary>Where the member makes it or calls what does, in whatever lambda or local function of it that stands.</summary>
    public Place MadeAt => Chain.Last(made => made.Site.Member.Equals(Site.Member)).Site;

    private IEnumerable<MadeObject> Chain
    {
        get
        {
            for (var made = this; made is not null; made = made.Via)
            {
                yield return made;
            }
        }
    }

    private int Length => Via is null ? 1 : Via.Length + 1;

    public override bool ExistsAtEntry => false;

    public override bool IsMany => Many;

    public override MadeObject? Origin => this;

    /// <summary>As the code that got it from <paramref name="call"/> names it. In a recursion the names do not grow.</summary>
    public MadeObject ReturnedBy(Place call)
    {
        if (Chain.FirstOrDefault(made => made.Site.Equals(call)) is { } known)
        {
            return known with { Many = Many };
        }

        return new(Kind, call, Length < MaxLength ? this : Via, Many);
    }

    public bool Equals(MadeObject? other) =>
        ReferenceEquals(this, other)
        || (other is not null && _hash == other._hash && Kind == other.Kind && Many == other.Many && Site.Equals(other.Site) && Equals(Via, other.Via));

    public override int GetHashCode() => _hash;

    public override string ToString() => $"{Kind}({Site}{(Via is null ? "" : $" via {Via}")}{(Many ? " *" : "")})";
}

/// <summary>An object that was there at entry, told by where it was found.</summary>
/// <param name="Kind">What it is, as far as the code that read it says; the same object may be read under a type that says less.</param>
/// <param name="Path">Where it was found.</param>
internal sealed record EntryObject(ObjectKind Kind, AccessPath Path) : AbstractObject(Kind)
{
    public override bool ExistsAtEntry => true;

    public override bool IsHandedIn => Path.IsHandedIn;

    public override MadeObject? Origin => Path.IsOwn ? Path.Made : null;

    /// <remarks>Any element of a collection is not one element.</remarks>
    public override bool IsMany
    {
        get
        {
            for (var path = Path; path is not null; path = path.Parent)
            {
                if (path.Member?.Kind == ObjectMemberKind.Element || path.Made is { Many: true })
                {
                    return true;
                }
            }

            return false;
        }
    }

    public bool Equals(EntryObject? other) =>
        ReferenceEquals(this, other) || (other is not null && Path.Equals(other.Path));

    public override int GetHashCode() => Path.GetHashCode();

    public override string ToString() => $"{Kind}[{Path}]";
}

/// <summary>A database, told by what the program says of its data source.</summary>
internal sealed record DatabaseObject(DataSource Source) : AbstractObject(ObjectKind.Database)
{
    public override bool ExistsAtEntry => true;

    public override bool IsHandedIn => Source.Text.IsHandedIn;

    public bool Equals(DatabaseObject? other) => ReferenceEquals(this, other) || (other is not null && Source.Equals(other.Source));

    public override int GetHashCode() => Source.GetHashCode();

    public override string ToString() => $"Database({Source})";
}
