using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Rules.Transactions;

/// <summary>SQLITE4008: a connection writes, or takes the write lock, while a query on it is half read and no transaction is open.</summary>
/// <remarks>In a transaction with the write lock nobody else can commit; of one that has none SQLITE4006 speaks.</remarks>
internal sealed class WriteWhileReaderOpen : FlowRule
{
    /// <summary>States in which the snapshot of the query is the only one.</summary>
    private const Typestate Outside = Typestate.NoTransaction | Typestate.Begun;

    public override DiagnosticDescriptor Descriptor => Descriptors.WriteWhileReaderOpen;

    /// <remarks>No name says that a query of Entity Framework Core is read row by row.</remarks>
    public override ImmutableArray<FlowNeed> Needs { get; } = ImmutableArray.Create(
        new FlowNeed(Words.Begins, 1),
        TransactionNeeds.Statement);

    public override void Visit(SqliteEvent e, State before, FindingSink sink)
    {
        if (WriteOf(e) is not var (connection, what)
            || before[connection].CertainEvidenceOf(Typestate.HalfRead) is not { } reader
            || !OtherWriters.MayBeThere(before, connection))
        {
            return;
        }

        if (before[connection].Must(Component.Transaction, Outside) || HasNoTransaction(e))
        {
            sink.Report([reader], [what], connection, origin: e.Origin);
        }
        else if (before[connection].Must(Component.Transaction, Outside | Typestate.TransactionUnknown))
        {
            sink.Report([reader], [what], connection, origin: e.Origin, asksCallers: true);
        }
    }

    public override int Hops => TransactionNeeds.Hops;

    public override bool DependsOnCaller(SqliteEvent e) => WriteOf(e) is { Connection.ExistsAtEntry: true };

    public override Finding? Settle(Finding finding, ProjectFacts project, FlowOptions options, CancellationToken cancellation) =>
        IsOfCalledCode(finding) || (finding.AsksCallers && project.BeginsTransactions(cancellation) && !project.FoundByCallers(finding, cancellation).Any(found => !found.AsksCallers))
            ? null
            : finding;

    /// <summary>Whether all of it happens in code that is called, which reports it.</summary>
    private static bool IsOfCalledCode(Finding finding) =>
        finding.Origin is { } origin && !origin.Member.Equals(finding.At.Member) && finding.Needs.All(reader => reader.Origin.Member.Equals(origin.Member));

    private static (AbstractObject Connection, string What)? WriteOf(SqliteEvent e) => e switch
    {
        Executes { IsWrite: true } write => (write.Connection, write.Description),
        Begins { Kind: SqlBeginKind.Immediate or SqlBeginKind.Exclusive } begin => (begin.Connection, begin.IsBySql ? "the BEGIN" : "BeginTransaction"),
        _ => null,
    };

    /// <summary>In a transaction of the driver's it would not come to this: that refuses a command that was not told it, and a second one.</summary>
    private static bool HasNoTransaction(SqliteEvent e) =>
        e is Executes { Enlistment: Enlistment.None, Command: not null } or Begins { IsBySql: false };
}
