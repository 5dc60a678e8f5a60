using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SqliteAnalyzers.Tests.Order.Toys;

/// <summary>Looks at each method by itself.</summary>
#pragma warning disable RS1001, RS1026, RS1036, RS2008 // It is no analyzer of a package.
internal sealed class Toy(Action<SyntaxNodeAnalysisContext, MethodDeclarationSyntax> look) : DiagnosticAnalyzer
{
    public static readonly DiagnosticDescriptor Rule = new("TOY1", "Toy", "{0}", "Test", DiagnosticSeverity.Warning, isEnabledByDefault: true);
#pragma warning restore RS1001, RS1026, RS1036, RS2008

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    /// <summary>Reports a method where the condition holds.</summary>
    public static void Report(
        SyntaxNodeAnalysisContext context,
        MethodDeclarationSyntax method,
        string message,
        bool condition = true,
        ImmutableDictionary<string, string?>? properties = null,
        IEnumerable<Location>? others = null,
        DiagnosticSeverity severity = DiagnosticSeverity.Warning)
    {
        if (condition)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, method.Identifier.GetLocation(), severity, others, properties, message));
        }
    }

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
            start.RegisterSyntaxNodeAction(node => look(node, (MethodDeclarationSyntax)node.Node), SyntaxKind.MethodDeclaration));
    }
}
