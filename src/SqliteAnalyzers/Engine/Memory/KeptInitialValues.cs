using System.Collections.Concurrent;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>
/// Which members of one compilation, and which members of the objects they keep, hold for good what an initializer or constructor leaves in them, as far as that was asked. It
/// follows from the declarations and from the code that mentions the member, so most of it is true of the next compilation, too.
/// </summary>
internal sealed class KeptInitialValues
{
    private readonly IReadOnlyList<TreeIndex> _trees;
    private readonly ulong _surroundings;
    private readonly ConcurrentDictionary<(ObjectMember Member, ObjectMember? Inner), bool> _areForGood;

    private KeptInitialValues(IReadOnlyList<TreeIndex> trees, ulong surroundings, IEnumerable<KeyValuePair<(ObjectMember Member, ObjectMember? Inner), bool>> areForGood) =>
        (_trees, _surroundings, _areForGood) = (trees, surroundings, new(areForGood));

    /// <summary>What of that of an earlier compilation is true of this one.</summary>
    public static KeptInitialValues Of(IReadOnlyList<TreeIndex> trees, ulong surroundings, KeptInitialValues? before) =>
        new(trees, surroundings, before is not null && before._surroundings == surroundings && before.NamesMentionedDifferently(trees) is { } names
            ? before._areForGood.Where(pair => !names.Contains(NameHash.Of(pair.Key.Member.Name)) && !(pair.Key.Inner is { } inner && names.Contains(NameHash.Of(inner.Name))))
            : []);

    /// <param name="member">The member.</param>
    /// <param name="inner">Null, or a member of the object that it keeps; the member itself where it is asked of all objects.</param>
    /// <param name="isForGood">What is known.</param>
    public bool TryGet(ObjectMember member, ObjectMember? inner, out bool isForGood) => _areForGood.TryGetValue((member, inner), out isForGood);

    public bool Keep(ObjectMember member, ObjectMember? inner, bool isForGood) => _areForGood[(member, inner)] = isForGood;

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
