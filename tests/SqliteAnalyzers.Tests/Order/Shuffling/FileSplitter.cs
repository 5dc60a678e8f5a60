using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SqliteAnalyzers.Tests.Order.Shuffling;

/// <summary>Splits a file into several, one type in each, with the usings of the file.</summary>
internal static class FileSplitter
{
    public static IReadOnlyList<CompilationUnitSyntax> Split(CompilationUnitSyntax file)
    {
        var types = TypesOf(file).ToArray();
        return types.Length < 2 || MustStayWhole(file, types)
            ? [file]
            : [.. types.Select((type, number) => number == 0 ? FirstPart(file, type) : Part(file, type))];
    }

    /// <summary>The types outside of other types, in all namespaces of the file.</summary>
    private static IEnumerable<MemberDeclarationSyntax> TypesOf(CompilationUnitSyntax file) =>
        file.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>()
            .Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);

    /// <summary>Types that only their file sees, and directives that apply to more than one type.</summary>
    private static bool MustStayWhole(CompilationUnitSyntax file, MemberDeclarationSyntax[] types) =>
        types.Any(type => type.Modifiers.Any(SyntaxKind.FileKeyword)) || Directives.Bind(types, file.EndOfFileToken);

    /// <summary>What a program has once stands in the first part: top-level statements, attributes of the assembly, global usings.</summary>
    private static CompilationUnitSyntax FirstPart(CompilationUnitSyntax file, MemberDeclarationSyntax type) =>
        file.WithMembers([.. file.Members.Where(member => member is GlobalStatementSyntax), .. Only(file.Members, type)]);

    private static CompilationUnitSyntax Part(CompilationUnitSyntax file, MemberDeclarationSyntax type) => file
        .WithMembers([.. Only(file.Members, type)])
        .WithAttributeLists([])
        .WithUsings([.. file.Usings.Where(directive => !directive.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword))]);

    /// <summary>The type in the namespaces around it.</summary>
    private static IEnumerable<MemberDeclarationSyntax> Only(SyntaxList<MemberDeclarationSyntax> members, MemberDeclarationSyntax type) =>
        from member in members
        where member.Span.Contains(type.Span)
        select member is BaseNamespaceDeclarationSyntax container ? container.WithMembers([.. Only(container.Members, type)]) : member;
}
