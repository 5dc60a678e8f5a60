using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Flow;

/// <summary>Which pragmas a project sets on which of its databases.</summary>
internal sealed class PragmaUse
{
    private static readonly Regex s_setting = new(
        @"^\s*(?<name>journal_mode|synchronous|busy_timeout)\s*[=(]",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1));

    private readonly Dictionary<string, HashSet<string>> _byDatabase = new(StringComparer.Ordinal);
    private readonly HashSet<string> _onAny = new(StringComparer.Ordinal);
    private readonly HashSet<string> _walDatabases = new(StringComparer.Ordinal);
    private readonly HashSet<string> _mentioned = new(StringComparer.Ordinal);
    private bool _walOnUnknown;

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
        var use = new PragmaUse();
        var setting = new RelevantMembers(engine.Trees(cancellation), engine.Libraries.MentionsConfiguration);
        var collector = new Collector();
        var flow = engine.WithRules(ImmutableArray.Create<FlowRule>(collector));
        foreach (var declaration in setting.Declarations)
        {
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

        if (engine.Libraries.SetsWalByItself(engine.Trees(cancellation)))
        {
            use._walOnUnknown = true;
        }

        foreach (var text in engine.Trees(cancellation).SelectMany(tree => tree.Members).SelectMany(member => member.Strings))
        {
            use._mentioned.UnionWith(SetIn(text));
        }

        return use;
    }

    /// <summary>The pragmas that a string sets, or begins or continues to set.</summary>
    private static IEnumerable<string> SetIn(string text)
    {
        if (s_setting.Match(text) is { Success: true } part)
        {
            yield return part.Groups["name"].Value.ToLowerInvariant();
        }

        if (text.IndexOf("pragma", StringComparison.OrdinalIgnoreCase) < 0)
        {
            yield break;
        }

        foreach (var statement in SqlScript.Parse(text).Statements)
        {
            if (statement.Pragma is { } pragma && (pragma.Value is not null || text.TrimEnd().EndsWith("=", StringComparison.Ordinal)))
            {
                yield return pragma.Name.Text.ToLowerInvariant();
            }
        }
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

    private sealed class Collector : FlowRule
    {
        private static bool MentionsPragma(SyntaxNode code) =>
            code.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member
            && TreeIndex.Of(code.SyntaxTree, default).Members.Any(known => known.Declaration == member && known.Strings.SelectMany(SetIn).Any());

        public List<(Configures Event, DatabaseIdentity Database)> Seen { get; } = [];

        public override DiagnosticDescriptor Descriptor => throw new NotSupportedException();

        public override void Visit(SqliteEvent e, State before, FindingSink sink)
        {
            // Pragmas put together at run time: which ones it sets is not known.
            var configures = e as Configures
                ?? (e is ExecutesUnknown unknown && MentionsPragma(e.Operation.Syntax)
                    ? new Configures(e.Operation, unknown.Connection, Configures.AnyPragma, null)
                    : null);
            if (configures is not null)
            {
                foreach (var database in before.Linked(configures.Connection, Slot.Database, ObjectKind.Database))
                {
                    Seen.Add((configures, database.Identity!));
                }
            }
        }
    }
}
