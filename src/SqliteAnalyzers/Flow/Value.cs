using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Flow;

/// <summary>
/// What an expression may evaluate to: a small set of atoms. An atom is an <see cref="AbstractObject"/>, a <see cref="SqlSource"/>
/// (any text), a <see cref="Constant"/>, a <see cref="Closure"/>, a <see cref="MethodGroup"/>, <see cref="Elements"/>,
/// an <see cref="Opaque"/> symbol, a <see cref="ReadResult"/>, or <see cref="Unknown"/>.
/// </summary>
internal sealed class Value : IEquatable<Value>
{
    private const int MaxAtoms = 8;

    public static readonly object UnknownAtom = new();

    public static readonly Value Unknown = new(ImmutableArray.Create(UnknownAtom));

    public static readonly Value Null = Of(new Constant(null));

    private Value(ImmutableArray<object> atoms) => Atoms = atoms;

    public ImmutableArray<object> Atoms { get; }

    public bool MayBeUnknown
    {
        get
        {
            foreach (var atom in Atoms)
            {
                if (ReferenceEquals(atom, UnknownAtom) || atom is Opaque)
                {
                    return true;
                }
            }

            return false;
        }
    }

    public static Value Of(object atom) => new(ImmutableArray.Create(atom));

    public static Value Of(IEnumerable<AbstractObject> objects)
    {
        var value = default(Value);
        foreach (var item in objects)
        {
            value = value is null ? Of(item) : value.Join(Of(item));
        }

        return value ?? Unknown;
    }

    public IEnumerable<AbstractObject> Objects(ObjectKind kind)
    {
        foreach (var atom in Atoms)
        {
            if (atom is AbstractObject found && found.Kind == kind)
            {
                yield return found;
            }
        }
    }

    public T? Only<T>()
        where T : class => Atoms.Length == 1 ? Atoms[0] as T : null;

    public Value Join(Value other)
    {
        if (ReferenceEquals(this, other))
        {
            return this;
        }

        var atoms = Atoms;
        foreach (var atom in other.Atoms)
        {
            if (!atoms.Contains(atom))
            {
                atoms = atoms.Add(atom);
            }
        }

        return atoms.Length == Atoms.Length ? this : atoms.Length > MaxAtoms ? Unknown : new(atoms);
    }

    /// <summary>The atoms that pass, or <see cref="Unknown"/> if none does.</summary>
    public Value Where(Func<object, bool> keep)
    {
        var atoms = Atoms.RemoveAll(atom => !keep(atom));
        return atoms.Length == Atoms.Length ? this : atoms.IsEmpty ? Unknown : new(atoms);
    }

    public Value Select(Func<object, object> map)
    {
        var result = default(Value);
        foreach (var atom in Atoms)
        {
            var mapped = Of(map(atom));
            result = result is null ? mapped : result.Join(mapped);
        }

        return result ?? Unknown;
    }

    public bool Equals(Value? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || Atoms.Length != other.Atoms.Length)
        {
            return false;
        }

        foreach (var atom in Atoms)
        {
            if (!other.Atoms.Contains(atom))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as Value);

    public override int GetHashCode()
    {
        var hash = Atoms.Length;
        foreach (var atom in Atoms)
        {
            hash += atom.GetHashCode();
        }

        return hash;
    }
}

/// <summary>A constant that is not text: null, a boolean, a number, an enum member.</summary>
internal sealed record Constant(object? Value)
{
    public static readonly Constant True = new(true);

    public static readonly Constant False = new(false);
}

/// <summary>A lambda, followed where it is invoked.</summary>
internal sealed record Closure(IFlowAnonymousFunctionOperation Function, ControlFlowGraph Owner);

/// <summary>A method or local function as a delegate.</summary>
internal sealed record MethodGroup(IMethodSymbol Method, Value? Instance, ControlFlowGraph Owner);

/// <summary>An array or collection of which only the possible elements are known.</summary>
internal sealed record Elements(Value Items);

/// <summary>The unknown content of a symbol: not known, but the same wherever the symbol stands.</summary>
internal sealed record Opaque(ISymbol Symbol, bool IsNotNull = false)
{
    public bool Equals(Opaque? other) =>
        other is not null && IsNotNull == other.IsNotNull && SymbolEqualityComparer.Default.Equals(Symbol, other.Symbol);

    public override int GetHashCode() => SymbolEqualityComparer.Default.GetHashCode(Symbol);
}

/// <summary>What Read() on a data reader answered: false means that it was read to its end.</summary>
internal sealed record ReadResult(AbstractObject Reader);
