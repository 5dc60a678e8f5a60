using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SqliteAnalyzers.Flow;

/// <summary>
/// What the names and strings of one syntax tree say, read off its tokens without binding anything; made once per tree.
/// </summary>
internal sealed class TreeIndex
{
    private static readonly ConditionalWeakTable<SyntaxTree, TreeIndex> s_indexes = new();

    private TreeIndex(List<Member> members) => Members = members;

    /// <summary>The declarations that hold code or constants.</summary>
    public IReadOnlyList<Member> Members { get; }

    /// <summary>A method, constructor, accessor's property, field or the top-level statements, with every name and string it mentions.</summary>
    public sealed record Member(SyntaxNode Declaration, string Name, HashSet<string> Names, IReadOnlyList<string> Strings);

    public static TreeIndex Of(SyntaxTree tree, CancellationToken cancellation)
    {
        if (s_indexes.TryGetValue(tree, out var index))
        {
            return index;
        }

        var members = new List<Member>();
        Collect(tree.GetRoot(cancellation), members, cancellation);
        index = new(members);
        return s_indexes.GetValue(tree, _ => index);
    }

    private static void Collect(SyntaxNode root, List<Member> members, CancellationToken cancellation)
    {
        var topLevel = new List<SyntaxNode>();
        var pending = new Stack<SyntaxNode>();
        pending.Push(root);
        while (pending.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var child in pending.Pop().ChildNodes())
            {
                switch (child)
                {
                    case GlobalStatementSyntax:
                        topLevel.Add(child);
                        break;
                    case TypeDeclarationSyntax type:
                        if (type.BaseList is { } bases)
                        {
                            members.Add(Read(type, type.Identifier.ValueText, [bases]));
                        }

                        pending.Push(child);
                        break;
                    case BaseNamespaceDeclarationSyntax:
                        pending.Push(child);
                        break;
                    case MemberDeclarationSyntax member:
                        members.Add(Read(member, NameOf(member), [member]));
                        break;
                }
            }
        }

        if (topLevel.Count > 0)
        {
            members.Add(Read(root, "", topLevel));
        }
    }

    private static Member Read(SyntaxNode declaration, string name, IEnumerable<SyntaxNode> nodes)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var strings = new List<string>();
        foreach (var token in nodes.SelectMany(node => node.DescendantTokens()))
        {
            switch (token.Kind())
            {
                case SyntaxKind.IdentifierToken:
                    names.Add(token.ValueText);
                    break;
                case SyntaxKind.StringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
                    or SyntaxKind.InterpolatedStringTextToken:
                    strings.Add(token.ValueText);
                    break;
            }
        }

        return new(declaration, name, names, strings);
    }

    private static string NameOf(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        BaseFieldDeclarationSyntax { Declaration.Variables: [var first, ..] } => first.Identifier.ValueText,
        _ => "",
    };
}
