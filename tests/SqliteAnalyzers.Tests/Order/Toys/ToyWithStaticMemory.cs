using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SqliteAnalyzers.Tests.Order.Toys;

/// <summary>Remembers for ever on which line it has first seen a method of this name.</summary>
#pragma warning disable RS1001, RS1036 // It is no analyzer of a package.
internal sealed class ToyWithStaticMemory : DiagnosticAnalyzer
{
    private static readonly ConcurrentDictionary<string, int> s_lines = new();

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Toy.Rule];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSyntaxNodeAction(
            node =>
            {
                var method = (MethodDeclarationSyntax)node.Node;
                var line = s_lines.GetOrAdd(method.Identifier.Text, _ => method.GetLocation().GetLineSpan().StartLinePosition.Line);
                Toy.Report(node, method, $"{line}");
            },
            SyntaxKind.MethodDeclaration);
    }
}
#pragma warning restore RS1001, RS1036
