using System.Collections.Immutable;

namespace SqliteAnalyzers.Model;

internal enum PathRoot
{
    This,

    /// <summary>A parameter of the code itself.</summary>
    Parameter,

    /// <summary>A variable of the code around a lambda or local function.</summary>
    Variable,

    /// <summary>A static field or property.</summary>
    Static,

    /// <summary>What a call that was not followed gave back.</summary>
    Result,

    /// <summary>An object that was made here, of whose members something unknown has changed.</summary>
    Made,
}

/// <summary>
/// Where a value was found when a method was entered: from its receiver, a parameter, a captured variable or a static member,
/// over the members that lead to it. It is how a summary speaks of what only the caller knows.
/// </summary>
internal sealed class AccessPath : IEquatable<AccessPath>, IComparable<AccessPath>
{
    /// <summary>Members that a path leads over at most. What lies deeper is not told apart from anything else.</summary>
    public const int MaxLength = 5;

    private readonly int _hash;
    private string? _text;

    private AccessPath(PathRoot root, int ordinal, VariableId? variable, ObjectMember? member, MadeObject? made, AccessPath? parent)
    {
        Root = root;
        Ordinal = ordinal;
        Variable = variable;
        Member = member;
        Made = made;
        Parent = parent;
        Length = parent is null ? 0 : parent.Length + 1;
        _hash = StableHash.Combine(
            StableHash.Combine((int)root, ordinal, variable?.GetHashCode() ?? 0),
            StableHash.Combine(member?.GetHashCode() ?? 0, made?.GetHashCode() ?? 0, parent?.GetHashCode() ?? 0));
    }

    public static AccessPath This { get; } = new(PathRoot.This, 0, null, null, null, null);

    public PathRoot Root { get; }

    /// <summary>Of a parameter.</summary>
    public int Ordinal { get; }

    /// <summary>Of a captured variable.</summary>
    public VariableId? Variable { get; }

    /// <summary>The last member on the path; of a static root, the static member itself.</summary>
    public ObjectMember? Member { get; }

    /// <summary>Of a root that was made here, or given back by a call: which one.</summary>
    public MadeObject? Made { get; }

    /// <summary>The path without its last member; null for a root.</summary>
    public AccessPath? Parent { get; }

    /// <summary>Whether it begins at what a caller hands in: the receiver, an argument, a captured variable.</summary>
    public bool IsHandedIn => Root is PathRoot.This or PathRoot.Parameter or PathRoot.Variable;

    /// <summary>Whether it begins at what the code itself has made or was given by a call, so that no caller knows of it.</summary>
    public bool IsOwn => Root is PathRoot.Made or PathRoot.Result;

    /// <summary>How many members it leads over.</summary>
    public int Length { get; }

    /// <summary>Whether it leads to what a collection keeps.</summary>
    public bool LeadsOverElement => Parent is { } parent && (Member!.Kind is ObjectMemberKind.Element or ObjectMemberKind.Index || parent.LeadsOverElement);

    public static AccessPath Parameter(int ordinal) => new(PathRoot.Parameter, ordinal, null, null, null, null);

    public static AccessPath Of(VariableId variable) => new(PathRoot.Variable, 0, variable, null, null, null);

    public static AccessPath Static(ObjectMember member) => new(PathRoot.Static, 0, null, member, null, null);

    /// <param name="made">Stands for the call and, where a callee made the call, for the calls that led to it.</param>
    public static AccessPath Result(MadeObject made) => new(PathRoot.Result, 0, null, null, made, null);

    public static AccessPath Of(MadeObject made) => new(PathRoot.Made, 0, null, null, made, null);

    public AccessPath RootPath => Parent is null ? this : Parent.RootPath;

    /// <summary>The members after the root, in their order.</summary>
    public ImmutableArray<ObjectMember> Members
    {
        get
        {
            var members = ImmutableArray.CreateBuilder<ObjectMember>(Length);
            for (var path = this; path.Parent is not null; path = path.Parent)
            {
                members.Insert(0, path.Member!);
            }

            return members.ToImmutable();
        }
    }

    /// <summary>One member further; null if the path is too long then.</summary>
    public AccessPath? Then(ObjectMember member) =>
        Length >= MaxLength ? null : new(Root, Ordinal, Variable, member, Made, this);

    /// <summary>Whether it is <paramref name="other"/> or leads on from there.</summary>
    public bool StartsWith(AccessPath other)
    {
        for (var path = this; path is not null; path = path.Parent)
        {
            if (path.Equals(other))
            {
                return true;
            }
        }

        return false;
    }

    public int CompareTo(AccessPath? other) => string.CompareOrdinal(ToString(), other?.ToString());

    public bool Equals(AccessPath? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && _hash == other._hash
            && Root == other.Root
            && Ordinal == other.Ordinal
            && Length == other.Length
            && Equals(Variable, other.Variable)
            && Equals(Member, other.Member)
            && Equals(Made, other.Made)
            && Equals(Parent, other.Parent));

    public override bool Equals(object? obj) => Equals(obj as AccessPath);

    public override int GetHashCode() => _hash;

    public override string ToString() => _text ??= Parent is not null ? $"{Parent}.{Member}" : Root switch
    {
        PathRoot.This => "this",
        PathRoot.Parameter => $"#{Ordinal}",
        PathRoot.Variable => $"{Variable!.Member}/{Variable.Name}@{Variable.Start}",
        PathRoot.Static => $"{Member}",
        _ => $"{Root}({Made})",
    };
}
