using System.Collections.Immutable;

namespace SqliteAnalyzers.Model;

/// <summary>What an expression may evaluate to: a small set of atoms.</summary>
internal sealed class Value : IEquatable<Value>
{
    private const int MaxAtoms = 8;

    public static readonly Value Unknown = new(ImmutableArray.Create(Atom.Unknown));

    /// <summary>What more than <see cref="MaxAtoms"/> atoms are; whatever is joined with it is it, so that the order of joins does not matter.</summary>
    private static readonly Value s_any = new(ImmutableArray.Create(Atom.Unknown));

    public static readonly Value NotDefault = Of(Atom.NotDefault);

    public static readonly Value Null = Of(Constant.Null);

    public static readonly Value True = Of(Constant.True);

    public static readonly Value False = Of(Constant.False);

    private Value(ImmutableArray<Atom> atoms) => (Atoms, IsDefault) = (atoms, IsDefaultOf(atoms));

    public ImmutableArray<Atom> Atoms { get; }

    /// <summary>Whether it is the default of its type; null if both is possible.</summary>
    public bool? IsDefault { get; }

    public bool IsUnknown => Atoms.Length == 1 && ReferenceEquals(Atoms[0], Atom.Unknown);

    public bool MayBeUnknown
    {
        get
        {
            foreach (var atom in Atoms)
            {
                if (ReferenceEquals(atom, Atom.Unknown) || ReferenceEquals(atom, Atom.NotDefault))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Whether it is, or holds, an object that was made.</summary>
    public bool LeadsToObjects
    {
        get
        {
            foreach (var atom in Atoms)
            {
                if (atom is not (EntryObject or Constant or Text or DatabaseObject or Answer) && !ReferenceEquals(atom, Atom.Unknown) && !ReferenceEquals(atom, Atom.NotDefault))
                {
                    return true;
                }
            }

            return false;
        }
    }

    public static Value Of(Atom atom) => ReferenceEquals(atom, Atom.Unknown) ? Unknown : new(ImmutableArray.Create(atom));

    public static Value Of(bool value) => value ? True : False;

    /// <summary>Null if there are none.</summary>
    public static Value? Of(IEnumerable<Atom> atoms)
    {
        var value = default(Value);
        foreach (var atom in atoms)
        {
            value = value?.Join(Of(atom)) ?? Of(atom);
        }

        return value;
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
        where T : Atom => Atoms.Length == 1 ? Atoms[0] as T : null;

    /// <summary>The only atom of its kind beside null.</summary>
    public T? OnlyOrNull<T>()
        where T : Atom
    {
        var found = default(T);
        foreach (var atom in Atoms)
        {
            if (atom is Constant { Value: null })
            {
                continue;
            }

            if (found is not null || atom is not T wanted)
            {
                return null;
            }

            found = wanted;
        }

        return found;
    }

    public bool Contains(Atom atom)
    {
        foreach (var mine in Atoms)
        {
            if (mine.Equals(atom))
            {
                return true;
            }
        }

        return false;
    }

    public Value Join(Value other)
    {
        if (ReferenceEquals(this, other) || ReferenceEquals(this, s_any))
        {
            return this;
        }

        if (ReferenceEquals(other, s_any))
        {
            return other;
        }

        var atoms = Atoms;
        foreach (var atom in other.Atoms)
        {
            if (!Contains(atom))
            {
                atoms = atoms.Add(atom);
            }
        }

        return atoms.Length == Atoms.Length ? this : atoms.Length > MaxAtoms ? s_any : new(atoms);
    }

    /// <summary>The atoms that pass; null if none does.</summary>
    public Value? Where(Func<Atom, bool> keep)
    {
        var atoms = Atoms.RemoveAll(atom => !keep(atom));
        return atoms.Length == Atoms.Length ? this : atoms.IsEmpty ? null : new(atoms);
    }

    public Value Select(Func<Atom, Atom> map)
    {
        var changed = false;
        var result = default(Value);
        foreach (var atom in Atoms)
        {
            var mapped = map(atom);
            changed |= !ReferenceEquals(mapped, atom);
            result = result?.Join(Of(mapped)) ?? Of(mapped);
        }

        return changed ? result! : this;
    }

    /// <summary>Replaces each atom by what it may be instead.</summary>
    public Value SelectMany(Func<Atom, Value> map)
    {
        var changed = false;
        var result = default(Value);
        foreach (var atom in Atoms)
        {
            var mapped = map(atom);
            changed |= mapped.Atoms.Length != 1 || !ReferenceEquals(mapped.Atoms[0], atom);
            result = result?.Join(mapped) ?? mapped;
        }

        return changed ? result! : this;
    }

    public bool Equals(Value? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || Atoms.Length != other.Atoms.Length || ReferenceEquals(this, s_any) || ReferenceEquals(other, s_any))
        {
            return false;
        }

        foreach (var atom in Atoms)
        {
            if (!other.Contains(atom))
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

    public override string ToString() => Atoms.Length == 1 ? Atoms[0].ToString() : string.Join(" | ", Atoms.Select(atom => atom.ToString()).OrderBy(text => text, StringComparer.Ordinal));

    private static bool? IsDefaultOf(ImmutableArray<Atom> atoms)
    {
        if (atoms.Length == 1 && atoms[0] is Constant { IsDefault: true })
        {
            return true;
        }

        foreach (var atom in atoms)
        {
            if (!(atom is AbstractObject or Constant { IsDefault: false } || ReferenceEquals(atom, Atom.NotDefault)))
            {
                return null;
            }
        }

        return false;
    }
}
