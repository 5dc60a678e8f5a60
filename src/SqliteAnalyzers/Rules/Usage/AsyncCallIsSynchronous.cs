using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SqliteAnalyzers.Rules.Usage;

/// <summary>SQLITE5004: an asynchronous method of Microsoft.Data.Sqlite is called, which blocks all the same.</summary>
/// <remarks>An analyzer of its own, and the rule is off by default: whoever leaves it off pays nothing for it.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AsyncCallIsSynchronous : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.AsyncCallIsSynchronous);

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (DriverCalls.For(start.Compilation) is { } driver)
            {
                start.RegisterSyntaxNodeAction(node => Analyze(node, driver), SyntaxKind.InvocationExpression);
            }
        });
    }

    private static void Analyze(SyntaxNodeAnalysisContext context, DriverCalls driver)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        if (DriverCalls.NameOf(call) is { Identifier.ValueText: var name }
            && driver.AsyncNames.Contains(name)
            && driver.MethodOf(call, context.SemanticModel, context.CancellationToken) is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.AsyncCallIsSynchronous, call.GetLocation(), name, name.Substring(0, name.Length - "Async".Length)));
        }
    }
}
