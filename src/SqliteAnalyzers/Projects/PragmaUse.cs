using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Projects;

/// <summary>Which pragmas a project sets on which of its databases.</summary>
internal sealed class PragmaUse
{
    /// <summary>Without the name of one, a pragma is set on all databases that the connection has attached.</summary>
    private static readonly HashSet<int> s_attaches = [.. new[] { "ATTACH", "attach", "Attach" }.Select(NameHash.Of)];

    private readonly Dictionary<string, Dictionary<string, HashSet<string?>>> _byDatabase = new(StringComparer.Ordinal);
    private readonly HashSet<DatabaseIdentity> _databases = [];
    private readonly HashSet<(string Pragma, string? FileName)> _onAny = [];
    private readonly HashSet<string?> _walOnAny = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<DatabaseIdentity> _walDatabases = [];
    private readonly HashSet<string> _mentioned;
    private readonly IReadOnlyCollection<DatabasePragma> _executions;

    private PragmaUse(HashSet<string> mentioned, IReadOnlyCollection<DatabasePragma> executions) => (_mentioned, _executions) = (mentioned, executions);

    public bool UsesWal(DatabaseIdentity database) =>
        _walOnAny.Any(name => DatabaseIdentity.MayBeOne(name, database.FileName)) || NamesakesOf(database, _walDatabases).Any();

    /// <remarks>A database of which it is not known which one it is may be that of any text that sets a pragma.</remarks>
    public ImmutableHashSet<string> SetOn(DatabaseIdentity database)
    {
        var onAny = _onAny.Where(set => DatabaseIdentity.MayBeOne(set.FileName, database.FileName)).Select(set => set.Pragma);
        var set = onAny.Concat(NamesakesOf(database, _databases).SelectMany(other => _byDatabase[other.Key].Keys));
        return (database is { Source: not DataSourceKind.Constant, FileName: null } ? set.Concat(_mentioned) : set).ToImmutableHashSet();
    }

    /// <summary>Of these databases, the ones that it may be. What is set on one of which it is not known which it is counts for any, or for none.</summary>
    private static IEnumerable<DatabaseIdentity> NamesakesOf(DatabaseIdentity database, IEnumerable<DatabaseIdentity> others) => others.Where(other =>
        other.Key == database.Key
        || ((database.Source != DataSourceKind.Constant || other.Source == DataSourceKind.Constant) && database.MayBe(other)));

    /// <summary>Whether this very database is put in WAL mode, and not one of which it is not known which it is, nor only until it is put in another.</summary>
    public bool IsKnownToUseWal(DatabaseIdentity database) =>
        _walDatabases.Any(other => other.Key == database.Key) && ValuesOn(database, "journal_mode").All(value => value is null || value.Equals("WAL", StringComparison.OrdinalIgnoreCase));

    /// <summary>The values to which the pragma is set on this very database; null among them where one is not known.</summary>
    public IReadOnlyCollection<string?> ValuesOn(DatabaseIdentity database, string pragma) =>
        _byDatabase.TryGetValue(database.Key, out var known) && known.TryGetValue(pragma, out var values) ? values : [];

    /// <summary>Where such a pragma is set, and on which databases.</summary>
    public IEnumerable<DatabasePragma> SettingsOf(Func<PragmaSetting, bool> isSuch) => _executions.Where(execution => isSuch(execution.Setting!));

    public static PragmaUse Collect(FlowEngine engine, Reach reach, PragmaTexts texts, CancellationToken cancellation)
    {
        var search = new PragmaSearch(engine, reach, texts, cancellation);
        search.Run();
        var use = new PragmaUse(texts.All, search.Executions);
        foreach (var site in search.Executions.GroupBy(execution => execution.Site))
        {
            // Where some callers tell which database a helper is called with, it is not called with just any.
            var isOnAny = search.OnAny.Contains(site.Key) || (engine.Project.Entry(site.Key.Member) is { } member && NameHash.Overlaps(member.Names, s_attaches));
            var mayBeAny = isOnAny || site.All(execution => execution.Database.Source != DataSourceKind.Constant && !execution.Database.IsMemory);
            foreach (var execution in site.Where(execution => !execution.Database.IsMemory))
            {
                use.Add(execution);
                if (mayBeAny)
                {
                    use.AddOnAny(execution.Setting!, isOnAny ? null : execution.Database.FileName);
                }
            }
        }

        foreach (var setting in search.TextsOnAny)
        {
            use.AddOnAny(setting, fileName: null);
        }

        return use;
    }

    private void Add(DatabasePragma execution)
    {
        var (setting, database) = (execution.Setting!, execution.Database);
        if (!_byDatabase.TryGetValue(database.Key, out var set))
        {
            _byDatabase.Add(database.Key, set = new(StringComparer.Ordinal));
        }

        if (!set.TryGetValue(setting.Name, out var values))
        {
            set.Add(setting.Name, values = new(StringComparer.OrdinalIgnoreCase));
        }

        values.Add(setting.Value);
        _databases.Add(database);
        if (setting.MayBeWal)
        {
            _walDatabases.Add(database);
        }
    }

    /// <param name="setting">The pragma.</param>
    /// <param name="fileName">The name of the file that each of these databases has; null: any.</param>
    private void AddOnAny(PragmaSetting setting, string? fileName)
    {
        _onAny.Add((setting.Name, fileName));
        if (setting.MayBeWal)
        {
            _walOnAny.Add(fileName);
        }
    }
}
