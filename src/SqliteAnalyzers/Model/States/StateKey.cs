using Microsoft.CodeAnalysis.FlowAnalysis;

namespace SqliteAnalyzers.Model;

/// <summary>Something that holds a value in a state.</summary>
internal abstract record StateKey
{
    /// <summary>Whether it tells at which item of a known sequence an enumeration stands.</summary>
    public virtual bool IsPosition => false;

    /// <summary>Whether conditions of the program can tell of its value.</summary>
    public virtual bool IsOfProgram => true;
}

/// <summary>A local variable or parameter.</summary>
internal sealed record VariableKey(VariableId Variable) : StateKey
{
    public bool Equals(VariableKey? other) => other is not null && Variable.Equals(other.Variable);

    public override int GetHashCode() => Variable.GetHashCode();
}

/// <summary>A value that the control flow graph keeps from one block to another.</summary>
internal sealed record CaptureKey(CaptureId Id) : StateKey
{
    public bool Equals(CaptureKey? other) => other is not null && Id.Equals(other.Id);

    public override int GetHashCode() => Id.GetHashCode();
}

/// <summary>The value that a method gives back.</summary>
internal sealed record ReturnKey : StateKey
{
    public static readonly ReturnKey Instance = new();

    public bool Equals(ReturnKey? other) => other is not null;

    public override int GetHashCode() => 3;
}

/// <summary>What the call that is being followed has given back, while the code itself may be giving back something else.</summary>
internal sealed record CallResultKey : StateKey
{
    public static readonly CallResultKey Instance = new();

    public bool Equals(CallResultKey? other) => other is not null;

    public override int GetHashCode() => 5;
}

/// <summary>A member of an object.</summary>
internal sealed record Cell(AbstractObject Object, ObjectMember Member) : StateKey
{
    private readonly int _hash = StableHash.Combine(Object.GetHashCode(), Member.GetHashCode());

    public override bool IsPosition { get; } = Object.Kind == ObjectKind.Enumerator && Member.Is(Slot.Position);

    public override bool IsOfProgram { get; } = Member.Kind != ObjectMemberKind.Slot;

    public bool Equals(Cell? other) =>
        ReferenceEquals(this, other) || (other is not null && _hash == other._hash && Member.Equals(other.Member) && Object.Equals(other.Object));

    public override int GetHashCode() => _hash;
}

/// <summary>A static field or property.</summary>
internal sealed record StaticKey(ObjectMember Member) : StateKey
{
    public bool Equals(StaticKey? other) => other is not null && Member.Equals(other.Member);

    public override int GetHashCode() => Member.GetHashCode();
}

/// <summary>The item that an iterator has given last.</summary>
internal sealed record YieldedKey(CodeUnit Iterator) : StateKey
{
    public bool Equals(YieldedKey? other) => other is not null && Iterator.Equals(other.Iterator);

    public override int GetHashCode() => StableHash.Combine(17, Iterator.GetHashCode());
}

/// <summary>What a call has left in the argument for one of its parameters by reference.</summary>
internal sealed record OutKey(int Ordinal) : StateKey
{
    public bool Equals(OutKey? other) => other is not null && Ordinal == other.Ordinal;

    public override int GetHashCode() => 23 + Ordinal;
}
