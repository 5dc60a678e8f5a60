using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Projects;

/// <summary>A pragma that is set, or may be, on a database.</summary>
/// <param name="Site">The call that executes it.</param>
/// <param name="SeenIn">The member whose code was looked at: what that says of the text and the database is known here.</param>
/// <param name="Setting">Null where nothing is known of the text.</param>
/// <param name="Database">The database, as far as it is known here.</param>
/// <param name="IsDatabaseLeftOpen">Whether callers may know which database it is.</param>
/// <param name="IsTextLeftOpen">Whether callers may know the statement.</param>
internal sealed record DatabasePragma(Place Site, CodeMember SeenIn, PragmaSetting? Setting, DatabaseIdentity Database, bool IsDatabaseLeftOpen, bool IsTextLeftOpen)
{
    /// <summary>Whether callers may know more of it.</summary>
    public bool IsLeftOpen => IsDatabaseLeftOpen || IsTextLeftOpen;
}

/// <summary>
/// Looks at the summaries of the members whose strings or names say that they set a pragma or read a script, and, where these do
/// not tell which pragma or on which database, of those that call them.
/// </summary>
internal sealed class PragmaSearch(FlowEngine engine, Reach reach, PragmaTexts texts, CancellationToken cancellation)
{
    /// <summary>Calls over which is asked on which database a helper sets a pragma.</summary>
    private const int MaxCalls = 4;

    /// <summary>A helper that sets pragmas may have many callers, each with a database of its own.</summary>
    private const int MaxAsked = 100;

    /// <summary>The code that a program begins with makes the stores that set the pragmas, and leads to much else.</summary>
    private const int MaxBelow = 100;

    private readonly Dictionary<CodeMember, IReadOnlyList<DatabasePragma>> _known = [];

    /// <summary>Of which pragma they are all callers have told.</summary>
    private readonly HashSet<DatabasePragma> _told = [];

    public HashSet<DatabasePragma> Executions { get; } = [];

    /// <summary>The places of which callers may tell that were not asked: on any database.</summary>
    public HashSet<Place> OnAny { get; } = [];

    /// <summary>What such callers may execute.</summary>
    public HashSet<PragmaSetting> TextsOnAny { get; } = [];

    public void Run()
    {
        foreach (var member in engine.Project.Members)
        {
            if ((member.Words & Words.Pragma) != 0 || PragmaTexts.ReadsScripts(member))
            {
                AskCallers(member.Member);
            }
        }

        Executions.ExceptWith(_told);
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

        var callers = new Callers(engine, reach, MaxCalls, MaxAsked, MaxBelow);
        var haveTold = default(bool?);
        foreach (var caller in callers.Of(member, IsLeftOpen, cancellation))
        {
            haveTold = haveTold != false && HasTold(caller);
        }

        if (!callers.WereAllAsked)
        {
            OnAny.UnionWith(open);
            TextsOnAny.UnionWith(own.Count == 0 ? texts.WithinReachOf(member).Where(setting => setting != PragmaSetting.Script) : []);
        }
        else if (haveTold == true)
        {
            _told.UnionWith(own.Where(execution => execution is { IsTextLeftOpen: true, Setting.Name: Configures.AnyPragma }));
        }

        bool IsLeftOpen(CodeMember asked) => Look(asked) is { Count: > 0 } executions
            ? executions.Any(execution => execution.IsLeftOpen && (own.Count == 0 || open.Contains(execution.Site)))
            : HandsOutText(asked);

        bool HasTold(CodeMember caller) => Look(caller) is { Count: > 0 } executions
            ? IsKnown(caller) && !executions.Any(execution => execution.IsTextLeftOpen && open.Contains(execution.Site))
            : IsKnown(caller) && !HandsOutText(caller);
    }

    private bool HandsOutText(CodeMember member) => engine.Project.Entry(member)?.Has(MemberTraits.HandsOutText) == true;

    /// <summary>Whether all that the code of a member does is known.</summary>
    private bool IsKnown(CodeMember member) =>
        reach.IsRelevant(member) && engine.Units.In(member, cancellation).All(unit => !engine.SummaryOf(unit, cancellation).IsUnknown);

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
                member,
                pragma.Setting,
                DatabaseIdentity.Of(pragma.Database, unit, summary.IsToldByCallers),
                pragma.Database.IsHandedIn,
                pragma.IsTextHandedIn)).ToArray();

    /// <summary>A text of which nothing is known may set what is put together where it is executed or where the search began.</summary>
    private IEnumerable<DatabasePragma> Resolve(DatabasePragma execution, CodeMember start) =>
        execution.Setting is not null
            ? [execution]
            : texts.WithinReachOf(execution.Site.Member).Concat(texts.WithinReachOf(start)).Select(setting => execution with { Setting = setting });
}
