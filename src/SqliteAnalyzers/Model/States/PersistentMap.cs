using System.Collections;

namespace SqliteAnalyzers.Model;

/// <summary>
/// An immutable map for the few entries that a state has: two arrays, sorted by hash code. Its order is the same in every process,
/// since the hash codes are.
/// </summary>
internal sealed class PersistentMap<TKey, TValue> : IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : class, IEquatable<TKey>
    where TValue : class, IEquatable<TValue>
{
    public static readonly PersistentMap<TKey, TValue> Empty = new([], [], []);

    private readonly int[] _hashes;
    private readonly TKey[] _keys;
    private readonly TValue[] _values;
    private int _hash;

    private PersistentMap(int[] hashes, TKey[] keys, TValue[] values)
    {
        _hashes = hashes;
        _keys = keys;
        _values = values;
    }

    /// <summary>What becomes of an entry of two maps that are joined; one that is the same in both stays and is not asked for.</summary>
    /// <param name="mine">Null if only the other map has the key.</param>
    /// <param name="other">Null if only this map has it.</param>
    /// <returns>Null: the joined map has no such entry.</returns>
    public delegate TValue? Joiner(TKey key, TValue? mine, TValue? other);

    public int Count => _keys.Length;

    public IEnumerable<TKey> Keys => _keys;

    public TValue? Get(TKey key)
    {
        var index = Find(key, key.GetHashCode());
        return index < 0 ? null : _values[index];
    }

    public bool ContainsKey(TKey key) => Find(key, key.GetHashCode()) >= 0;

    public PersistentMap<TKey, TValue> With(TKey key, TValue value)
    {
        var hash = key.GetHashCode();
        var index = Find(key, hash);
        if (index >= 0)
        {
            if (ReferenceEquals(_values[index], value) || _values[index].Equals(value))
            {
                return this;
            }

            var values = (TValue[])_values.Clone();
            values[index] = value;
            return new(_hashes, _keys, values);
        }

        index = ~index;
        return new(Insert(_hashes, index, hash), Insert(_keys, index, key), Insert(_values, index, value));
    }

    /// <summary>The same for many keys at once.</summary>
    public PersistentMap<TKey, TValue> WithAll(Dictionary<TKey, TValue> changes)
    {
        if (changes.Count < 3)
        {
            var changed = this;
            foreach (var pair in changes)
            {
                changed = changed.With(pair.Key, pair.Value);
            }

            return changed;
        }

        var added = new List<(int Hash, TKey Key, TValue Value)>();
        var values = (TValue[])_values.Clone();
        foreach (var pair in changes)
        {
            var hash = pair.Key.GetHashCode();
            var index = Find(pair.Key, hash);
            if (index >= 0)
            {
                values[index] = pair.Value;
            }
            else
            {
                added.Add((hash, pair.Key, pair.Value));
            }
        }

        if (added.Count == 0)
        {
            return new(_hashes, _keys, values);
        }

        // Sorted stably: keys with the same hash stay in the order in which they came.
        var sorted = added.OrderBy(entry => entry.Hash).ToArray();
        var builder = new Builder(Count + sorted.Length);
        var next = 0;
        for (var i = 0; i < _keys.Length; i++)
        {
            for (; next < sorted.Length && sorted[next].Hash < _hashes[i]; next++)
            {
                builder.Add(sorted[next].Hash, sorted[next].Key, sorted[next].Value);
            }

            builder.Add(_hashes[i], _keys[i], values[i]);
        }

        for (; next < sorted.Length; next++)
        {
            builder.Add(sorted[next].Hash, sorted[next].Key, sorted[next].Value);
        }

        return builder.ToMap();
    }

    public PersistentMap<TKey, TValue> Without(TKey key)
    {
        var index = Find(key, key.GetHashCode());
        return index < 0 ? this : new(Remove(_hashes, index), Remove(_keys, index), Remove(_values, index));
    }

    /// <summary>The entries that pass.</summary>
    public PersistentMap<TKey, TValue> Where(Func<TKey, TValue, bool> keep) => Select((key, value) => keep(key, value) ? value : null);

    /// <summary>Each value replaced; null: the entry goes.</summary>
    public PersistentMap<TKey, TValue> Select(Func<TKey, TValue, TValue?> map)
    {
        var builder = default(Builder);
        for (var i = 0; i < _keys.Length; i++)
        {
            var mapped = map(_keys[i], _values[i]);
            if (builder is null && !ReferenceEquals(mapped, _values[i]))
            {
                builder = new(_keys.Length);
                builder.AddRange(this, i);
            }

            if (mapped is not null)
            {
                builder?.Add(_hashes[i], _keys[i], mapped);
            }
        }

        return builder is null ? this : builder.ToMap();
    }

    public PersistentMap<TKey, TValue> Join(PersistentMap<TKey, TValue> other, Joiner join)
    {
        if (ReferenceEquals(this, other))
        {
            return this;
        }

        var builder = default(Builder);
        int i = 0, j = 0;
        while (i < Count || j < other.Count)
        {
            var hash = i == Count ? other._hashes[j] : j == other.Count ? _hashes[i] : Math.Min(_hashes[i], other._hashes[j]);
            var (mineEnd, otherEnd) = (EndOf(hash, i), other.EndOf(hash, j));
            for (var k = i; k < mineEnd; k++)
            {
                var match = other.IndexOf(_keys[k], j, otherEnd);
                var joined = match >= 0 && ReferenceEquals(other._values[match], _values[k]) ? _values[k] : join(_keys[k], _values[k], match < 0 ? null : other._values[match]);
                if (builder is null && !ReferenceEquals(joined, _values[k]))
                {
                    builder = Begun(k, other);
                }

                builder?.AddIfAny(hash, _keys[k], joined);
            }

            for (var k = j; k < otherEnd; k++)
            {
                if (IndexOf(other._keys[k], i, mineEnd) < 0)
                {
                    var joined = join(other._keys[k], null, other._values[k]);
                    if (builder is null && joined is not null)
                    {
                        builder = Begun(mineEnd, other);
                    }

                    builder?.AddIfAny(hash, other._keys[k], joined);
                }
            }

            (i, j) = (mineEnd, otherEnd);
        }

        return builder is null ? this : builder.ToMap();
    }

    /// <summary>A map that begins as this one, and may hold what both hold.</summary>
    private Builder Begun(int count, PersistentMap<TKey, TValue> other)
    {
        var builder = new Builder(Math.Max(Count, other.Count));
        builder.AddRange(this, count);
        return builder;
    }

    public bool Equals(PersistentMap<TKey, TValue> other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (Count != other.Count)
        {
            return false;
        }

        for (var i = 0; i < _keys.Length; i++)
        {
            if (_hashes[i] != other._hashes[i])
            {
                return false;
            }
        }

        for (var i = 0; i < _keys.Length; i++)
        {
            var value = _keys[i].Equals(other._keys[i]) ? other._values[i] : other.Get(_keys[i]);
            if (value is null || !(ReferenceEquals(value, _values[i]) || _values[i].Equals(value)))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => obj is PersistentMap<TKey, TValue> other && Equals(other);

    public override int GetHashCode()
    {
        if (_hash == 0)
        {
            var hash = Count;
            for (var i = 0; i < _hashes.Length; i++)
            {
                hash += StableHash.Combine(_hashes[i], _values[i].GetHashCode());
            }

            _hash = hash == 0 ? 1 : hash;
        }

        return _hash;
    }

    public Enumerator GetEnumerator() => new(this);

    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int Find(TKey key, int hash)
    {
        int low = 0, high = _hashes.Length;
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (_hashes[middle] < hash)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        for (; low < _hashes.Length && _hashes[low] == hash; low++)
        {
            if (ReferenceEquals(_keys[low], key) || _keys[low].Equals(key))
            {
                return low;
            }
        }

        return ~low;
    }

    private int EndOf(int hash, int start)
    {
        while (start < _hashes.Length && _hashes[start] == hash)
        {
            start++;
        }

        return start;
    }

    private int IndexOf(TKey key, int start, int end)
    {
        for (; start < end; start++)
        {
            if (ReferenceEquals(_keys[start], key) || _keys[start].Equals(key))
            {
                return start;
            }
        }

        return -1;
    }

    private static T[] Insert<T>(T[] array, int index, T item)
    {
        var result = new T[array.Length + 1];
        Array.Copy(array, result, index);
        result[index] = item;
        Array.Copy(array, index, result, index + 1, array.Length - index);
        return result;
    }

    private static T[] Remove<T>(T[] array, int index)
    {
        var result = new T[array.Length - 1];
        Array.Copy(array, result, index);
        Array.Copy(array, index + 1, result, index, result.Length - index);
        return result;
    }

    public struct Enumerator(PersistentMap<TKey, TValue> map) : IEnumerator<KeyValuePair<TKey, TValue>>
    {
        private int _index = -1;

        public readonly KeyValuePair<TKey, TValue> Current => new(map._keys[_index], map._values[_index]);

        readonly object IEnumerator.Current => Current;

        public bool MoveNext() => ++_index < map._keys.Length;

        public void Reset() => _index = -1;

        public readonly void Dispose()
        {
        }
    }

    private sealed class Builder(int capacity)
    {
        private readonly List<int> _hashes = new(capacity);
        private readonly List<TKey> _keys = new(capacity);
        private readonly List<TValue> _values = new(capacity);

        public void Add(int hash, TKey key, TValue value)
        {
            _hashes.Add(hash);
            _keys.Add(key);
            _values.Add(value);
        }

        public void AddIfAny(int hash, TKey key, TValue? value)
        {
            if (value is not null)
            {
                Add(hash, key, value);
            }
        }

        public void AddRange(PersistentMap<TKey, TValue> map, int count)
        {
            for (var i = 0; i < count; i++)
            {
                Add(map._hashes[i], map._keys[i], map._values[i]);
            }
        }

        public PersistentMap<TKey, TValue> ToMap() =>
            _keys.Count == 0 ? Empty : new([.. _hashes], [.. _keys], [.. _values]);
    }
}
