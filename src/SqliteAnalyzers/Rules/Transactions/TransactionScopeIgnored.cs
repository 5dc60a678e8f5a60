using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Transactions;

/// <summary>SQLITE4009: a connection is opened, or writes, inside a TransactionScope that Microsoft.Data.Sqlite does not look at.</summary>
internal sealed class TransactionScopeIgnored : FlowRule
{
    public override DiagnosticDescriptor Descriptor => Descriptors.TransactionScopeIgnored;

    public override ImmutableArray<FlowNeed> Needs { get; } = ImmutableArray.Create(
        new FlowNeed(Words.AmbientTransaction, 0),
        new FlowNeed(Words.Opens | Words.Executes, Limits.MaxCallsBelow));

    public override void Visit(SqliteEvent e, State before, FindingSink sink)
    {
        if (e is not ConnectionEvent { Connection: var connection } || ScopeIn(before) is not { } scope || e.At.CompareTo(scope) < 0)
        {
            return;
        }

        var used = before[connection];
        if (e is Opens opens && IsOpened(opens, used))
        {
            sink.Report([Evidence.At(scope)], subject: connection);
        }
        else if (e is Executes { IsWrite: true }
            && !(used.EvidenceOf(Typestate.Open) is { } opened && opened.Anchor.CompareTo(scope) > 0)
            && !used.May(Component.AnyTransaction))
        {
            // One finding for a connection that was opened before, and not one for each of its writes.
            sink.Report([Evidence.At(scope)], subject: connection, maker: e.At.Member.Key);
        }
    }

    public override int Hops => TransactionNeeds.Hops;

    /// <summary>A transaction of its own does for the connection what the scope does not.</summary>
    public override bool StillHolds(ConnectionUse use) => (use & ConnectionUse.Begins) == 0;

    public override bool DependsOnCaller(SqliteEvent e) => e is Opens or Executes { IsWrite: true };

    /// <remarks>System.Data.SQLite takes part in ambient transactions.</remarks>
    public override Finding? Settle(Finding finding, ProjectFacts project, FlowOptions options, CancellationToken cancellation) =>
        project.References.Any(reference => reference.Name == SystemDataSqlite.Provider.Namespace) ? null : finding;

    private static bool IsOpened(Opens opens, ObjectView connection) => opens.IsImplicit
        ? connection.Must(Component.Opening, Typestate.Closed)
        : !connection.Must(Component.Opening, Typestate.Open);

    /// <summary>The first scope that was made here and has not ended; null where one is inside it that may suppress it.</summary>
    private static Place? ScopeIn(State state)
    {
        var scopes = state.Variables
            .Where(pair => pair is { Key: Cell { Object: MadeObject { Kind: ObjectKind.TransactionScope }, Member: var member } } && member.Is(Slot.IsCompleted))
            .ToArray();
        return Array.Exists(scopes, pair => AmbientTransactions.MaySuppress(pair.Value)) ? null : scopes
            .Where(pair => pair.Value.Only<Constant>() is { Value: false })
            .Select(pair => (Place?)((MadeObject)((Cell)pair.Key).Object).MadeAt)
            .OrderBy(site => site)
            .FirstOrDefault();
    }
}
