using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>The indexes of all trees of a compilation that are not a library's, and where each member of it stands.</summary>
internal sealed class ProjectIndex
{
    private readonly Dictionary<SyntaxTree, TreeIndex> _trees = [];
    private readonly List<SyntaxTree> _syntax = [];
    private readonly List<TreeIndex> _indexes = [];
    private readonly MemberPlaces _members;

    public ProjectIndex(Compilation compilation, LibrarySet libraries, ProjectMemory memory, CancellationToken cancellation)
    {
        var hash = 17ul;
        foreach (var tree in compilation.SyntaxTrees.Where(tree => !libraries.IsSource(tree)))
        {
            var index = TreeIndex.Of(tree, libraries.Sieve, cancellation);
            _trees[tree] = index;
            _syntax.Add(tree);
            _indexes.Add(index);
            Words |= index.Words;

            // The order of the files is nothing that the program says.
            hash += index.TopHash * 0x9E3779B97F4A7C15;
        }

        TopHash = hash;
        _members = memory.PlacesOf(_indexes);
    }

    /// <summary>Every word that a member of the project mentions.</summary>
    public Words Words { get; }

    /// <summary>Of all that the code of one member can see of the others.</summary>
    public ulong TopHash { get; }

    /// <summary>In the order of the compilation.</summary>
    public IReadOnlyList<TreeIndex> Trees => _indexes;

    public IEnumerable<TreeIndex.MemberEntry> Members => _indexes.SelectMany(tree => tree.Members);

    /// <summary>Null for a tree that is not of the compilation, or a library's.</summary>
    public TreeIndex? Of(SyntaxTree tree) => _trees.TryGetValue(tree, out var index) ? index : null;

    public int MemberCount => _members.Count;

    public TreeIndex.MemberEntry? Entry(CodeMember member) => _members.TryGet(member, out var place) ? _indexes[place.Tree].Members[place.Member] : null;

    public SyntaxTree? TreeOf(CodeMember member) => _members.TryGet(member, out var place) ? _syntax[place.Tree] : null;

    /// <summary>The member that a node is part of; null if it is part of none, or of another compilation.</summary>
    public TreeIndex.MemberEntry? MemberOf(SyntaxNode node) => Of(node.SyntaxTree)?.MemberAt(node.SpanStart);

    /// <summary>Where a piece of code stands; <see cref="Location.None"/> if it does no longer.</summary>
    public Location LocationOf(Place place) => Entry(place.Member) is { } entry
        ? Location.Create(TreeOf(place.Member)!, new(entry.Span.Start + place.Start, place.Length))
        : Location.None;
}
