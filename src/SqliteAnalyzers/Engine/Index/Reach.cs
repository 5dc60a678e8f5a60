using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>
/// Which members are worth looking at, by names alone: those that can lead to a library at all, and, of these, those in which a
/// check can have something to say.
/// </summary>
internal sealed class Reach
{
    private readonly NameReach _names;
    private readonly ProjectIndex _project;
    private readonly HashSet<TreeIndex.MemberEntry> _holders;
    private readonly HashSet<TreeIndex.MemberEntry> _starters;
    private readonly Dictionary<FlowNeed, HashSet<TreeIndex.MemberEntry>> _below = [];
    private readonly HashSet<CodeMember> _relevant;
    private readonly HashSet<CodeMember> _roots = [];

    public Reach(ProjectIndex project, LibrarySet libraries, IEnumerable<FlowCheck> checks)
    {
        _project = project;
        _names = new(project, libraries.SqliteTypes.Concat(libraries.ProcessTypes));
        _holders = _names.Holders(libraries.SqliteTypes, Words.Sqlite);
        _starters = new(_names.Holders(libraries.ProcessTypes, Words.Process).Where(member => (member.Words & Words.Starts) != 0));
        _holders.UnionWith(_starters);
        var handsOutSql = project.Members.Where(member => member.Has(MemberTraits.HandsOutText) && (member.Words & Words.Sql) != 0);
        _relevant = new(_names.Closure(_holders.Concat(handsOutSql), Limits.MaxCallsBelow).Select(member => member.Member));
        foreach (var check in checks)
        {
            var roots = default(HashSet<TreeIndex.MemberEntry>);
            foreach (var need in check.Needs)
            {
                var below = Below(need);
                roots = roots is null ? new(below) : new(roots.Where(below.Contains));
            }

            _roots.UnionWith((roots ?? []).Select(member => member.Member));
        }
    }

    /// <summary>How many members can lead to a library.</summary>
    public int RelevantCount => _relevant.Count;

    public int RootCount => _roots.Count;

    /// <summary>Whether the code of the member can lead to a library.</summary>
    public bool IsRelevant(CodeMember member) => _relevant.Contains(member);

    /// <summary>Whether a check can have something to say in the member.</summary>
    public bool IsRoot(CodeMember member) => _roots.Contains(member);

    /// <summary>The members that mention one of these by its name.</summary>
    public IEnumerable<TreeIndex.MemberEntry> CallersOf(IEnumerable<TreeIndex.MemberEntry> members)
    {
        var called = members.ToArray();
        return _names.Closure(called, 1).Except(called);
    }

    private HashSet<TreeIndex.MemberEntry> Below(FlowNeed need)
    {
        if (_below.TryGetValue(need, out var known))
        {
            return known;
        }

        // A word in a text counts wherever it stands: it may be handed on. A word that is anybody's counts where the library is held.
        var seeds = need.Words == Words.Starts ? _starters
            : need.Words == Words.Checkpoint ? _project.Members.Where(member => (member.Words & need.Words) != 0)
            : _holders.Where(member => (member.Words & need.Words) != 0);
        return _below[need] = _names.Closure(seeds, need.Calls);
    }
}
