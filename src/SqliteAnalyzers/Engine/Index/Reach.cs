using System.Collections.Concurrent;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>
/// Which members are worth looking at, by names alone: those that can lead to a library at all, and those that can lead to what a
/// check needs.
/// </summary>
internal sealed class Reach
{
    private readonly NameReach _names;
    private readonly ProjectIndex _project;
    private readonly HashSet<TreeIndex.MemberEntry> _holders;
    private readonly HashSet<TreeIndex.MemberEntry> _starters;
    private readonly ConcurrentDictionary<FlowNeed, HashSet<TreeIndex.MemberEntry>> _below = new();
    private readonly HashSet<CodeMember> _relevant;

    public Reach(ProjectIndex project, LibrarySet libraries)
    {
        _project = project;
        _names = new(project, libraries.SqliteTypes.Concat(libraries.ProcessTypes));
        _holders = _names.Holders(libraries.SqliteTypes, Words.Sqlite);
        _starters = new(_names.Holders(libraries.ProcessTypes, Words.Process).Where(member => (member.Words & Words.Starts) != 0));
        _holders.UnionWith(_starters);
        var handsOutSql = project.Members.Where(member => member.Has(MemberTraits.HandsOutText) && (member.Words & Words.Sql) != 0);
        _relevant = new(_names.Closure(_holders.Concat(handsOutSql), Limits.MaxCallsBelow).Select(member => member.Member));
    }

    /// <summary>Whether the code of the member can lead to a library.</summary>
    public bool IsRelevant(CodeMember member) => _relevant.Contains(member);

    /// <summary>The members that mention one of these by its name.</summary>
    public IEnumerable<TreeIndex.MemberEntry> CallersOf(IEnumerable<TreeIndex.MemberEntry> members)
    {
        var called = members.ToArray();
        return _names.Closure(called, 1).Except(called);
    }

    /// <summary>The members in which one of these words may mean what it says.</summary>
    /// <remarks>A word in a text counts wherever it stands: it may be handed on. A word that is anybody's counts where the library is held.</remarks>
    public IEnumerable<TreeIndex.MemberEntry> SeedsOf(Words words) =>
        words == Words.Starts ? _starters
        : words == Words.Checkpoint ? _project.Members.Where(member => (member.Words & words) != 0)
        : _holders.Where(member => (member.Words & words) != 0);

    /// <summary>The members that can lead to what a check needs.</summary>
    public HashSet<TreeIndex.MemberEntry> Below(FlowNeed need) => _below.GetOrAdd(need, _ => _names.Closure(SeedsOf(need.Words), need.Calls));
}
