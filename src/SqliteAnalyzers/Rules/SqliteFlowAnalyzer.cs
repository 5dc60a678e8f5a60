using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Projects;
using SqliteAnalyzers.Rules.Checkpoints;
using SqliteAnalyzers.Rules.Configuration;
using SqliteAnalyzers.Rules.Options;
using SqliteAnalyzers.Rules.Processes;
using SqliteAnalyzers.Rules.Transactions;
using SqliteAnalyzers.Rules.Usage;

namespace SqliteAnalyzers.Rules;

/// <summary>The host of all rules: one analysis of the project for all of them, asked file by file.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SqliteFlowAnalyzer : DiagnosticAnalyzer
{
    internal static RuleCatalog AllRules { get; } = new(
        Flow: ImmutableArray.Create<FlowRule>(
            new ProcessStartedWithoutCheckpoint(),
            new ProcessStartedWithOpenTransaction(),
            new OtherProcessStartedWithoutCheckpoint(),
            new CheckpointBeforeCommit(),
            new CheckpointResultIgnored(),
            new ConnectionOpenAcrossProcessStart(),
            new CheckpointAfterProcessStart(),
            new InMemoryDatabaseReopened(),
            new ConnectionNotConfigured(),
            new PerConnectionPragmaMissing(),
            new PragmaInsideTransaction(),
            new WriteInLoopWithoutTransaction(),
            new RelatedWritesWithoutTransaction(),
            new TransactionOverManyWrites(),
            new BatchNotCommitted(),
            new TransactionLeftOpen(),
            new DeferredTransactionUpgrade(),
            new CommandOutsideTransaction(),
            new WriteWhileReaderOpen(),
            new TransactionScopeIgnored()),
        Texts: ImmutableArray.Create<TextRule>(
            new UnknownCheckpointMode(),
            new AutoCheckpointDisabled(),
            new UnknownPragma(),
            new InvalidPragmaValue(),
            new SynchronousOff(),
            new AffectedSqliteVersion()),
        Trees: ImmutableArray.Create<TreeRule>(
            new ConnectionUsedAcrossThreads(),
            new DatabaseFileTouchedOutsideSqlite(),
            new WalFileDeleted(),
            new BatchSizeOutOfRange(),
            new PragmaInMigration(),
            new InvalidRuleOption()),
        Settings: ImmutableArray.Create<SettingRule>(
            new SharedCacheOnFile(),
            new UnsupportedConnectionStringKeyword(),
            new InfiniteLockWait()));

    private readonly RuleCatalog _rules;
    private readonly Counters _counters;

    public SqliteFlowAnalyzer()
        : this(AllRules, new())
    {
    }

    internal SqliteFlowAnalyzer(RuleCatalog rules, Counters counters)
    {
        (_rules, _counters) = (rules, counters);
        SupportedDiagnostics = rules.Descriptors;
    }

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            var options = new FlowOptionsProvider(start.Options.AnalyzerConfigOptionsProvider);
            if (ProjectAnalysis.For(start.Compilation, options, _rules, _counters, start.CancellationToken) is { } analysis)
            {
                // Not a code block or operation block action: for these the driver would look at every member of the project.
                start.RegisterSemanticModelAction(file =>
                {
                    foreach (var diagnostic in analysis.Analyze(file.SemanticModel, file.CancellationToken))
                    {
                        file.ReportDiagnostic(diagnostic);
                    }
                });
                start.RegisterAdditionalFileAction(file =>
                {
                    foreach (var diagnostic in analysis.Analyze(file.AdditionalFile, file.CancellationToken))
                    {
                        file.ReportDiagnostic(diagnostic);
                    }
                });
            }
        });
    }
}
