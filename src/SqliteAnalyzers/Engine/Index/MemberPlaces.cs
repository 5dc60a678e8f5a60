using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>In which tree of a project each member is, and as which of its members: the same until a member comes or goes.</summary>
internal sealed class MemberPlaces
{
    private readonly IReadOnlyList<TreeIndex> _trees;
    private readonly Dictionary<CodeMember, (int Tree, int Member)> _places = [];
    private readonly bool _isWrittenTwice;

    public MemberPlaces(IReadOnlyList<TreeIndex> trees)
    {
        _trees = trees;
        for (var tree = 0; tree < trees.Count; tree++)
        {
            for (var member = 0; member < trees[tree].Members.Count; member++)
            {
                var entry = trees[tree].Members[member];
                if (!_places.TryGetValue(entry.Member, out var place))
                {
                    _places.Add(entry.Member, (tree, member));
                    continue;
                }

                _isWrittenTwice = true;
                var known = trees[place.Tree].Members[place.Member];
                if ((known.Span.Length, known.BodyHash).CompareTo((entry.Span.Length, entry.BodyHash)) < 0)
                {
                    _places[entry.Member] = (tree, member);
                }
            }
        }
    }

    public int Count => _places.Count;

    public bool TryGet(CodeMember member, out (int Tree, int Member) place) => _places.TryGetValue(member, out place);

    /// <summary>Whether the same members are in the same places of these trees. Of one that is written twice, the code decides which counts.</summary>
    public bool AreThoseOf(IReadOnlyList<TreeIndex> trees)
    {
        if (_isWrittenTwice || trees.Count != _trees.Count)
        {
            return false;
        }

        for (var tree = 0; tree < trees.Count; tree++)
        {
            var (before, now) = (_trees[tree].Members, trees[tree].Members);
            if (!ReferenceEquals(before, now) && !before.Select(entry => entry.Member).SequenceEqual(now.Select(entry => entry.Member)))
            {
                return false;
            }
        }

        return true;
    }
}
