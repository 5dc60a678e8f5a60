using Microsoft.CodeAnalysis;

namespace SqliteAnalyzers.Rules.Configuration;

/// <summary>The versions of libraries that bring a fault with them which damages or mixes up databases in WAL mode.</summary>
internal static class AffectedVersions
{
    /// <summary>The bug: https://sqlite.org/wal.html#walresetbug.</summary>
    private const string Engine = "its SQLite can damage a database when two checkpoints follow one another while another connection commits";

    /// <summary>The bug: https://github.com/dotnet/efcore/issues/39008.</summary>
    private const string Pool = "its pool can hand one connection to two who open at once";

    private const string Driver = "Microsoft.Data.Sqlite";

    /// <summary>The bundle that carries SQLite, or else the library that calls it: what is referenced in a later version than the driver asks for counts.</summary>
    private static readonly string[] s_bundles = ["SQLitePCLRaw.batteries_v2", "SQLitePCLRaw.core"];

    /// <summary>What to update, and why; null where no reference is known to be affected.</summary>
    public static (string Library, string Why)? Find(IEnumerable<AssemblyIdentity> references)
    {
        var versions = new Dictionary<string, Version>(StringComparer.Ordinal);
        foreach (var reference in references)
        {
            versions[reference.Name] = reference.Version;
        }

        var driver = versions.TryGetValue(Driver, out var own) ? own : null;
        var bundle = s_bundles.FirstOrDefault(versions.ContainsKey);
        var hasPool = driver is not null && IsWithin(driver, 10, 0, 11);
        var hasEngine = bundle is not null
            ? IsUpTo(versions[bundle], 2, 1, 11) || IsWithin(versions[bundle], 3, 0, 3)
            : driver is not null && (IsUpTo(driver, 8, 0, 29) || IsWithin(driver, 9, 0, 18) || IsWithin(driver, 10, 0, 10));
        return hasPool || (hasEngine && bundle is null) ? ($"{Driver} {Short(driver!)}", hasPool && hasEngine ? $"{Engine}, and {Pool}" : hasPool ? Pool : Engine)
            : hasEngine ? ($"SQLitePCLRaw {Short(versions[bundle!])}", Engine)
            : null;
    }

    private static bool IsUpTo(Version version, int major, int minor, int build) => new Version(version.Major, version.Minor, version.Build) <= new Version(major, minor, build);

    private static bool IsWithin(Version version, int major, int minor, int build) => version.Major == major && IsUpTo(version, major, minor, build);

    private static string Short(Version version) => version.ToString(3);
}
