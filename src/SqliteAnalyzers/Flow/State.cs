using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace SqliteAnalyzers.Flow;

/// <summary>What is remembered about an object besides its typestate.</summary>
internal enum Slot
{
    /// <summary>Of a command, reader, transaction or batch: its connection. Of a connection: its <see cref="Database"/>.</summary>
    Connection,
    Database,
    CommandText,
    Transaction,
    ConnectionString,
    DataSource,
    Mode,
    Pooling,
    FileName,
    UseShellExecute,

    /// <summary>Of a connection: the name of the SAVEPOINT that began its transaction.</summary>
    OutermostSavepoint,

    /// <summary>Of a connection: its transaction was begun by SQL text.</summary>
    IsBegunBySql,

    /// <summary>Of a transaction: it was committed or rolled back.</summary>
    IsCompleted,
}

/// <summary>A slot of an object, as a variable of the state.</summary>
internal sealed record SlotOf(AbstractObject Item, Slot Slot);

/// <summary>
/// The abstract state at a place in the program: what each variable may hold, and the typestate of each object. Immutable.
/// </summary>
/// <remarks>A variable that is absent may hold anything. An absent object is unknown if it existed at entry, and does not exist yet otherwise.</remarks>
internal sealed class State : IEquatable<State>
{
    private State(ImmutableDictionary<object, Value> variables, ImmutableDictionary<AbstractObject, ObjectState> objects)
    {
        Variables = variables;
        Objects = objects;
    }

    public static State Empty { get; } = new(
        ImmutableDictionary.Create<object, Value>(VariableComparer.Instance),
        ImmutableDictionary<AbstractObject, ObjectState>.Empty);

    /// <summary>Keys: a symbol, a <see cref="CaptureId"/>, or a <see cref="SlotOf"/> an object.</summary>
    public ImmutableDictionary<object, Value> Variables { get; }

    public ImmutableDictionary<AbstractObject, ObjectState> Objects { get; }

    public Value? Get(object variable) => Variables.TryGetValue(variable, out var value) ? value : null;

    public Value? Get(AbstractObject item, Slot slot) => Get(new SlotOf(item, slot));

    public ObjectState this[AbstractObject item] =>
        Objects.TryGetValue(item, out var state) ? state
        : item.ExistsAtEntry ? ObjectState.Unknown(item.Kind)
        : ObjectState.Bottom;

    public State With(object variable, Value? value) =>
        new(value is null || ReferenceEquals(value, Value.Unknown) ? Variables.Remove(variable) : Variables.SetItem(variable, value), Objects);

    public State With(AbstractObject item, Slot slot, Value value) => With(new SlotOf(item, slot), value);

    public State With(AbstractObject item, ObjectState state) => new(Variables, With(Objects, item, state));

    public State With(ImmutableDictionary<object, Value> variables, ImmutableDictionary<AbstractObject, ObjectState> objects) =>
        new(variables.WithComparers(VariableComparer.Instance), objects);

    /// <summary>The connections, or other objects, that the slot of <paramref name="item"/> may hold.</summary>
    public IEnumerable<AbstractObject> Linked(AbstractObject item, Slot slot, ObjectKind kind) =>
        Get(item, slot)?.Objects(kind) ?? [];

    public State Join(State other) =>
        ReferenceEquals(this, other) ? this : new(JoinVariables(Variables, other.Variables), JoinObjects(other));

    /// <summary>Whether the two differ in nothing but what variables hold: such states need not be kept apart.</summary>
    public bool HasSameObjects(State other)
    {
        if (ReferenceEquals(Objects, other.Objects))
        {
            return true;
        }

        if (Objects.Count != other.Objects.Count)
        {
            return false;
        }

        foreach (var pair in Objects)
        {
            if (!other.Objects.TryGetValue(pair.Key, out var state) || !pair.Value.Equals(state))
            {
                return false;
            }
        }

        return true;
    }

    public bool Equals(State? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || Variables.Count != other.Variables.Count || !HasSameObjects(other))
        {
            return false;
        }

        if (ReferenceEquals(Variables, other.Variables))
        {
            return true;
        }

        foreach (var pair in Variables)
        {
            if (!other.Variables.TryGetValue(pair.Key, out var value) || !pair.Value.Equals(value))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as State);

    public override int GetHashCode()
    {
        var hash = (Variables.Count * 31) + Objects.Count;
        foreach (var pair in Variables)
        {
            hash += VariableComparer.Instance.GetHashCode(pair.Key) * pair.Value.GetHashCode();
        }

        foreach (var pair in Objects)
        {
            hash += pair.Key.GetHashCode() * pair.Value.GetHashCode();
        }

        return hash;
    }

    private static ImmutableDictionary<object, Value> JoinVariables(
        ImmutableDictionary<object, Value> left,
        ImmutableDictionary<object, Value> right)
    {
        if (ReferenceEquals(left, right))
        {
            return left;
        }

        var result = left;
        foreach (var pair in left)
        {
            // What only one path knows about an object that only that path made is not in doubt.
            if (!right.TryGetValue(pair.Key, out var other))
            {
                if (!IsSlotOfMadeObject(pair.Key))
                {
                    result = result.Remove(pair.Key);
                }
            }
            else if (pair.Value.Join(other) is var joined && !ReferenceEquals(joined, pair.Value))
            {
                result = ReferenceEquals(joined, Value.Unknown) ? result.Remove(pair.Key) : result.SetItem(pair.Key, joined);
            }
        }

        foreach (var pair in right)
        {
            if (IsSlotOfMadeObject(pair.Key) && !left.ContainsKey(pair.Key))
            {
                result = result.SetItem(pair.Key, pair.Value);
            }
        }

        return result;
    }

    /// <summary>An object of which nothing is known is absent if it existed at entry, so that equal knowledge is an equal state.</summary>
    private static ImmutableDictionary<AbstractObject, ObjectState> With(ImmutableDictionary<AbstractObject, ObjectState> objects, AbstractObject item, ObjectState state) =>
        item.ExistsAtEntry && state.IsUnknown(item.Kind) ? objects.Remove(item) : objects.SetItem(item, state);

    private static bool IsSlotOfMadeObject(object key) => key is SlotOf { Item.ExistsAtEntry: false };

    private ImmutableDictionary<AbstractObject, ObjectState> JoinObjects(State other)
    {
        if (ReferenceEquals(Objects, other.Objects))
        {
            return Objects;
        }

        var result = Objects;
        foreach (var pair in other.Objects)
        {
            var mine = this[pair.Key];
            var joined = mine.Join(pair.Value);
            if (!ReferenceEquals(joined, mine) || !Objects.ContainsKey(pair.Key))
            {
                result = With(result, pair.Key, joined);
            }
        }

        foreach (var pair in Objects)
        {
            if (!other.Objects.ContainsKey(pair.Key))
            {
                result = With(result, pair.Key, pair.Value.Join(other[pair.Key]));
            }
        }

        return result;
    }

    private sealed class VariableComparer : IEqualityComparer<object>
    {
        public static readonly VariableComparer Instance = new();

        public new bool Equals(object? x, object? y) =>
            x is ISymbol left ? SymbolEqualityComparer.Default.Equals(left, y as ISymbol) : object.Equals(x, y);

        public int GetHashCode(object obj) =>
            obj is ISymbol symbol ? SymbolEqualityComparer.Default.GetHashCode(symbol) : obj.GetHashCode();
    }
}
