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
    private readonly IReadOnlyList<TreeIndex> _trees;
    private readonly NameReach _names;
    private readonly ILookup<CodeMember, TreeIndex.MemberEntry> _members;
    private readonly HashSet<TreeIndex.MemberEntry> _holders;
    private readonly HashSet<TreeIndex.MemberEntry> _starters;
    private readonly ConcurrentDictionary<FlowNeed, HashSet<CodeMember>> _below = new();
    private readonly HashSet<CodeMember> _relevant;
    private readonly int _sieve;

    /// <param name="trees">All trees of the project.</param>
    /// <param name="libraries">The libraries whose members are looked for.</param>
    public Reach(IReadOnlyList<TreeIndex> trees, LibrarySet libraries)
    {
        _trees = trees;
        _sieve = libraries.Sieve.Hash;
        _names = new(trees, libraries.SqliteTypes.Concat(libraries.ProcessTypes));
        var members = trees.SelectMany(tree => tree.Members).ToArray();
        _members = members.ToLookup(member => member.Member);
        _holders = _names.Holders(libraries.SqliteTypes, Words.Sqlite);
        _starters = new(_names.Holders(libraries.ProcessTypes, Words.Process).Where(member => (member.Words & Words.Starts) != 0));
        _holders.UnionWith(_starters);
        _relevant = MembersOf(_names.Closure(_holders.Concat(members.Where(member => member.HandsOutWhatMatters)), Limits.MaxCallsBelow));
    }

    /// <summary>
    /// Whether the same is true of these trees: nothing that code can see of other code has changed, and none of the names that a
    /// member mentions now, or did before, is one that means something.
    /// </summary>
    public bool IsTrueOf(IReadOnlyList<TreeIndex> trees, LibrarySet libraries)
    {
        if (trees.Count != _trees.Count || libraries.Sieve.Hash != _sieve)
        {
            return false;
        }

        for (var i = 0; i < trees.Count; i++)
        {
            if (!ReferenceEquals(trees[i], _trees[i]) && !_trees[i].SaysTheSameAs(trees[i], _names.IsMeaningful))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the code of the member can lead to a library.</summary>
    public bool IsRelevant(CodeMember member) => _relevant.Contains(member);

    /// <summary>The members that mention one of these by its name.</summary>
    public HashSet<CodeMember> CallersOf(IReadOnlyCollection<CodeMember> members)
    {
        var callers = MembersOf(_names.Closure(members.SelectMany(member => _members[member]), 1));
        callers.ExceptWith(members);
        return callers;
    }

    /// <summary>The members in which one of these words may mean what it says.</summary>
    /// <remarks>A word in a text counts wherever it stands: it may be handed on. A word that is anybody's counts where the library is held.</remarks>
    public HashSet<CodeMember> SeedsOf(Words words) => MembersOf(SeedEntriesOf(words));

    /// <summary>The members that can lead to what a check needs.</summary>
    public HashSet<CodeMember> Below(FlowNeed need) => _below.GetOrAdd(need, _ => MembersOf(_names.Closure(SeedEntriesOf(need.Words), need.Calls)));

    private IEnumerable<TreeIndex.MemberEntry> SeedEntriesOf(Words words) =>
        words == Words.Starts ? _starters
        : words == Words.Transacts ? _trees.SelectMany(tree => tree.Members).Where(member => (member.Words & words) != 0 && IsRelevant(member.Member))
        : (words is Words.Checkpoint or Words.Repeats ? _trees.SelectMany(tree => tree.Members) : _holders).Where(member => (member.Words & words) != 0);

    private static HashSet<CodeMember> MembersOf(IEnumerable<TreeIndex.MemberEntry> entries) => new(entries.Select(entry => entry.Member));
}
