using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SqliteAnalyzers.Tests.Order.Toys;

/// <summary>Knows which methods it has seen in this compilation, the one it looks at included.</summary>
#pragma warning disable RS1001, RS1026, RS1036 // It is no analyzer of a package.
internal sealed class ToyWithMemory(Action<SyntaxNodeAnalysisContext, MethodDeclarationSyntax, IReadOnlyList<MethodDeclarationSyntax>> look) : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Toy.Rule];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            var seen = new List<MethodDeclarationSyntax>();
            start.RegisterSyntaxNodeAction(
                node =>
                {
                    var method = (MethodDeclarationSyntax)node.Node;
                    seen.Add(method);
                    look(node, method, seen);
                },
                SyntaxKind.MethodDeclaration);
        });
    }
}
#pragma warning restore RS1001, RS1026, RS1036
