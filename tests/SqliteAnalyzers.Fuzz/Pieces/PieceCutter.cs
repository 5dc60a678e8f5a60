using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Tests.Order.Programs;

namespace SqliteAnalyzers.Fuzz.Pieces;

/// <summary>Cuts programs into pieces that are small enough to be analysed a hundred thousand times: a type and the types it mentions.</summary>
internal static class PieceCutter
{
    /// <summary>Characters past which no further type is taken into a piece.</summary>
    private const int EnoughText = 4_000;

    public static IEnumerable<Piece> Cut(ProgramSource program)
    {
        var files = program.Files.Select(file => CompiledProgram.Parse(file).GetCompilationUnitRoot()).ToImmutableArray();
        var types = files.SelectMany(TypesOf).ToLookup(NameOf);
        if (program.Files.Sum(file => file.Text.Length) <= EnoughText || types.Count < 2)
        {
            return [new(program)];
        }

        var pieces = types.Select(type => Only(program, type.Key, files, WithMentioned(type.Key, types), withStatements: false));
        return files.Any(file => file.Members.Any(member => member is GlobalStatementSyntax))
            ? pieces.Append(Only(program, "top-level statements", files, [], withStatements: true))
            : pieces;
    }

    /// <summary>The parts of the type and of the types that it mentions, and of those that these mention, until the text is long enough.</summary>
    private static HashSet<MemberDeclarationSyntax> WithMentioned(string name, ILookup<string, MemberDeclarationSyntax> types)
    {
        var taken = new HashSet<MemberDeclarationSyntax>();
        var names = new Queue<string>([name]);
        while (names.TryDequeue(out var next) && taken.Sum(type => type.FullSpan.Length) < EnoughText)
        {
            foreach (var type in types[next].Where(taken.Add))
            {
                foreach (var mentioned in type.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.Text).Distinct())
                {
                    names.Enqueue(mentioned);
                }
            }
        }

        return taken;
    }

    private static Piece Only(
        ProgramSource program,
        string name,
        ImmutableArray<CompilationUnitSyntax> files,
        HashSet<MemberDeclarationSyntax> types,
        bool withStatements)
    {
        var kept = from file in files
                   let part = file.WithMembers([.. Only(file.Members, types, withStatements)])
                   where part.Members.Count > 0 || file.Members.Count == 0
                   select new SourceFile(file.SyntaxTree.FilePath, part.ToFullString());
        return new(program with { Name = $"{program.Name}, {name}", Files = [.. kept] });
    }

    private static IEnumerable<MemberDeclarationSyntax> Only(
        SyntaxList<MemberDeclarationSyntax> members, HashSet<MemberDeclarationSyntax> types, bool withStatements)
    {
        foreach (var member in members)
        {
            if (member is BaseNamespaceDeclarationSyntax container)
            {
                var kept = Only(container.Members, types, withStatements).ToArray();
                if (kept.Length > 0)
                {
                    yield return container.WithMembers([.. kept]);
                }
            }
            else if (member is GlobalStatementSyntax ? withStatements : types.Contains(member))
            {
                yield return member;
            }
        }
    }

    private static IEnumerable<MemberDeclarationSyntax> TypesOf(CompilationUnitSyntax file) =>
        file.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>()
            .Where(member => member is not (GlobalStatementSyntax or BaseNamespaceDeclarationSyntax));

    private static string NameOf(MemberDeclarationSyntax member) => member switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        DelegateDeclarationSyntax type => type.Identifier.Text,
        _ => "",
    };
}
