using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>
/// What one syntax tree says by itself: its types and members, and the names that each mentions. Made once per tree, without
/// binding anything, and kept as long as the tree: an edit makes one new tree, and all others keep theirs.
/// </summary>
internal sealed class TreeIndex
{
    private static readonly ConditionalWeakTable<SyntaxTree, TreeIndex> s_indexes = new();

    private readonly int _sieve;

    private TreeIndex(int sieve, IReadOnlyList<TypeEntry> types, IReadOnlyList<MemberEntry> members, int[] usings, IReadOnlyList<(int Alias, int Target)> aliases, ulong topHash)
    {
        _sieve = sieve;
        Types = types;
        Members = members;
        Usings = usings;
        Aliases = aliases;
        TopHash = topHash;
        foreach (var member in members)
        {
            Words |= member.Words;
        }
    }

    /// <summary>A type, or one of the parts of it.</summary>
    /// <param name="Name">Its name without type parameters.</param>
    /// <param name="Key">Its full name.</param>
    /// <param name="MetadataName">The same as the compiler writes it.</param>
    /// <param name="Names">The hashes of the names in front of its body: its own, its bases', those of the primary constructor's parameters.</param>
    /// <param name="Bases">The hashes of the names in the list of its bases.</param>
    /// <param name="Outer">The type it is nested in.</param>
    internal sealed record TypeEntry(string Name, string Key, string MetadataName, int[] Names, int[] Bases, TypeEntry? Outer)
    {
        public int NameHash { get; } = Model.NameHash.Of(Name);

        public int KeyHash { get; } = Model.NameHash.Of(Key);
    }

    /// <summary>A member that holds code: a method, property, field, the front of a type, or the top-level statements.</summary>
    /// <param name="Member">Its name in the program.</param>
    /// <param name="Name">The name by which other code mentions it.</param>
    /// <param name="Type">The type it is declared in; null for the top-level statements.</param>
    /// <param name="Span">Where it stands.</param>
    /// <param name="Names">The hashes of all words in it.</param>
    /// <param name="Declared">The hashes of the words in its declaration: of the types of its value and parameters.</param>
    /// <param name="Words">Which words of the libraries it mentions.</param>
    /// <param name="Traits">What it is.</param>
    /// <param name="BodyHash">Of every character of it.</param>
    /// <param name="TopHash">Of what other code can see of it.</param>
    internal sealed record MemberEntry(
        CodeMember Member,
        string Name,
        TypeEntry? Type,
        TextSpan Span,
        int[] Names,
        int[] Declared,
        Words Words,
        MemberTraits Traits,
        ulong BodyHash,
        ulong TopHash)
    {
        public int NameHash { get; } = Model.NameHash.Of(Name);

        /// <summary>Whether it may hand out a text by which others use a library: SQL, a connection string, the file of the program.</summary>
        public bool HandsOutWhatMatters => Has(MemberTraits.HandsOutText) && (Words & (Words.Sql | Words.Handed)) != 0;

        public bool Has(MemberTraits trait) => (Traits & trait) != 0;

        public bool Equals(MemberEntry? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => Member.GetHashCode();
    }

    public IReadOnlyList<TypeEntry> Types { get; }

    /// <summary>In the order of the source; none overlaps another.</summary>
    public IReadOnlyList<MemberEntry> Members { get; }

    /// <summary>The hashes of the types whose static members are used without their name.</summary>
    public int[] Usings { get; }

    public IReadOnlyList<(int Alias, int Target)> Aliases { get; }

    /// <summary>Of all that code elsewhere can see of the tree: an edit within a body leaves it as it is.</summary>
    public ulong TopHash { get; }

    /// <summary>The words that any of its members mentions.</summary>
    public Words Words { get; }

    public static TreeIndex Of(SyntaxTree tree, WordSieve sieve, CancellationToken cancellation)
    {
        if (s_indexes.TryGetValue(tree, out var index) && index._sieve == sieve.Hash)
        {
            return index;
        }

        index = new TreeReader(tree, sieve, cancellation).Read();
        s_indexes.AddOrUpdate(tree, index);
        return index;
    }

    /// <summary>Whether another index, of the same file, differs in nothing but the code of members and names that mean nothing.</summary>
    public bool SaysTheSameAs(TreeIndex other, Func<int, bool> isMeaningful)
    {
        if (TopHash != other.TopHash || Members.Count != other.Members.Count)
        {
            return false;
        }

        for (var i = 0; i < Members.Count; i++)
        {
            var (member, now) = (Members[i], other.Members[i]);
            if (!member.Member.Equals(now.Member) || member.Words != now.Words || member.Traits != now.Traits
                || (member.BodyHash != now.BodyHash && !NameHash.IsSameBut(member.Names, now.Names, isMeaningful)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The member around a position; null if there is none.</summary>
    public MemberEntry? MemberAt(int position)
    {
        int low = 0, high = Members.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = Members[middle].Span.Start <= position ? (middle, high) : (low, middle - 1);
        }

        return high >= 0 && Members[low].Span.Start <= position && position <= Members[low].Span.End ? Members[low] : null;
    }

    /// <summary>The syntax of a member: its declaration; the type, for the front of a type; the whole, for the top-level statements.</summary>
    public static SyntaxNode DeclarationOf(MemberEntry member, SyntaxNode root)
    {
        if (member.Has(MemberTraits.TopLevel))
        {
            return root;
        }

        var node = root.FindToken(member.Span.Start).Parent;
        for (var found = node; found is not null; found = found.Parent)
        {
            if (found is MemberDeclarationSyntax && found.SpanStart == member.Span.Start
                && (found is TypeDeclarationSyntax) == member.Has(MemberTraits.TypeFront)
                && (found.Span.End == member.Span.End || member.Has(MemberTraits.TypeFront)))
            {
                return found;
            }
        }

        return node ?? root;
    }

    /// <summary>All nodes of a member, without those of other members: of a type's front, or of types among top-level statements.</summary>
    public static IEnumerable<SyntaxNode> NodesOf(MemberEntry member, SyntaxNode root) => DeclarationOf(member, root).DescendantNodesAndSelf(node =>
        member.Has(MemberTraits.TypeFront) ? node is not MemberDeclarationSyntax || node.SpanStart == member.Span.Start
        : !member.Has(MemberTraits.TopLevel) || node is not (BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax));

    internal TreeIndex(int sieve, List<TypeEntry> types, List<MemberEntry> members, HashSet<int> usings, List<(int, int)> aliases, ulong topHash)
        : this(sieve, types.ToArray(), members.ToArray(), [.. usings.OrderBy(name => name)], aliases, topHash)
    {
    }
}

/// <summary>What a member is, as far as its syntax tells.</summary>
[Flags]
internal enum MemberTraits
{
    None = 0,

    /// <summary>The front of a type: its bases and the parameters of its primary constructor.</summary>
    TypeFront = 1,

    TopLevel = 2,

    /// <summary>Seen only by the code of its own type.</summary>
    Private = 4,

    /// <summary>An extension method, or a member of an extension block.</summary>
    Extension = 8,

    /// <summary>Called without its name being written: by using, foreach, an operator, an index.</summary>
    Unnamed = 16,

    Constructor = 32,

    Static = 64,

    /// <summary>It is, returns or holds text, alone or in a collection.</summary>
    HandsOutText = 128,

    /// <summary>It creates an object of a type that it does not write.</summary>
    TargetTypedNew = 256,

    /// <summary>A field, or a property that stores its value.</summary>
    Storage = 512,

    HasBody = 1024,

    /// <summary>A field or property that is written with a value to start with.</summary>
    HasInitializer = 2048,
}
