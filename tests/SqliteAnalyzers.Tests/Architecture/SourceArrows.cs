using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Tests.Docs;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Architecture;

/// <summary>Compiles the sources of the analyzers, and says which file uses what of which other.</summary>
internal static class SourceArrows
{
    /// <summary>What ImplicitUsings writes for the project.</summary>
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly string s_folder = Repository.PathTo("src", "SqliteAnalyzers");

    private static readonly Lazy<ImmutableArray<Arrow>> s_all = new(Find);

    /// <summary>The source files, from their folder, with slashes.</summary>
    public static ImmutableArray<string> Files { get; } =
    [
        .. Directory.EnumerateFiles(s_folder, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(s_folder, path).Replace('\\', '/'))
            .Where(path => !path.StartsWith("obj/", StringComparison.Ordinal) && !path.StartsWith("bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>One for each pair of a file and a type that it uses.</summary>
    public static ImmutableArray<Arrow> All => s_all.Value;

    private static ImmutableArray<Arrow> Find()
    {
        var trees = Files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(Path.Combine(s_folder, file)), TestCompilation.ParseOptions, file)).ToArray();
        var compilation = CSharpCompilation.Create(
            "Sources",
            [.. trees, CSharpSyntaxTree.ParseText(ImplicitUsings, TestCompilation.ParseOptions)],
            [
                .. TestReferences.Net,
                .. new[] { typeof(Compilation), typeof(CSharpCompilation) }.Select(type => MetadataReference.CreateFromFile(type.Assembly.Location)),
            ],
            TestCompilation.Options);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return [.. trees.SelectMany(tree => ArrowsFrom(tree, compilation.GetSemanticModel(tree))).DistinctBy(arrow => (arrow.From, arrow.To, arrow.Type))];
    }

    private static IEnumerable<Arrow> ArrowsFrom(SyntaxTree tree, SemanticModel model) =>
        from node in tree.GetRoot().DescendantNodes()
        where node is SimpleNameSyntax or BaseObjectCreationExpressionSyntax or ElementAccessExpressionSyntax or BinaryExpressionSyntax or ConstructorInitializerSyntax
        from symbol in SymbolsOf(node, model)
        where symbol is not INamespaceSymbol
        from reference in symbol.OriginalDefinition.DeclaringSyntaxReferences
        where reference.SyntaxTree != tree && reference.SyntaxTree.FilePath.Length > 0
        select new Arrow(tree.FilePath, reference.SyntaxTree.FilePath, OutermostType(symbol).Name, LineOf(node));

    /// <summary>What the node names, and of a value, what type it has: that is used, too, where nobody writes its name.</summary>
    private static IEnumerable<ISymbol> SymbolsOf(SyntaxNode node, SemanticModel model)
    {
        if (model.GetSymbolInfo(node).Symbol is { } symbol)
        {
            yield return symbol is IMethodSymbol { ReducedFrom: { } extension } ? extension : symbol;
        }

        if (model.GetTypeInfo(node).Type is { } type)
        {
            yield return type;
        }
    }

    private static ISymbol OutermostType(ISymbol symbol)
    {
        var type = symbol as INamedTypeSymbol ?? symbol.ContainingType;
        while (type?.ContainingType is { } outer)
        {
            type = outer;
        }

        return type ?? symbol;
    }

    private static string LineOf(SyntaxNode node)
    {
        var line = node.GetLocation().GetLineSpan().StartLinePosition.Line;
        return $"{node.SyntaxTree.FilePath}:{line + 1}: {node.SyntaxTree.GetText().Lines[line].ToString().Trim()}";
    }
}
