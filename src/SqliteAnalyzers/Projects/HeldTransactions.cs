using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Projects;

/// <summary>Transactions that a member begins and leaves open for others, as a unit of work does.</summary>
internal static class HeldTransactions
{
    public static bool AreLeftBy(FlowEngine engine, CancellationToken cancellation) => engine.Project.Members
        .Where(member => (member.Words & Words.Begins) != 0)
        .SelectMany(member => engine.Units.In(member.Member, cancellation))
        .Any(unit => engine.SummaryOf(unit, cancellation).Exits.Any(IsLeftIn));

    private static bool IsLeftIn(State exit) => exit.Objects.Any(pair =>
        pair.Key.Kind == ObjectKind.Connection
        && pair.Value.Rows.Any(row => (row.Bits & ~row.Inherited & Component.AnyTransaction) != 0 && (row.If.IsAlways || (row.If.Bit & Component.AnyTransaction) == 0)));
}
