using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Model;

/// <summary>
/// Which database a connection belongs to, as the code says it: connections with the same constant, or the same values in its
/// place, are to one database.
/// </summary>
/// <param name="Text">The data source; where nothing but a connection string is known, that.</param>
/// <param name="IsConnectionString">Whether <paramref name="Text"/> is a whole connection string of which nothing is known.</param>
/// <param name="IsMemory">An in-memory or temporary database: no file, no WAL.</param>
/// <param name="IsFile">The program names a data source, and it is none in memory.</param>
internal sealed record DataSource(Text Text, bool IsConnectionString = false, bool IsMemory = false, bool IsFile = false)
{
    /// <summary>The only file of a project: every connection belongs to it.</summary>
    public static readonly DataSource Single = new(Text.Of(""));

    public static DataSource Of(AccessPath connectionString) =>
        new(Text.OfHole(new(connectionString, null)), IsConnectionString: true);

    public static DataSource At(Place site) => new(Text.OfHole(new(null, site)), IsConnectionString: true);

    public static DataSource OfFile(string path) => new(Text.Of(DatabasePath.Normalize(path)), IsFile: true);

    /// <summary>The one that a connection string names, as far as it is known.</summary>
    /// <param name="text">The connection string.</param>
    /// <param name="at">Tells the ones apart that name none.</param>
    public static DataSource OfConnectionString(Text text, Place at) => OfConnectionString(ConnectionStringText.Parse(text.Flat), text, at);

    public static DataSource OfConnectionString(ConnectionStringText? parsed, Text text, Place at)
    {
        if (parsed?.DataSource is not { } dataSource)
        {
            return At(at) with { IsMemory = parsed is { IsMemory: true } };
        }

        if (dataSource.IndexOf(SqlSource.Hole) < 0)
        {
            return new(Text.Of(DatabasePath.Normalize(dataSource)), IsConnectionString: false, parsed.IsMemory, IsFile: !parsed.IsMemory);
        }

        // What fills the holes tells the databases apart.
        var start = text.Flat.IndexOf(dataSource, StringComparison.Ordinal);
        return start < 0
            ? At(at) with { IsMemory = parsed.IsMemory, IsFile = !parsed.IsMemory }
            : new(text.Part(start, dataSource.Length).Own(), IsConnectionString: false, parsed.IsMemory, IsFile: !parsed.IsMemory);
    }

    /// <summary>Whether this may be the same database under another name: one of which too little is known, or the same file in another spelling.</summary>
    public bool MayBe(DataSource other)
    {
        if (IsMemory != other.IsMemory || (IsMemory && !Text.HasHoles && !other.Text.HasHoles))
        {
            return Equals(other);
        }

        return !Text.HasHoles && !other.Text.HasHoles ? DatabasePath.MayBeOne(Text.Flat, other.Text.Flat)
            : DatabasePath.NameIn(Text.Flat) is { } name && DatabasePath.NameIn(other.Text.Flat) is { } another ? name.Equals(another, StringComparison.OrdinalIgnoreCase)
            : Text.HasHoles != other.Text.HasHoles || HasNamelessHole || other.HasNamelessHole;
    }

    /// <summary>Whether nothing but the place is known of where a part of it comes from.</summary>
    private bool HasNamelessHole => Text.Holes.Any(static hole => hole.Value is null);

    public bool Equals(DataSource? other) =>
        ReferenceEquals(this, other) || (other is not null && IsMemory == other.IsMemory && Text.Equals(other.Text));

    public override int GetHashCode() => StableHash.Combine(Text.GetHashCode(), IsMemory ? 1 : 0);

    public override string ToString() => $"{Text}{(IsMemory ? " in memory" : "")}";
}

/// <summary>How much is known of a data source, seen from the whole project.</summary>
internal enum DataSourceKind
{
    /// <summary>It comes from a field, the configuration, a call: it may be any database of the project.</summary>
    Unknown,

    /// <summary>It is handed to the method by a caller, who tells which one it is.</summary>
    Parameter,

    /// <summary>It is known to the letter.</summary>
    Constant,
}

/// <summary>A database as the whole project speaks of it, told by the names of what leads to it.</summary>
/// <param name="Key">The data source, with names for what is not constant.</param>
/// <param name="Source">How much is known of it.</param>
/// <param name="IsMemory">An in-memory or temporary database: no file, no WAL.</param>
/// <param name="IsFile">The program names a data source, and it is none in memory.</param>
/// <param name="FileName">The name of its file without the folders, if that is constant.</param>
internal sealed record DatabaseIdentity(string Key, DataSourceKind Source, bool IsMemory = false, bool IsFile = false, string? FileName = null)
{
    /// <summary>Whether two databases may be one by the names of their files.</summary>
    /// <param name="one">The name of the one's; null if it is not known.</param>
    /// <param name="other">The name of the other's.</param>
    public static bool MayBeOne(string? one, string? other) => one is null || other is null || one.Equals(other, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether this may be the other database, by its whole path where both are known to the letter.</summary>
    public bool MayBe(DatabaseIdentity other) => Source == DataSourceKind.Constant && other.Source == DataSourceKind.Constant
        ? IsMemory == other.IsMemory && (IsMemory ? Key == other.Key : DatabasePath.MayBeOne(Key, other.Key))
        : MayBeOne(FileName, other.FileName);

    /// <param name="database">The database as the code of <paramref name="unit"/> speaks of it.</param>
    /// <param name="unit">The code.</param>
    /// <param name="isToldByCallers">Whether callers that can be found hand in the parameters of the code.</param>
    public static DatabaseIdentity Of(AbstractObject database, CodeUnit unit, bool isToldByCallers)
    {
        if (database is DatabaseObject { Source: var source })
        {
            var key = new System.Text.StringBuilder();
            var hole = 0;
            var kind = DataSourceKind.Constant;
            foreach (var character in source.Text.Flat)
            {
                if (character != SqlSource.Hole)
                {
                    key.Append(character);
                    continue;
                }

                var (value, site) = source.Text.Holes[hole++];
                key.Append('{').Append(value is null ? $"?{site}" : KeyOf(value, unit)).Append('}');
                kind = kind != DataSourceKind.Unknown && value is { Root: PathRoot.Parameter, Parent: null } && isToldByCallers ? DataSourceKind.Parameter : DataSourceKind.Unknown;
            }

            return new(key.ToString(), source == DataSource.Single ? DataSourceKind.Unknown : kind, source.IsMemory, source.IsFile, DatabasePath.NameIn(source.Text.Flat));
        }

        var path = (database as EntryObject)?.Path.Parent;
        return path is null
            ? new($"?{database}", DataSourceKind.Unknown)
            : new($"{{{KeyOf(path, unit)}}}", path is { Root: PathRoot.Parameter, Parent: null } && isToldByCallers ? DataSourceKind.Parameter : DataSourceKind.Unknown);
    }

    /// <summary>The name of the last member on the way: it is the same seen from every method.</summary>
    private static string KeyOf(AccessPath path, CodeUnit unit) =>
        path.Parent is not null || path.Root == PathRoot.Static ? path.Member!.ToString() : $"{unit.Member}/{path}";

    public bool Equals(DatabaseIdentity? other) =>
        other is not null && Key == other.Key && Source == other.Source && IsMemory == other.IsMemory;

    public override int GetHashCode() => StableHash.Of(Key);
}
