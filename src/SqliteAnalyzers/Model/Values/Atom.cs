namespace SqliteAnalyzers.Model;

/// <summary>One thing that an expression may evaluate to.</summary>
/// <remarks>Atoms hold nothing of a compilation: they may outlive it.</remarks>
internal abstract record Atom
{
    /// <summary>Anything.</summary>
    public static readonly Atom Unknown = new UnknownAtom(CanBeDefault: true);

    /// <summary>Anything but the default of its type: not null, and of a number not zero.</summary>
    public static readonly Atom NotDefault = new UnknownAtom(CanBeDefault: false);

    private sealed record UnknownAtom(bool CanBeDefault) : Atom
    {
        public bool Equals(UnknownAtom? other) => other is not null && CanBeDefault == other.CanBeDefault;

        public override int GetHashCode() => CanBeDefault ? 1 : 2;

        public override string ToString() => CanBeDefault ? "?" : "not default";
    }
}

/// <summary>A constant that is not text: null, a boolean, a number, an enum member.</summary>
internal sealed record Constant(object? Value) : Atom
{
    public static readonly Constant True = new(true);

    public static readonly Constant False = new(false);

    public static readonly Constant Null = new((object?)null);

    /// <summary>Whether it is what a variable of its type begins with.</summary>
    public bool IsDefault => Value switch
    {
        null or false => true,
        int number => number == 0,
        long number => number == 0,
        ulong number => number == 0,
        uint or short or ushort or byte or sbyte => System.Convert.ToInt64(Value, System.Globalization.CultureInfo.InvariantCulture) == 0,
        _ => false,
    };

    public static Constant Of(bool value) => value ? True : False;

    public bool Equals(Constant? other) => other is not null && Equals(Value, other.Value);

    public override int GetHashCode() => Value switch
    {
        null => 7,
        string text => StableHash.Of(text),
        _ => Value.GetHashCode(),
    };
}

/// <summary>A lambda, a local function or a method of the project as a delegate, followed wherever it is invoked.</summary>
/// <param name="Unit">Its code.</param>
/// <param name="Receiver">Of an instance method: the object; of a lambda that uses it: this.</param>
/// <param name="Captured">The values of what it captured, where it has left the code that declares that; else empty.</param>
internal sealed record Closure(CodeUnit Unit, Value? Receiver, CapturedValues Captured) : Atom
{
    public bool Equals(Closure? other) =>
        other is not null && Unit.Equals(other.Unit) && Equals(Receiver, other.Receiver) && Captured.Equals(other.Captured);

    public override int GetHashCode() => StableHash.Combine(Unit.GetHashCode(), Receiver?.GetHashCode() ?? 0);
}

/// <summary>The call of an iterator whose code has not begun to run.</summary>
internal sealed record Deferred(CodeUnit Unit, Value? Receiver, ValueList Arguments, CapturedValues Captured) : Atom
{
    public bool Equals(Deferred? other) =>
        other is not null && Unit.Equals(other.Unit) && Equals(Receiver, other.Receiver) && Arguments.Equals(other.Arguments) && Captured.Equals(other.Captured);

    public override int GetHashCode() => StableHash.Combine(Unit.GetHashCode(), Arguments.GetHashCode());
}

/// <summary>The items of an array or collection that was written out, in their order.</summary>
/// <param name="Items">Those that are known.</param>
/// <param name="IsComplete">Whether there are no others.</param>
internal sealed record Elements(ValueList Items, bool IsComplete) : Atom
{
    public Value Any => Items.Any;

    public bool Equals(Elements? other) => other is not null && IsComplete == other.IsComplete && Items.Equals(other.Items);

    public override int GetHashCode() => StableHash.Combine(3, Items.GetHashCode());
}

/// <summary>A tuple.</summary>
internal sealed record TupleValue(ValueList Items) : Atom
{
    public bool Equals(TupleValue? other) => other is not null && Items.Equals(other.Items);

    public override int GetHashCode() => StableHash.Combine(5, Items.GetHashCode());
}

/// <summary>What Read() on a data reader answered: false means that it was read to its end.</summary>
internal sealed record ReadResult(AbstractObject Reader) : Atom
{
    public bool Equals(ReadResult? other) => other is not null && Reader.Equals(other.Reader);

    public override int GetHashCode() => StableHash.Combine(11, Reader.GetHashCode());
}

/// <summary>What a checkpoint answered.</summary>
/// <param name="Checkpoint">Where it was executed.</param>
/// <param name="IsCount">It is one of the columns after the first: it tells whether the checkpoint completed only where it is compared.</param>
internal sealed record Answer(Place Checkpoint, bool IsCount) : Atom
{
    public bool Equals(Answer? other) => other is not null && IsCount == other.IsCount && Checkpoint.Equals(other.Checkpoint);

    public override int GetHashCode() => StableHash.Combine(13, Checkpoint.GetHashCode());
}

/// <summary>Whether an iterator has given one more item: false means that its code has run to its end.</summary>
internal sealed record IterationResult(Deferred Iterator) : Atom
{
    public bool Equals(IterationResult? other) => other is not null && Iterator.Equals(other.Iterator);

    public override int GetHashCode() => StableHash.Combine(19, Iterator.GetHashCode());
}
