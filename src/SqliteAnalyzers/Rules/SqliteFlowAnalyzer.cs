using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Projects;
using SqliteAnalyzers.Rules.Checkpoints;
using SqliteAnalyzers.Rules.Configuration;
using SqliteAnalyzers.Rules.Processes;
using SqliteAnalyzers.Rules.Usage;

namespace SqliteAnalyzers.Rules;

/// <summary>The host of all rules: one analysis of the project for all of them, asked file by file.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SqliteFlowAnalyzer : DiagnosticAnalyzer
{
    private static readonly ImmutableArray<FlowRule> s_rules = ImmutableArray.Create<FlowRule>(
        new ProcessStartedWithoutCheckpoint(),
        new ProcessStartedWithOpenTransaction(),
        new OtherProcessStartedWithoutCheckpoint(),
        new CheckpointBeforeCommit(),
        new CheckpointResultIgnored(),
        new ConnectionNotConfigured(),
        new PerConnectionPragmaMissing());

    private static readonly ImmutableArray<TextRule> s_textRules = ImmutableArray.Create<TextRule>(
        new UnknownCheckpointMode(),
        new AutoCheckpointDisabled(),
        new UnknownPragma(),
        new InvalidPragmaValue(),
        new SynchronousOff(),
        new AffectedSqliteVersion());

    private static readonly ImmutableArray<TreeRule> s_treeRules = ImmutableArray.Create<TreeRule>(
        new WalFileDeleted());

    private readonly Counters _counters;

    public SqliteFlowAnalyzer()
        : this(new())
    {
    }

    internal SqliteFlowAnalyzer(Counters counters) => _counters = counters;

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        s_rules.Select(rule => rule.Descriptor)
            .Concat(s_textRules.Select(rule => rule.Descriptor))
            .Concat(s_treeRules.Select(rule => rule.Descriptor))
            .ToImmutableArray();

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            var options = new FlowOptionsProvider(start.Options.AnalyzerConfigOptionsProvider);
            if (ProjectAnalysis.For(start.Compilation, options, s_rules, s_textRules, s_treeRules, _counters, start.CancellationToken) is { } analysis)
            {
                // Not a code block or operation block action: for these the driver would look at every member of the project.
                start.RegisterSemanticModelAction(file =>
                {
                    foreach (var diagnostic in analysis.Analyze(file.SemanticModel, file.CancellationToken))
                    {
                        file.ReportDiagnostic(diagnostic);
                    }
                });
            }
        });
    }
}
