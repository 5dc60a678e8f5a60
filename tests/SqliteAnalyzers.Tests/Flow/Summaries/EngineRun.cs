using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;
using SqliteAnalyzers.Rules.Checkpoints;
using SqliteAnalyzers.Rules.Configuration;
using SqliteAnalyzers.Rules.Processes;

namespace SqliteAnalyzers.Tests.Flow.Summaries;

/// <summary>A fresh engine for one compilation, which is asked for single pieces of code.</summary>
internal sealed class EngineRun
{
    /// <summary>The same for all engines, so that their findings can be compared.</summary>
    private static readonly ImmutableArray<FlowRule> s_rules =
    [
        new ProcessStartedWithoutCheckpoint(),
        new ProcessStartedWithOpenTransaction(),
        new CheckpointBeforeCommit(),
        new CheckpointResultIgnored(),
        new ConnectionNotConfigured(),
    ];

    private readonly ProjectAnalysis _analysis;

    public EngineRun(Compilation compilation, params ImmutableArray<FlowRule> rules)
        : this(compilation, new Counters(), [.. s_rules, .. rules])
    {
    }

    private EngineRun(Compilation compilation, Counters counters, ImmutableArray<FlowRule> rules)
    {
        compilation = FlowRun.AsNewProject(compilation);
        Counters = counters;
        _analysis = ProjectAnalysis.For(
            compilation, new(null), new(rules, [], [], []), counters, TestContext.Current.CancellationToken)!;
        Units = [.. compilation.SyntaxTrees.SelectMany(UnitsOf)];
    }

    public Counters Counters { get; }

    /// <summary>Ends what is asked from now on.</summary>
    public CancellationToken Cancellation { get; set; } = TestContext.Current.CancellationToken;

    public FlowEngine Engine => _analysis.Engine;

    /// <summary>Every piece of code of the program, lambdas and local functions among them, in the order of the source.</summary>
    public ImmutableArray<CodeUnit> Units { get; }

    /// <summary>With these rules and no others.</summary>
    public static EngineRun With(Compilation compilation, params ImmutableArray<FlowRule> rules) => new(compilation, new Counters(), rules);

    public CodeUnit UnitOf(string method) => Units.First(unit => unit is { Kind: CodeUnitKind.Body, Start: 0 } && unit.Member.Key.Contains($"{method}(", StringComparison.Ordinal));

    public Summary SummaryOf(CodeUnit unit) => Engine.SummaryOf(unit, Cancellation);

    /// <summary>What the rules find in a piece of code, seeing the whole project.</summary>
    public IReadOnlyList<Finding> FindingsOf(CodeUnit unit) => _analysis.Analyze([unit], Engine.Project.TreeOf(unit.Member)!, Cancellation);

    private IEnumerable<CodeUnit> UnitsOf(SyntaxTree tree)
    {
        var root = tree.GetRoot();
        var members = Engine.Project.Of(tree)!.Members.SelectMany(member => Engine.Units.In(member, TreeIndex.DeclarationOf(member, root)));
        var nested = root.DescendantNodes().Where(node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax).Select(Engine.Units.Of);
        return members.Concat(nested.OfType<CodeUnit>());
    }
}
