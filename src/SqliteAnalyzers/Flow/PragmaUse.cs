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
        var executions = Executions(engine, trees, texts, cancellation);
        foreach (var site in executions.GroupBy(execution => execution.Site))
        {
            // Where some callers tell which database a helper is called with, it is not called with just any.
            var mayBeAny = site.All(execution => execution.Database.Source != DataSourceKind.Constant && !execution.Database.IsMemory);
            foreach (var execution in site)
            {
                use.Add(execution, mayBeAny);
            }
        }

        use._walOnUnknown |= engine.Libraries.SetsWalByItself(trees);
        return use;
    }

    /// <summary>
    /// Runs the members whose strings or names say that they set a pragma, and where these do not tell on which database, those
    /// that mention them by name.
    /// </summary>
    private static HashSet<PragmaExecution> Executions(FlowEngine engine, IReadOnlyList<TreeIndex> trees, PragmaTexts texts, CancellationToken cancellation)
    {
        var all = new HashSet<PragmaExecution>();
        var waiting = trees.SelectMany(tree => tree.Members).ToList();
        Func<TreeIndex.Member, bool> isNext = engine.Libraries.MentionsConfiguration;
        for (var depth = 0; depth <= FlowLimits.MaxCallDepth; depth++)
        {
            var next = waiting.FindAll(member => isNext(member));
            waiting.RemoveAll(new HashSet<TreeIndex.Member>(next).Contains);
            var leftOpen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var member in next)
            {
                var executions = engine.Bodies.BlocksIn(member.Declaration)
                    .SelectMany(code => engine.PragmasSetFrom(code.Block, code.Method, cancellation))
                    .ToArray();
                if (executions.Length == 0
                    ? PragmaTexts.HandsOutText(member.Declaration)
                    : executions.Any(execution => execution.Setting is null || execution.Database.Source != DataSourceKind.Constant))
                {
                    leftOpen.Add(member.Name);
                }

                all.UnionWith(executions.SelectMany(execution => Resolve(execution, member.Declaration, texts)));
            }

            leftOpen.Remove("");
            isNext = member => leftOpen.Overlaps(member.Names);
        }

        return all;
    }

    /// <summary>A text of which nothing is known may set what is put together where it is executed or where the search began.</summary>
    private static IEnumerable<PragmaExecution> Resolve(PragmaExecution execution, SyntaxNode start, PragmaTexts texts) =>
        execution.Setting is not null
            ? [execution]
            : texts.WithinReachOf(execution.Site).Concat(texts.WithinReachOf(start)).Select(setting => execution with { Setting = setting });

    private void Add(PragmaExecution execution, bool mayBeAny)
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
