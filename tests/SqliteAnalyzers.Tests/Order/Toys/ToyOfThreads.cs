using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SqliteAnalyzers.Tests.Order.Toys;

/// <summary>Waits a while at each method for another thread, and tells whether one has come.</summary>
#pragma warning disable RS1001, RS1026, RS1036 // It is no analyzer of a package.
internal sealed class ToyOfThreads : DiagnosticAnalyzer
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(100);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Toy.Rule];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            var atWork = 0;
            var met = new ManualResetEventSlim();
            start.RegisterSyntaxNodeAction(
                node =>
                {
                    if (Interlocked.Increment(ref atWork) > 1)
                    {
                        met.Set();
                    }

                    Toy.Report(node, (MethodDeclarationSyntax)node.Node, $"{met.Wait(s_patience)}");
                    Interlocked.Decrement(ref atWork);
                },
                SyntaxKind.MethodDeclaration);
        });
    }
}
#pragma warning restore RS1001, RS1026, RS1036
