using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SqliteAnalyzers.Tests.Order.Toys;

/// <summary>Reports no method that it has seen in an earlier compilation.</summary>
#pragma warning disable RS1001, RS1026, RS1036 // It is no analyzer of a package.
internal sealed class ToyThatRemembers : DiagnosticAnalyzer
{
    private ImmutableHashSet<string> _names = [];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Toy.Rule];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            var earlier = _names;
            start.RegisterSyntaxNodeAction(
                node =>
                {
                    var method = (MethodDeclarationSyntax)node.Node;
                    _names = _names.Add(method.Identifier.Text);
                    Toy.Report(node, method, "", !earlier.Contains(method.Identifier.Text));
                },
                SyntaxKind.MethodDeclaration);
        });
    }
}
#pragma warning restore RS1001, RS1026, RS1036
