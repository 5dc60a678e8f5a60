using System.Collections.Immutable;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Processes;

/// <summary>
/// A rule about a process that is started after a committed write to a database in WAL mode that no FULL, RESTART or TRUNCATE
/// checkpoint followed.
/// </summary>
/// <param name="likelihood">How likely the process is a worker on that database.</param>
internal abstract class UncheckpointedWriteRule(WorkerLikelihood likelihood) : FlowRule
{
    public sealed override ImmutableArray<FlowNeed> Needs { get; } = ImmutableArray.Create(
        new FlowNeed(Words.Starts, Limits.MaxHops),
        new FlowNeed(Words.Executes, Limits.MaxCallsBelow));

    public sealed override void Visit(SqliteEvent e, State before, FindingSink sink)
    {
        if (e is not StartsProcess start)
        {
            return;
        }

        var written =
            from item in before.Objects.Keys
            where item.Kind == ObjectKind.Database && item is not DatabaseObject { Source.IsMemory: true }
            where !MayBeInTransaction(item, before)
            let write = before[item].EvidenceOf(Typestate.WalWritten) ?? before[item].EvidenceOf(Typestate.WalPassive)
            where write is not null && StartedProgram.LikelihoodOf(start, [item], before) == likelihood
            orderby write, item.ToString()
            select (item, write);
        foreach (var (database, write) in written)
        {
            sink.Report([write], subject: database, databases: [database]);
        }
    }

    public sealed override bool DependsOnCaller(SqliteEvent e) => e is StartsProcess;

    public sealed override Finding? Settle(Finding finding, ProjectFacts project, FlowOptions options, CancellationToken cancellation) =>
        finding.Databases.Any(database => project.UsesWal(database, cancellation))
        && !finding.MessageArguments.Any(write => project.IsTemporaryTable(WrittenTables.NamedIn(write), cancellation))
        && !project.IsFoundByCallers(Descriptors.ProcessStartedWithOpenTransaction, finding.At.Member, finding.Needs[0].Origin, cancellation)
            ? finding
            : null;

    /// <summary>
    /// Whether a savepoint keeps what is written from being committed, whoever called the method, or a transaction may: of two connections
    /// that were there at entry it is not known whether they are one.
    /// </summary>
    private static bool MayBeInTransaction(AbstractObject database, State before) => before.Objects.Keys.Any(item => item.Kind == ObjectKind.Connection
        && ((before.StateOf(item).HasBegunUnlessBegun(item) && before.DatabasesOf(item).Any(used => used.Equals(database)))
            || (item.ExistsAtEntry && database is EntryObject && before[item].Must(Component.Transaction, Component.AnyTransaction))));
}
