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

    public static DataSource OfFile(string path) => new(Text.Of(Normalize(path)), IsFile: true);

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
            return new(Text.Of(Normalize(dataSource)), IsConnectionString: false, parsed.IsMemory, IsFile: !parsed.IsMemory);
        }

        // What fills the holes tells the databases apart.
        var start = text.Flat.IndexOf(dataSource, StringComparison.Ordinal);
        return start < 0
            ? At(at) with { IsMemory = parsed.IsMemory, IsFile = !parsed.IsMemory }
            : new(text.Part(start, dataSource.Length).Own(), IsConnectionString: false, parsed.IsMemory, IsFile: !parsed.IsMemory);
    }

    /// <summary>Two names of one file, as far as that can be seen.</summary>
    public static string Normalize(string path)
    {
        path = path.Trim().Replace('\\', '/');
        return path.StartsWith("./", StringComparison.Ordinal) ? path.Substring(2) : path;
    }

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
    /// <remarks>The last ends <c>|DataDirectory|</c>, which stands for a folder.</remarks>
    private static readonly char[] s_separators = ['/', '\\', '|'];

    /// <summary>Whether two databases may be one by the names of their files.</summary>
    /// <param name="one">The name of the one's; null if it is not known.</param>
    /// <param name="other">The name of the other's.</param>
    public static bool MayBeOne(string? one, string? other) => one is null || other is null || one.Equals(other, StringComparison.OrdinalIgnoreCase);

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

            return new(key.ToString(), source == DataSource.Single ? DataSourceKind.Unknown : kind, source.IsMemory, source.IsFile, FileNameIn(source.Text.Flat));
        }

        var path = (database as EntryObject)?.Path.Parent;
        return path is null
            ? new($"?{database}", DataSourceKind.Unknown)
            : new($"{{{KeyOf(path, unit)}}}", path is { Root: PathRoot.Parameter, Parent: null } && isToldByCallers ? DataSourceKind.Parameter : DataSourceKind.Unknown);
    }

    /// <summary>The name of the file without the folders; null if it is not known.</summary>
    /// <remarks>A URI says more than a path, and what stands right behind a hole may be only the end of a name.</remarks>
    public static string? FileNameIn(string path)
    {
        var folders = path.LastIndexOfAny(s_separators) + 1;
        var name = path.Substring(folders);
        return name.Length == 0 || name.IndexOf(SqlSource.Hole) >= 0 || path.StartsWith("file:", StringComparison.OrdinalIgnoreCase) ? null : name;
    }

    /// <summary>The name of the last member on the way: it is the same seen from every method.</summary>
    private static string KeyOf(AccessPath path, CodeUnit unit) =>
        path.Parent is not null || path.Root == PathRoot.Static ? path.Member!.ToString() : $"{unit.Member}/{path}";

    public bool Equals(DatabaseIdentity? other) =>
        other is not null && Key == other.Key && Source == other.Source && IsMemory == other.IsMemory;

    public override int GetHashCode() => StableHash.Of(Key);
}
