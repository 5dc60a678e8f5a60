using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Projects;

/// <summary>Which pragmas a project sets on which of its databases.</summary>
internal sealed class PragmaUse
{
    private readonly Dictionary<string, Dictionary<string, HashSet<string?>>> _byDatabase = new(StringComparer.Ordinal);
    private readonly HashSet<(string Pragma, string? FileName)> _onAny = [];
    private readonly HashSet<string?> _walOnAny = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _walDatabases = new(StringComparer.Ordinal);
    private readonly HashSet<string?> _walFileNames = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _mentioned;
    private readonly IReadOnlyCollection<DatabasePragma> _executions;

    private PragmaUse(HashSet<string> mentioned, IReadOnlyCollection<DatabasePragma> executions) => (_mentioned, _executions) = (mentioned, executions);

    public bool UsesWal(DatabaseIdentity database) =>
        _walOnAny.Any(name => DatabaseIdentity.MayBeOne(name, database.FileName))
        || (database.Source == DataSourceKind.Constant ? _walDatabases.Contains(database.Key) : _walFileNames.Any(name => DatabaseIdentity.MayBeOne(name, database.FileName)));

    /// <remarks>A database of which it is not known which one it is may be that of any text that sets a pragma.</remarks>
    public ImmutableHashSet<string> SetOn(DatabaseIdentity database)
    {
        var onAny = _onAny.Where(set => DatabaseIdentity.MayBeOne(set.FileName, database.FileName)).Select(set => set.Pragma);
        var set = _byDatabase.TryGetValue(database.Key, out var known) ? onAny.Concat(known.Keys) : onAny;
        return (database.Source != DataSourceKind.Constant ? set.Concat(_mentioned) : set).ToImmutableHashSet();
    }

    /// <summary>Whether this very database is put in WAL mode, and not one of which it is not known which it is, nor only until it is put in another.</summary>
    public bool IsKnownToUseWal(DatabaseIdentity database) =>
        _walDatabases.Contains(database.Key) && ValuesOn(database, "journal_mode").All(value => value is null || value.Equals("WAL", StringComparison.OrdinalIgnoreCase));

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
            var isOnAny = search.OnAny.Contains(site.Key);
            var mayBeAny = isOnAny || site.All(execution => execution.Database.Source != DataSourceKind.Constant && !execution.Database.IsMemory);
            foreach (var execution in site)
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

        if ((engine.Project.Words & Words.SetsWal) != 0)
        {
            use._walOnAny.Add(null);
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
        if (setting.MayBeWal)
        {
            _walDatabases.Add(database.Key);
            _walFileNames.Add(database.FileName);
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
