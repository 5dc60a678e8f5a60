namespace SqliteAnalyzers.Tests.Order.Shuffling;

/// <summary>Things brought into another order, some of which stay in order among themselves.</summary>
internal static class OrderedGroups
{
    /// <param name="items">What is shuffled.</param>
    /// <param name="groupOf">Items with the same group keep their order; those without one are free.</param>
    /// <param name="random">Where the order comes from.</param>
    public static T[] Shuffle<T>(IEnumerable<T> items, Func<T, string?> groupOf, Random random)
    {
        var original = items.ToArray();
        var order = Enumerable.Range(0, original.Length).ToArray();
        random.Shuffle(order);

        // The places that the members of a group have come to are taken by them in their old order.
        var places = order.Select((item, place) => (Group: groupOf(original[item]), Item: item, Place: place)).Where(entry => entry.Group is not null);
        foreach (var group in places.ToArray().GroupBy(entry => entry.Group))
        {
            foreach (var (place, item) in group.Select(entry => entry.Place).Zip(group.Select(entry => entry.Item).Order()))
            {
                order[place] = item;
            }
        }

        return [.. order.Select(item => original[item])];
    }
}
