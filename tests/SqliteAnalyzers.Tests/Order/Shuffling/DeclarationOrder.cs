using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SqliteAnalyzers.Tests.Order.Shuffling;

/// <summary>Which declarations must stay in order for the program to stay the same.</summary>
internal sealed class DeclarationOrder
{
    private const string Ordered = nameof(Ordered);

    private readonly HashSet<string> _orderedPartialTypes;

    public DeclarationOrder(IEnumerable<SyntaxNode> roots) =>
        _orderedPartialTypes =
        [
            .. roots.SelectMany(root => root.DescendantNodes(node => node is CompilationUnitSyntax or MemberDeclarationSyntax).OfType<TypeDeclarationSyntax>())
                .Where(type => type.Modifiers.Any(SyntaxKind.PartialKeyword) && type.Members.Any(member => GroupOf(type, member) is not null))
                .GroupBy(type => type.Identifier.Text)
                .Where(parts => parts.Count() > 1)
                .Select(parts => parts.Key),
        ];

    /// <summary>What is initialised runs in the order of the source; the fields of a struct and the properties of a record have an order too.</summary>
    public static string? GroupOf(TypeDeclarationSyntax type, MemberDeclarationSyntax member) => member switch
    {
        _ when type.AttributeLists.Count > 0 && IsData(member) => Ordered,
        _ when type is StructDeclarationSyntax or RecordDeclarationSyntax && IsData(member) => Ordered,
        BaseFieldDeclarationSyntax fields when fields.Declaration.Variables.Any(variable => variable.Initializer is not null) => Ordered,
        PropertyDeclarationSyntax { Initializer: not null } => Ordered,
        _ => null,
    };

    /// <summary>The parts of a type stay in order where more than one of them has such members.</summary>
    public string? GroupOf(MemberDeclarationSyntax type) =>
        type is TypeDeclarationSyntax { Identifier.Text: var name } && _orderedPartialTypes.Contains(name) ? name : null;

    /// <summary>So do the files with such parts, all of them, since a file may have parts of several types.</summary>
    public string? GroupOf(SyntaxNode root) =>
        root.DescendantNodes(node => node is CompilationUnitSyntax or MemberDeclarationSyntax).OfType<TypeDeclarationSyntax>().Any(type => GroupOf(type) is not null)
            ? Ordered
            : null;

    private static bool IsData(MemberDeclarationSyntax member) => member is BaseFieldDeclarationSyntax or PropertyDeclarationSyntax;
}
