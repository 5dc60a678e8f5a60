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
    /// <summary>Words that mean what they say in any member.</summary>
    private const Words Anywhere = Words.Checkpoint | Words.Repeats | Words.Sql;

    private readonly IReadOnlyList<TreeIndex> _trees;
    private readonly NameReach _names;
    private readonly TreeIndex.MemberEntry[] _holders;
    private readonly TreeIndex.MemberEntry[] _starters;
    private readonly ConcurrentDictionary<FlowNeed, HashSet<CodeMember>> _below = new();
    private readonly Lazy<HashSet<CodeMember>> _relevant;
    private readonly int _sieve;

    /// <param name="trees">All trees of the project.</param>
    /// <param name="libraries">The libraries whose members are looked for.</param>
    public Reach(IReadOnlyList<TreeIndex> trees, LibrarySet libraries)
    {
        _trees = trees;
        _sieve = libraries.Sieve.Hash;
        _names = new(trees, libraries.SqliteTypes.Concat(libraries.ProcessTypes));
        _starters = _names.Holders(libraries.ProcessTypes, Words.Process).Where(member => (member.Words & Words.Starts) != 0).ToArray();
        _holders = _names.Holders(libraries.SqliteTypes, Words.Sqlite).Union(_starters).ToArray();
        _relevant = new(() => MembersOf(_names.Closure(_holders.Concat(Members.Where(member => member.HandsOutWhatMatters)), Limits.MaxCallsBelow)));
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
    public bool IsRelevant(CodeMember member) => _relevant.Value.Contains(member);

    /// <summary>The members that mention one of these by its name.</summary>
    public HashSet<CodeMember> CallersOf(IReadOnlyCollection<CodeMember> members, ProjectIndex project)
    {
        var callers = MembersOf(_names.Closure(members.Select(project.Entry).OfType<TreeIndex.MemberEntry>(), 1));
        callers.ExceptWith(members);
        return callers;
    }

    /// <summary>The members in which one of these words may mean what it says.</summary>
    /// <remarks>A word in a text counts wherever it stands: it may be handed on. A word that is anybody's counts where the library is held.</remarks>
    public HashSet<CodeMember> SeedsOf(Words words) => MembersOf(SeedEntriesOf(words));

    /// <summary>The members that can lead to what a check needs.</summary>
    public HashSet<CodeMember> Below(FlowNeed need) => _below.GetOrAdd(need, _ => MembersOf(_names.Closure(SeedEntriesOf(need.Words), need.Calls)));

    /// <summary>Drops what only the search for roots asks for again and again.</summary>
    public void EndSearch() => _names.ForgetCallers();

    private IEnumerable<TreeIndex.MemberEntry> Members => _trees.SelectMany(tree => tree.Members);

    private IEnumerable<TreeIndex.MemberEntry> SeedEntriesOf(Words words) =>
        words == Words.Starts ? _starters
        : words == Words.Transacts ? Members.Where(member => (member.Words & words) != 0 && IsRelevant(member.Member))
        : Members.Where(member => (member.Words & words & Anywhere) != 0).Union(_holders.Where(member => (member.Words & words & ~Anywhere) != 0));

    private static HashSet<CodeMember> MembersOf(IEnumerable<TreeIndex.MemberEntry> entries)
    {
        var members = new HashSet<CodeMember>(entries.Select(entry => entry.Member));
        members.TrimExcess();
        return members;
    }
}
