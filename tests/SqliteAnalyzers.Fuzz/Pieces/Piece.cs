using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.Tests.Order.Programs;

namespace SqliteAnalyzers.Fuzz.Pieces;

/// <summary>A small program that is parsed once, and the parts of it that a mutation can take hold of.</summary>
internal sealed class Piece
{
    private readonly ImmutableArray<SyntaxNode> _roots;

    public Piece(ProgramSource program)
    {
        Program = program;
        _roots = [.. program.Files.Select(file => CompiledProgram.Parse(file).GetRoot())];
        var tokens = Fragments(root => root.DescendantTokens().Where(token => !token.Span.IsEmpty), token => token.Span);
        Tokens = [.. tokens.Select(token => token.Fragment)];
        Identifiers = [.. tokens.Where(token => token.Part.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.Fragment)];
        Literals = [.. tokens.Where(token => token.Part.IsKind(SyntaxKind.StringLiteralToken)).Select(token => token.Fragment)];
        Brackets = [.. tokens.Where(token => token.Fragment.Text is "{" or "}" or "(" or ")" or "[" or "]").Select(token => token.Fragment)];
        Statements = Nodes(node => node is StatementSyntax and not BlockSyntax);
        Expressions = Nodes(node => node is ExpressionSyntax and not TypeSyntax);
        Members = Nodes(node => node.Parent is TypeDeclarationSyntax && node is MemberDeclarationSyntax);
        Types = Nodes(node => node is BaseTypeDeclarationSyntax);
    }

    public ProgramSource Program { get; }

    public ImmutableArray<Fragment> Tokens { get; }

    public ImmutableArray<Fragment> Identifiers { get; }

    /// <summary>Plain string literals, with their quotes.</summary>
    public ImmutableArray<Fragment> Literals { get; }

    public ImmutableArray<Fragment> Brackets { get; }

    public ImmutableArray<Fragment> Statements { get; }

    public ImmutableArray<Fragment> Expressions { get; }

    public ImmutableArray<Fragment> Members { get; }

    public ImmutableArray<Fragment> Types { get; }

    /// <summary>From there to the end of the file.</summary>
    public Fragment Rest(Fragment start)
    {
        var text = Program.Files[start.File].Text;
        return new(start.File, TextSpan.FromBounds(start.Span.Start, text.Length), text[start.Span.Start..]);
    }

    private ImmutableArray<Fragment> Nodes(Func<SyntaxNode, bool> isWanted) =>
        [.. Fragments(root => root.DescendantNodes().Where(node => !node.Span.IsEmpty && isWanted(node)), node => node.Span).Select(node => node.Fragment)];

    private (T Part, Fragment Fragment)[] Fragments<T>(Func<SyntaxNode, IEnumerable<T>> partsOf, Func<T, TextSpan> spanOf) =>
    [
        .. from file in Enumerable.Range(0, _roots.Length)
           from part in partsOf(_roots[file])
           let span = spanOf(part)
           select (part, new Fragment(file, span, Program.Files[file].Text.Substring(span.Start, span.Length))),
    ];
}
