using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SqliteAnalyzers.Tests.Order.Shuffling;

/// <summary>Which code can be moved without what <c>#pragma</c>, <c>#nullable</c>, <c>#if</c> and <c>#region</c> around it mean.</summary>
internal static class Directives
{
    /// <summary>Whether moving the members changes what a directive applies to.</summary>
    /// <param name="members">The members of a type, a namespace or a file.</param>
    /// <param name="end">The token that stands after the last of them.</param>
    public static bool Bind(IEnumerable<MemberDeclarationSyntax> members, SyntaxToken end) =>
        HasDirective(end.LeadingTrivia) || members.Any(Bind);

    /// <summary>Whether a directive stands before the member, or one in it applies to more than the member.</summary>
    private static bool Bind(MemberDeclarationSyntax member) =>
        member.ContainsDirectives && (HasDirective(member.GetLeadingTrivia()) || Balance(member) != 0 || Directed(member).Any(directive => !IsOfPair(directive)));

    private static bool HasDirective(SyntaxTriviaList trivia) => trivia.Any(part => part.IsDirective);

    private static IEnumerable<SyntaxTrivia> Directed(SyntaxNode node) => node.DescendantTrivia().Where(trivia => trivia.IsDirective);

    private static bool IsOfPair(SyntaxTrivia directive) => directive.Kind()
        is SyntaxKind.RegionDirectiveTrivia or SyntaxKind.EndRegionDirectiveTrivia
        or SyntaxKind.IfDirectiveTrivia or SyntaxKind.ElifDirectiveTrivia or SyntaxKind.ElseDirectiveTrivia or SyntaxKind.EndIfDirectiveTrivia
        or SyntaxKind.PragmaWarningDirectiveTrivia;

    private static int Balance(SyntaxNode node) => Directed(node).Sum(directive => directive.GetStructure() switch
    {
        RegionDirectiveTriviaSyntax or IfDirectiveTriviaSyntax => 1,
        EndRegionDirectiveTriviaSyntax or EndIfDirectiveTriviaSyntax => -1,
        PragmaWarningDirectiveTriviaSyntax pragma => pragma.DisableOrRestoreKeyword.IsKind(SyntaxKind.DisableKeyword) ? 1 : -1,
        _ => 0,
    });
}
