namespace System.Runtime.CompilerServices;

/// <summary>What <see cref="ConditionalWeakTable{TKey, TValue}"/> cannot do in netstandard2.0.</summary>
internal static class ConditionalWeakTableExtensions
{
    /// <remarks>
    /// Where two threads do so at once, either value may stay: what is asked for afterwards need not be what was given. Who needs that
    /// goes on with the value it gave.
    /// </remarks>
    public static void AddOrUpdate<TKey, TValue>(this ConditionalWeakTable<TKey, TValue> table, TKey key, TValue value)
        where TKey : class
        where TValue : class
    {
        table.Remove(key);
        table.GetValue(key, _ => value);
    }
}
