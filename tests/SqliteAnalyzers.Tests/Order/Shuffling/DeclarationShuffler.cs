using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SqliteAnalyzers.Tests.Order.Shuffling;

/// <summary>Writes the members of each type, and the types of each file and namespace, in another order.</summary>
internal sealed class DeclarationShuffler(DeclarationOrder order, Random random, bool members, bool types) : CSharpSyntaxRewriter
{
    public override SyntaxNode? Visit(SyntaxNode? node) => node switch
    {
        TypeDeclarationSyntax type => Shuffle((TypeDeclarationSyntax)base.Visit(type)),
        BaseNamespaceDeclarationSyntax or CompilationUnitSyntax => base.Visit(node),
        MemberDeclarationSyntax => node,
        _ => base.Visit(node),
    };

    public override SyntaxNode? VisitNamespaceDeclaration(NamespaceDeclarationSyntax node)
    {
        var visited = (NamespaceDeclarationSyntax)base.VisitNamespaceDeclaration(node)!;
        return visited.WithMembers(Shuffle(visited.Members, visited.CloseBraceToken));
    }

    public override SyntaxNode? VisitFileScopedNamespaceDeclaration(FileScopedNamespaceDeclarationSyntax node)
    {
        var visited = (FileScopedNamespaceDeclarationSyntax)base.VisitFileScopedNamespaceDeclaration(node)!;
        return visited.WithMembers(Shuffle(visited.Members, node.SyntaxTree.GetCompilationUnitRoot().EndOfFileToken));
    }

    public override SyntaxNode? VisitCompilationUnit(CompilationUnitSyntax node)
    {
        var visited = (CompilationUnitSyntax)base.VisitCompilationUnit(node)!;
        return visited.WithMembers(Shuffle(visited.Members, visited.EndOfFileToken));
    }

    private TypeDeclarationSyntax Shuffle(TypeDeclarationSyntax type) =>
        members && !Directives.Bind(type.Members, type.CloseBraceToken)
            ? type.WithMembers([.. OrderedGroups.Shuffle(type.Members, member => DeclarationOrder.GroupOf(type, member) ?? order.GroupOf(member), random)])
            : type;

    /// <summary>Top-level statements stay in front.</summary>
    private SyntaxList<MemberDeclarationSyntax> Shuffle(SyntaxList<MemberDeclarationSyntax> declarations, SyntaxToken end) =>
        types && !Directives.Bind(declarations, end)
            ? [.. declarations.Where(IsStatement), .. OrderedGroups.Shuffle(declarations.Where(member => !IsStatement(member)), order.GroupOf, random)]
            : declarations;

    private static bool IsStatement(MemberDeclarationSyntax member) => member is GlobalStatementSyntax;
}
