using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Projects;

/// <summary>Which pragmas a project sets on which of its databases.</summary>
internal sealed class PragmaUse
{
    /// <summary>Calls over which is asked on which database a helper sets a pragma.</summary>
    private const int MaxCalls = 4;

    /// <summary>A helper that sets pragmas may have many callers, each with a database of its own.</summary>
    private const int MaxAsked = 100;

    private readonly Dictionary<string, HashSet<string>> _byDatabase = new(StringComparer.Ordinal);
    private readonly HashSet<string> _onAny = new(StringComparer.Ordinal);
    private readonly HashSet<string> _walDatabases = new(StringComparer.Ordinal);
    private readonly HashSet<string> _mentioned;
    private bool _walOnUnknown;

    private PragmaUse(HashSet<string> mentioned) => _mentioned = mentioned;

    /// <summary>A pragma that is set, or may be, on a database.</summary>
    /// <param name="Site">The call that executes it.</param>
    /// <param name="Setting">Null where nothing is known of the text.</param>
    /// <param name="Database">The database, as far as it is known here.</param>
    /// <param name="IsLeftOpen">Whether callers may know more of it.</param>
    private sealed record Execution(Place Site, PragmaSetting? Setting, DatabaseIdentity Database, bool IsLeftOpen);

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
        var search = new Search(engine, reach, texts, cancellation);
        search.Run();
        foreach (var site in search.Executions.GroupBy(execution => execution.Site))
        {
            // Where some callers tell which database a helper is called with, it is not called with just any.
            var mayBeAny = search.OnAny.Contains(site.Key) || site.All(execution => execution.Database.Source != DataSourceKind.Constant && !execution.Database.IsMemory);
            foreach (var execution in site)
            {
                use.Add(execution, mayBeAny);
            }
        }

        foreach (var setting in search.TextsOnAny)
        {
            use.AddOnAny(setting);
        }

        use._walOnUnknown |= (engine.Project.Words & Words.SetsWal) != 0;
        return use;
    }

    private void Add(Execution execution, bool mayBeAny)
    {
        var (setting, database) = (execution.Setting!, execution.Database);
        if (!_byDatabase.TryGetValue(database.Key, out var set))
        {
            _byDatabase.Add(database.Key, set = new(StringComparer.Ordinal));
        }

        set.Add(setting.Name);
        if (mayBeAny)
        {
            AddOnAny(setting);
        }

        if (setting.MayBeWal)
        {
            _walDatabases.Add(database.Key);
        }
    }

    private void AddOnAny(PragmaSetting setting)
    {
        _onAny.Add(setting.Name);
        _walOnUnknown |= setting.MayBeWal;
    }

    /// <summary>
    /// Looks at the summaries of the members whose strings or names say that they set a pragma, and, where these do not tell which
    /// pragma or on which database, of those that call them.
    /// </summary>
    private sealed class Search(FlowEngine engine, Reach reach, PragmaTexts texts, CancellationToken cancellation)
    {
        private readonly Dictionary<CodeMember, IReadOnlyList<Execution>> _known = [];

        public HashSet<Execution> Executions { get; } = [];

        /// <summary>The places of which callers may tell that were not asked: on any database.</summary>
        public HashSet<Place> OnAny { get; } = [];

        /// <summary>What such callers may execute.</summary>
        public HashSet<PragmaSetting> TextsOnAny { get; } = [];

        public void Run()
        {
            foreach (var member in engine.Project.Members)
            {
                if ((member.Words & Words.Pragma) != 0)
                {
                    AskCallers(member.Member);
                }
            }
        }

        /// <summary>What callers know of what the code of a member leaves open; where it hands out a text, of all that they execute.</summary>
        private void AskCallers(CodeMember member)
        {
            var own = Look(member);
            var open = new HashSet<Place>(own.Where(execution => execution.IsLeftOpen).Select(execution => execution.Site));
            if (!IsLeftOpen(member))
            {
                return;
            }

            var callers = new Callers(engine, reach, MaxCalls, MaxAsked);
            foreach (var caller in callers.Of(member, IsLeftOpen, cancellation))
            {
                Look(caller);
            }

            if (!callers.WereAllAsked)
            {
                OnAny.UnionWith(open);
                TextsOnAny.UnionWith(own.Count == 0 ? texts.WithinReachOf(member) : []);
            }

            bool IsLeftOpen(CodeMember asked) => Look(asked) is { Count: > 0 } executions
                ? executions.Any(execution => execution.IsLeftOpen && (own.Count == 0 || open.Contains(execution.Site)))
                : engine.Project.Entry(asked)?.Has(MemberTraits.HandsOutText) == true;
        }

        private IReadOnlyList<Execution> Look(CodeMember member)
        {
            if (!_known.TryGetValue(member, out var executions))
            {
                _known.Add(member, executions = ExecutionsIn(member));
                Executions.UnionWith(executions.SelectMany(execution => Resolve(execution, member)));
            }

            return executions;
        }

        private IReadOnlyList<Execution> ExecutionsIn(CodeMember member) =>
            !reach.IsRelevant(member) ? [] : (
                from unit in engine.Units.In(member, cancellation)
                let summary = engine.SummaryOf(unit, cancellation)
                from pragma in summary.Pragmas
                select new Execution(
                    pragma.Site,
                    pragma.Setting,
                    DatabaseIdentity.Of(pragma.Database, unit, summary.IsToldByCallers),
                    pragma.Database.IsHandedIn || pragma.IsTextHandedIn)).ToArray();

        /// <summary>A text of which nothing is known may set what is put together where it is executed or where the search began.</summary>
        private IEnumerable<Execution> Resolve(Execution execution, CodeMember start) =>
            execution.Setting is not null
                ? [execution]
                : texts.WithinReachOf(execution.Site.Member).Concat(texts.WithinReachOf(start)).Select(setting => execution with { Setting = setting });
    }
}
