using System.Collections.Concurrent;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>
/// Which members of one compilation hold for good what their initializer or constructor leaves in them, as far as that was asked. It
/// follows from the declarations and from the code that mentions the member, so most of it is true of the next compilation, too.
/// </summary>
internal sealed class KeptInitialValues
{
    private readonly IReadOnlyList<TreeIndex> _trees;
    private readonly ulong _surroundings;
    private readonly ConcurrentDictionary<ObjectMember, bool> _areForGood;

    private KeptInitialValues(IReadOnlyList<TreeIndex> trees, ulong surroundings, IEnumerable<KeyValuePair<ObjectMember, bool>> areForGood) =>
        (_trees, _surroundings, _areForGood) = (trees, surroundings, new(areForGood));

    /// <summary>What of that of an earlier compilation is true of this one.</summary>
    public static KeptInitialValues Of(IReadOnlyList<TreeIndex> trees, ulong surroundings, KeptInitialValues? before) =>
        new(trees, surroundings, before is not null && before._surroundings == surroundings && before.NamesMentionedDifferently(trees) is { } names
            ? before._areForGood.Where(pair => !names.Contains(NameHash.Of(pair.Key.Name)))
            : []);

    public bool TryGet(ObjectMember member, out bool isForGood) => _areForGood.TryGetValue(member, out isForGood);

    public bool Keep(ObjectMember member, bool isForGood) => _areForGood[member] = isForGood;

    /// <summary>The names in all code that is not as it was; null where there is other code than there was.</summary>
    private HashSet<int>? NamesMentionedDifferently(IReadOnlyList<TreeIndex> trees)
    {
        var names = new HashSet<int>();
        if (trees.Count != _trees.Count)
        {
            return null;
        }

        for (var i = 0; i < trees.Count; i++)
        {
            var (before, now) = (_trees[i].Members, trees[i].Members);
            if (ReferenceEquals(before, now))
            {
                continue;
            }

            if (before.Count != now.Count)
            {
                return null;
            }

            for (var j = 0; j < now.Count; j++)
            {
                if (!before[j].Member.Equals(now[j].Member))
                {
                    return null;
                }

                if (before[j].BodyHash != now[j].BodyHash)
                {
                    names.UnionWith(before[j].Names);
                    names.UnionWith(now[j].Names);
                }
            }
        }

        return names;
    }
}
