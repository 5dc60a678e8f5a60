using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Transactions;

/// <summary>SQLITE4003: one transaction is open over a loop of a million writes or more, as the source counts them.</summary>
/// <remarks>No other connection can write meanwhile. Smaller counts are left to the program: some seconds, and all or nothing may be what it wants.</remarks>
internal sealed class TransactionOverManyWrites : FlowRule
{
    public const int MinRounds = 1_000_000;

    public override DiagnosticDescriptor Descriptor => Descriptors.BatchSizeOutOfRange;

    public override ImmutableArray<FlowNeed> Needs { get; } = ImmutableArray.Create(
        TransactionNeeds.Begin,
        new FlowNeed(Words.Executes, 1),
        new FlowNeed(Words.Repeats, 0));

    public override int Hops => TransactionNeeds.Hops;

    public override void Visit(SqliteEvent e, State before, FindingSink sink)
    {
        if (e is Executes { IsOfRows: true, Loop: { Rounds: >= MinRounds and var rounds } loop } write
            && loop.Holds.Member.Equals(write.At.Member)
            && (before[write.Connection].CertainEvidenceOf(Typestate.BeganImmediate) ?? before[write.Connection].CertainEvidenceOf(Typestate.BeganDeferred)) is { } begin
            && !loop.At.Contains(begin.Anchor))
        {
            sink.Report(
                [begin],
                [$"one transaction holds this write of each of {rounds.ToString("N0", CultureInfo.InvariantCulture)} rounds, and no other connection can write until it ends"],
                subject: write.Connection,
                databases: before.DatabasesOf(write.Connection),
                origin: loop.At);
        }
    }

    public override bool DependsOnCaller(SqliteEvent e) => e is Executes { IsOfRows: true, Connection.ExistsAtEntry: true, Loop: null or { Rounds: >= MinRounds } };

    public override Finding? Settle(Finding finding, ProjectFacts project, FlowOptions options, CancellationToken cancellation) =>
        project.IsTestProject
        || finding.Databases.Any(database => database.IsMemory)
        || project.SyntaxAt(finding.Origin ?? finding.At, cancellation) is not { } loop
        || !RepeatedWrite.IsCountedOut(loop)
        || RepeatedWrite.IsOfManyRounds(project.SyntaxAt(finding.At, cancellation))
        || project.MayEndTransactions(loop)
            ? null
            : finding;
}
