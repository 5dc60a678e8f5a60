using Microsoft.CodeAnalysis;

namespace SqliteAnalyzers.Flow;

/// <summary>
/// Which members can matter at all, by name alone: those that mention a name of a library, and those that mention a name of
/// such a member. No graph is built for any other.
/// </summary>
internal sealed class RelevantMembers
{
    private readonly HashSet<SyntaxNode> _declarations = [];
    private readonly HashSet<SyntaxNode> _types = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public RelevantMembers(IEnumerable<TreeIndex> trees, Func<TreeIndex.Member, bool> isSeed)
    {
        var waiting = new List<TreeIndex.Member>();
        foreach (var member in trees.SelectMany(tree => tree.Members))
        {
            if (isSeed(member))
            {
                Add(member);
            }
            else
            {
                waiting.Add(member);
            }
        }

        for (var depth = 0; depth < FlowLimits.MaxCallDepth; depth++)
        {
            var reached = new List<TreeIndex.Member>();
            waiting.RemoveAll(member =>
            {
                if (!_names.Overlaps(member.Names))
                {
                    return false;
                }

                reached.Add(member);
                return true;
            });
            foreach (var member in reached)
            {
                Add(member);
            }
        }
    }

    public IEnumerable<string> Names => _names;

    /// <summary>Whether the member, or another of its type, can matter: a Dispose need not mention what it disposes by a telling name.</summary>
    public bool ContainsTypeOf(SyntaxNode declaration) =>
        Contains(declaration) || declaration.Ancestors().Any(_types.Contains);

    /// <summary>Whether the member around <paramref name="code"/> can matter.</summary>
    public bool Contains(SyntaxNode? code)
    {
        for (; code is not null; code = code.Parent)
        {
            if (_declarations.Contains(code))
            {
                return true;
            }
        }

        return false;
    }

    private void Add(TreeIndex.Member member)
    {
        _declarations.Add(member.Declaration);
        if (member.Declaration.Parent is { } type)
        {
            _types.Add(type);
        }

        if (member.Name.Length > 0)
        {
            _names.Add(member.Name);
        }
    }
}
