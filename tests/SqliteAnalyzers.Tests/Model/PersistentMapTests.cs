using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Tests.Model;

/// <summary>The map of a state is a dictionary that does not change, whose order follows from the hash codes, also where many are the same.</summary>
public sealed class PersistentMapTests
{
    private const int Sizes = 700;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Random_changes_are_those_of_a_dictionary(int seed)
    {
        var random = new Random(seed);
        var (map, model) = (PersistentMap<Key, Item>.Empty, new Dictionary<Key, Item>());
        for (var step = 0; step < 1_000; step++)
        {
            var (before, had) = (map, model.Count);
            var key = KeyOf(random);
            switch (random.Next(12))
            {
                case < 6:
                    (map, model[key]) = (map.With(key, new(step)), new(step));
                    break;
                case < 9:
                    map = map.Without(key);
                    model.Remove(key);
                    break;
                case 9:
                    var changes = Enumerable.Range(0, random.Next(60)).Select(_ => KeyOf(random)).Distinct().ToDictionary(changed => changed, changed => new Item(step + changed.Id));
                    map = map.WithAll(changes);
                    foreach (var change in changes)
                    {
                        model[change.Key] = change.Value;
                    }

                    break;
                case 10:
                    var divisor = random.Next(2, 40);
                    map = map.Where((kept, _) => kept.Id % divisor != 0);
                    model = model.Where(pair => pair.Key.Id % divisor != 0).ToDictionary();
                    break;
                default:
                    map = map.Select((_, item) => item.Value % 2 == 0 ? item : new(item.Value + 1));
                    model = model.ToDictionary(pair => pair.Key, pair => pair.Value.Value % 2 == 0 ? pair.Value : new Item(pair.Value.Value + 1));
                    break;
            }

            AssertIs(model, map);
            Assert.Equal(had, before.Count);
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 40)]
    [InlineData(40, 5)]
    [InlineData(33, 600)]
    [InlineData(600, 33)]
    [InlineData(600, 600)]
    public void Joined_maps_ask_for_each_entry_that_differs(int mine, int others)
    {
        var random = new Random(mine + others);
        var (left, right) = (Filled(mine, random), Filled(others, random));
        var asked = new List<Key>();

        var joined = left.Join(right, (key, one, other) =>
        {
            asked.Add(key);
            return one is null ? key.Id % 2 == 0 ? other : null : other is null ? one : new Item(Math.Max(one.Value, other.Value));
        });

        var expected = new Dictionary<Key, Item>();
        foreach (var key in left.Keys.Union(right.Keys))
        {
            var (one, other) = (left.Get(key), right.Get(key));
            if (one is null ? key.Id % 2 == 0 : true)
            {
                expected.Add(key, one is null ? other! : other is null ? one : new(Math.Max(one.Value, other.Value)));
            }
        }

        AssertIs(expected, joined);
        Assert.Equal(asked.Distinct().Count(), asked.Count);
        Assert.Equal(left.Keys.Union(right.Keys).Where(key => !ReferenceEquals(left.Get(key), right.Get(key))).ToHashSet(), asked.ToHashSet());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(33)]
    [InlineData(513)]
    public void What_changes_nothing_is_the_same_map(int count)
    {
        var map = Filled(count, new(count));
        var key = map.Keys.First();

        Assert.Same(map, map.With(key, map.Get(key)!));
        Assert.Same(map, map.With(key, new(map.Get(key)!.Value)));
        Assert.Same(map, map.Without(new(-1, 3)));
        Assert.Same(map, map.Where((_, _) => true));
        Assert.Same(map, map.WithAll([]));
        Assert.Same(map, map.Join(map.With(key, new(-7)), (_, mine, _) => mine));
    }

    private static PersistentMap<Key, Item> Filled(int count, Random random)
    {
        var map = PersistentMap<Key, Item>.Empty;
        while (map.Count < count)
        {
            map = map.With(KeyOf(random), new(random.Next(10)));
        }

        return map;
    }

    /// <summary>Some hash codes are those of many keys, some negative.</summary>
    private static Key KeyOf(Random random)
    {
        var id = random.Next(Sizes);
        return new(id, id % 7 == 0 ? id % 3 : (id * 0x3C6EF35F) - 17);
    }

    private static void AssertIs(Dictionary<Key, Item> expected, PersistentMap<Key, Item> map)
    {
        Assert.Equal(expected.Count, map.Count);
        Assert.All(expected, pair => Assert.Equal(pair.Value, map.Get(pair.Key)));
        Assert.Equal(expected.Keys.ToHashSet(), map.Select(pair => pair.Key).ToHashSet());
        Assert.Equal(map.Keys, map.Select(pair => pair.Key));
        Assert.Equal(map.Keys.Select(key => key.GetHashCode()).Order(), map.Keys.Select(key => key.GetHashCode()));
        var again = expected.Reverse().Aggregate(PersistentMap<Key, Item>.Empty, (made, pair) => made.With(pair.Key, pair.Value));
        Assert.True(map.Equals(again));
        Assert.Equal(again.GetHashCode(), map.GetHashCode());
        if (map.Count > 0)
        {
            Assert.False(map.Equals(map.With(map.Keys.Last(), new(-1))));
        }
    }

    private sealed record Key(int Id, int Hash)
    {
        public bool Equals(Key? other) => other is not null && other.Id == Id;

        public override int GetHashCode() => Hash;
    }

    private sealed record Item(int Value);
}
