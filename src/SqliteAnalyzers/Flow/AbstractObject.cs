using Microsoft.CodeAnalysis;

namespace SqliteAnalyzers.Flow;

internal enum ObjectKind
{
    Connection,
    ConnectionStringBuilder,
    Command,
    Transaction,
    Reader,
    Batch,
    Database,
    ProcessStart,
    DataSource,
}

/// <summary>
/// Stands for all objects made at one place, or held by one parameter, field or property, or for one database.
/// </summary>
/// <param name="Kind">What the object is.</param>
/// <param name="Site">The operation that made it, if it is known where it was made.</param>
/// <param name="Symbol">What holds it, if it is not known where it was made.</param>
/// <param name="Identity">Of a database: which one.</param>
/// <param name="MadeBy">The object as it was made, if a called method made it: <paramref name="Site"/> is then the call.</param>
internal sealed record AbstractObject(
    ObjectKind Kind,
    IOperation? Site = null,
    ISymbol? Symbol = null,
    DatabaseIdentity? Identity = null,
    AbstractObject? MadeBy = null)
{
    /// <summary>Whether the state before it is first seen is unknown, and not "does not exist yet".</summary>
    public bool ExistsAtEntry => Site is null;

    public bool Equals(AbstractObject? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && Kind == other.Kind
            && ReferenceEquals(Site, other.Site)
            && SymbolEqualityComparer.Default.Equals(Symbol, other.Symbol)
            && Equals(Identity, other.Identity)
            && Equals(MadeBy, other.MadeBy));

    public override int GetHashCode() =>
        ((int)Kind * 397)
        ^ (Site is null ? 0 : System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Site))
        ^ SymbolEqualityComparer.Default.GetHashCode(Symbol)
        ^ (Identity?.GetHashCode() ?? 0);

    /// <summary>As the caller names it that got it from <paramref name="call"/>: by the call and the place it was made, however many calls lie between.</summary>
    public AbstractObject ReturnedBy(IOperation call) => new(Kind, call, MadeBy: MadeBy ?? this);
}

/// <summary>
/// Which database a connection belongs to: connections with the same constant or the same symbols as data source are one database.
/// </summary>
/// <param name="Key">The data source, with symbols for what is not constant.</param>
/// <param name="Source">How much is known of it.</param>
/// <param name="IsMemory">An in-memory or temporary database: no file, no WAL.</param>
/// <param name="IsFile">The program names a data source, and it is none in memory.</param>
internal sealed record DatabaseIdentity(string Key, DataSourceKind Source, bool IsMemory = false, bool IsFile = false)
{
    public bool Equals(DatabaseIdentity? other) => other is not null && Key == other.Key && Source == other.Source && IsMemory == other.IsMemory;

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Key);
}

internal enum DataSourceKind
{
    /// <summary>It comes from a field, the configuration, a call: it may be any database of the project.</summary>
    Unknown,

    /// <summary>It is handed to the method by a caller, who tells which one it is.</summary>
    Parameter,

    /// <summary>It is known to the letter.</summary>
    Constant,
}
