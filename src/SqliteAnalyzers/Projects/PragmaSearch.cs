using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Projects;

/// <summary>A pragma that is set, or may be, on a database.</summary>
/// <param name="Site">The call that executes it.</param>
/// <param name="Setting">Null where nothing is known of the text.</param>
/// <param name="Database">The database, as far as it is known here.</param>
/// <param name="IsLeftOpen">Whether callers may know more of it.</param>
internal sealed record DatabasePragma(Place Site, PragmaSetting? Setting, DatabaseIdentity Database, bool IsLeftOpen);

/// <summary>
/// Looks at the summaries of the members whose strings or names say that they set a pragma, and, where these do not tell which
/// pragma or on which database, of those that call them.
/// </summary>
internal sealed class PragmaSearch(FlowEngine engine, Reach reach, PragmaTexts texts, CancellationToken cancellation)
{
    /// <summary>Calls over which is asked on which database a helper sets a pragma.</summary>
    private const int MaxCalls = 4;

    /// <summary>A helper that sets pragmas may have many callers, each with a database of its own.</summary>
    private const int MaxAsked = 100;

    private readonly Dictionary<CodeMember, IReadOnlyList<DatabasePragma>> _known = [];

    public HashSet<DatabasePragma> Executions { get; } = [];

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

    private IReadOnlyList<DatabasePragma> Look(CodeMember member)
    {
        if (!_known.TryGetValue(member, out var executions))
        {
            _known.Add(member, executions = ExecutionsIn(member));
            Executions.UnionWith(executions.SelectMany(execution => Resolve(execution, member)));
        }

        return executions;
    }

    private IReadOnlyList<DatabasePragma> ExecutionsIn(CodeMember member) =>
        !reach.IsRelevant(member) ? [] : (
            from unit in engine.Units.In(member, cancellation)
            let summary = engine.SummaryOf(unit, cancellation)
            from pragma in summary.Pragmas
            select new DatabasePragma(
                pragma.Site,
                pragma.Setting,
                DatabaseIdentity.Of(pragma.Database, unit, summary.IsToldByCallers),
                pragma.Database.IsHandedIn || pragma.IsTextHandedIn)).ToArray();

    /// <summary>A text of which nothing is known may set what is put together where it is executed or where the search began.</summary>
    private IEnumerable<DatabasePragma> Resolve(DatabasePragma execution, CodeMember start) =>
        execution.Setting is not null
            ? [execution]
            : texts.WithinReachOf(execution.Site.Member).Concat(texts.WithinReachOf(start)).Select(setting => execution with { Setting = setting });
}
