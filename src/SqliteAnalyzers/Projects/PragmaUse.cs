using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Projects;

/// <summary>Which pragmas a project sets on which of its databases.</summary>
internal sealed class PragmaUse
{
    /// <summary>Callers that are asked on which database a helper sets a pragma.</summary>
    private const int MaxCallers = 4;

    private readonly Dictionary<string, HashSet<string>> _byDatabase = new(StringComparer.Ordinal);
    private readonly HashSet<string> _onAny = new(StringComparer.Ordinal);
    private readonly HashSet<string> _walDatabases = new(StringComparer.Ordinal);
    private readonly HashSet<string> _mentioned;
    private bool _walOnUnknown;

    private PragmaUse(HashSet<string> mentioned) => _mentioned = mentioned;

    /// <summary>A pragma that is set, or may be, on a database.</summary>
    private sealed record Execution(Place Site, PragmaSetting? Setting, DatabaseIdentity Database);

    public bool UsesWal(DatabaseIdentity database) =>
        _walOnUnknown || (database.Source == DataSourceKind.Constant ? _walDatabases.Contains(database.Key) : _walDatabases.Count > 0);

    /// <remarks>A database of which it is not known which one it is may be that of any text that sets a pragma.</remarks>
    public ImmutableHashSet<string> SetOn(DatabaseIdentity database)
    {
        IEnumerable<string> set = _byDatabase.TryGetValue(database.Key, out var known) ? _onAny.Concat(known) : _onAny;
        return (database.Source != DataSourceKind.Constant ? set.Concat(_mentioned) : set).ToImmutableHashSet();
    }

    /// <summary>Whether this very database is put in WAL mode, and not one of which it is not known which it is.</summary>
    public bool IsKnownToUseWal(DatabaseIdentity database) => _walDatabases.Contains(database.Key);

    /// <summary>Whether the pragma is set on this very database.</summary>
    public bool IsKnownToBeSetOn(DatabaseIdentity database, string pragma) => _byDatabase.TryGetValue(database.Key, out var known) && known.Contains(pragma);

    public static PragmaUse Collect(FlowEngine engine, Reach reach, PragmaTexts texts, CancellationToken cancellation)
    {
        var use = new PragmaUse(texts.All);
        foreach (var site in Executions(engine, reach, texts, cancellation).GroupBy(execution => execution.Site))
        {
            // Where some callers tell which database a helper is called with, it is not called with just any.
            var mayBeAny = site.All(execution => execution.Database.Source != DataSourceKind.Constant && !execution.Database.IsMemory);
            foreach (var execution in site)
            {
                use.Add(execution, mayBeAny);
            }
        }

        use._walOnUnknown |= (engine.Project.Words & Words.SetsWal) != 0;
        return use;
    }

    /// <summary>
    /// Looks at the summaries of the members whose strings or names say that they set a pragma, and, where these do not tell on which
    /// database, of those that call them.
    /// </summary>
    private static HashSet<Execution> Executions(FlowEngine engine, Reach reach, PragmaTexts texts, CancellationToken cancellation)
    {
        var all = new HashSet<Execution>();
        var seen = new HashSet<CodeMember>();
        IReadOnlyList<CodeMember> next = engine.Project.Members.Where(member => (member.Words & Words.Pragma) != 0).Select(member => member.Member).ToArray();
        for (var depth = 0; depth <= MaxCallers && next.Count > 0; depth++)
        {
            seen.UnionWith(next);
            var leftOpen = new HashSet<CodeMember>();
            foreach (var member in next)
            {
                var executions = ExecutionsIn(engine, reach, member, cancellation);
                if (executions.Count == 0
                    ? engine.Project.Entry(member)?.Has(MemberTraits.HandsOutText) == true
                    : executions.Any(execution => execution.Setting is null || execution.Database.Source != DataSourceKind.Constant))
                {
                    leftOpen.Add(member);
                }

                all.UnionWith(executions.SelectMany(execution => Resolve(execution, member, texts)));
            }

            next = engine.Calls.CallersAmong(reach.CallersOf(leftOpen).Where(member => !seen.Contains(member)), leftOpen, cancellation).ToArray();
        }

        return all;
    }

    private static IReadOnlyList<Execution> ExecutionsIn(FlowEngine engine, Reach reach, CodeMember member, CancellationToken cancellation) =>
        !reach.IsRelevant(member) ? [] : (
            from unit in engine.Units.In(member, cancellation)
            let summary = engine.SummaryOf(unit, cancellation)
            from pragma in summary.Pragmas
            select new Execution(pragma.Site, pragma.Setting, DatabaseIdentity.Of(pragma.Database, unit, summary.IsToldByCallers))).ToArray();

    /// <summary>A text of which nothing is known may set what is put together where it is executed or where the search began.</summary>
    private static IEnumerable<Execution> Resolve(Execution execution, CodeMember start, PragmaTexts texts) =>
        execution.Setting is not null
            ? [execution]
            : texts.WithinReachOf(execution.Site.Member).Concat(texts.WithinReachOf(start)).Select(setting => execution with { Setting = setting });

    private void Add(Execution execution, bool mayBeAny)
    {
        var (_, setting, database) = execution;
        var (pragma, value) = setting!;
        if (!_byDatabase.TryGetValue(database.Key, out var set))
        {
            _byDatabase.Add(database.Key, set = new(StringComparer.Ordinal));
        }

        set.Add(pragma);
        if (mayBeAny)
        {
            _onAny.Add(pragma);
        }

        if (pragma is "journal_mode" or Configures.AnyPragma && (value is null || value.Equals("wal", StringComparison.OrdinalIgnoreCase)))
        {
            _walDatabases.Add(database.Key);
            _walOnUnknown |= mayBeAny;
        }
    }
}
