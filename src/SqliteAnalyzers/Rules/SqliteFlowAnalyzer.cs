using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SqliteAnalyzers.Flow;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Rules.Checkpoints;
using SqliteAnalyzers.Rules.Configuration;
using SqliteAnalyzers.Rules.Processes;

namespace SqliteAnalyzers.Rules;

/// <summary>The host of all rules about paths: runs the flow once for each method that touches SQLite.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SqliteFlowAnalyzer : DiagnosticAnalyzer
{
    private static readonly ImmutableArray<FlowRule> s_rules = ImmutableArray.Create<FlowRule>(
        new ProcessStartedWithoutCheckpoint(),
        new ProcessStartedWithOpenTransaction(),
        new CheckpointBeforeCommit(),
        new CheckpointResultIgnored(),
        new ConnectionNotConfigured());

    private readonly FlowCounters _counters;

    public SqliteFlowAnalyzer()
        : this(new())
    {
    }

    internal SqliteFlowAnalyzer(FlowCounters counters) => _counters = counters;

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = s_rules.Select(rule => rule.Descriptor).ToImmutableArray();

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (LibrarySet.For(start.Compilation) is { } libraries)
            {
                var options = new FlowOptionsProvider(start.Options.AnalyzerConfigOptionsProvider);
                var engine = new FlowEngine(start.Compilation, libraries, options, s_rules, _counters);

                // Not an operation block action: for that the driver would bind every method of the project.
                start.RegisterCodeBlockAction(code => Analyze(code, engine));
            }
        });
    }

    private static void Analyze(CodeBlockAnalysisContext context, FlowEngine engine)
    {
        if (!engine.Relevant.Contains(context.CodeBlock)
            || engine.Bodies.BlockOf(context.CodeBlock, context.OwningSymbol, context.CancellationToken) is not { } block)
        {
            return;
        }

        foreach (var finding in engine.Analyze(block, context.OwningSymbol as IMethodSymbol, context.CancellationToken))
        {
            context.ReportDiagnostic(finding.ToDiagnostic());
        }
    }
}
