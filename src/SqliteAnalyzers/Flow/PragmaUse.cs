using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SqliteAnalyzers.Flow;

/// <summary>Which pragmas a project sets on which of its databases.</summary>
internal sealed class PragmaUse
{
    private readonly Dictionary<string, HashSet<string>> _byDatabase = new(StringComparer.Ordinal);
    private readonly HashSet<string> _onAny = new(StringComparer.Ordinal);
    private readonly HashSet<string> _walDatabases = new(StringComparer.Ordinal);
    private readonly HashSet<string> _mentioned;
    private bool _walOnUnknown;

    private PragmaUse(HashSet<string> mentioned) => _mentioned = mentioned;

    public bool UsesWal(DatabaseIdentity database) =>
        _walOnUnknown || (database.Source == DataSourceKind.Constant ? _walDatabases.Contains(database.Key) : _walDatabases.Count > 0);

    /// <remarks>A database of which it is not known which one it is may be that of any text that sets a pragma.</remarks>
    public ImmutableHashSet<string> SetOn(DatabaseIdentity database)
    {
        IEnumerable<string> set = _byDatabase.TryGetValue(database.Key, out var known) ? _onAny.Concat(known) : _onAny;
        return (database.Source != DataSourceKind.Constant ? set.Concat(_mentioned) : set).ToImmutableHashSet();
    }

    public static PragmaUse Collect(FlowEngine engine, CancellationToken cancellation)
    {
        var trees = engine.Trees(cancellation).ToArray();
        var texts = new PragmaTexts(trees);
        var use = new PragmaUse(texts.All);
        var setting = new RelevantMembers(trees, engine.Libraries.MentionsConfiguration);
        var collector = new Collector(texts);
        var flow = engine.WithRules(ImmutableArray.Create<FlowRule>(collector));
        foreach (var declaration in setting.Declarations)
        {
            collector.Start(declaration);
            foreach (var (block, method) in engine.Bodies.BlocksIn(declaration))
            {
                flow.Analyze(block, declaration, method, cancellation);
            }
        }

        foreach (var site in collector.Seen.GroupBy(seen => seen.Event.Operation.Syntax))
        {
            // Where some callers tell which database a helper is called with, it is not called with just any.
            var mayBeAny = site.All(seen => seen.Database.Source != DataSourceKind.Constant && !seen.Database.IsMemory);
            foreach (var (e, database) in site)
            {
                use.Add(e, database, mayBeAny);
            }
        }

        use._walOnUnknown |= engine.Libraries.SetsWalByItself(trees);
        return use;
    }

    private void Add(Configures e, DatabaseIdentity database, bool mayBeAny)
    {
        if (!_byDatabase.TryGetValue(database.Key, out var set))
        {
            _byDatabase.Add(database.Key, set = new(StringComparer.Ordinal));
        }

        set.Add(e.Pragma);
        if (mayBeAny)
        {
            _onAny.Add(e.Pragma);
        }

        if (e.Pragma is "journal_mode" or Configures.AnyPragma && (e.Value is null || e.Value.Equals("wal", StringComparison.OrdinalIgnoreCase)))
        {
            _walDatabases.Add(database.Key);
            _walOnUnknown |= mayBeAny;
        }
    }

    private sealed class Collector(PragmaTexts texts) : FlowRule
    {
        private readonly Dictionary<SyntaxNode, IReadOnlyCollection<PragmaSetting>> _withinReach = [];
        private SyntaxNode? _start;

        public List<(Configures Event, DatabaseIdentity Database)> Seen { get; } = [];

        public override DiagnosticDescriptor Descriptor => throw new NotSupportedException();

        /// <summary>Where the search begins whose events are seen next.</summary>
        public void Start(SyntaxNode declaration) => _start = declaration;

        public override void Visit(SqliteEvent e, State before, FindingSink sink)
        {
            switch (e)
            {
                case Configures configures:
                    Add(configures, before);
                    break;

                case ExecutesUnknown unknown:
                    foreach (var setting in WithinReachOf(unknown.Operation.Syntax).Concat(WithinReachOf(_start!)))
                    {
                        Add(new(unknown.Operation, unknown.Connection, setting.Name, setting.Value), before);
                    }

                    break;
            }
        }

        /// <summary>What a text of which nothing is known may set, that is put together where it is executed or where the search begins.</summary>
        private IReadOnlyCollection<PragmaSetting> WithinReachOf(SyntaxNode code)
        {
            if (!_withinReach.TryGetValue(code, out var settings))
            {
                _withinReach.Add(code, settings = texts.WithinReachOf(code));
            }

            return settings;
        }

        private void Add(Configures configures, State before)
        {
            foreach (var database in before.Linked(configures.Connection, Slot.Database, ObjectKind.Database))
            {
                Seen.Add((configures, database.Identity!));
            }
        }
    }
}
