using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Projects;

/// <summary>Transactions that a member begins and leaves open for others, as a unit of work does.</summary>
internal static class HeldTransactions
{
    private static readonly HashSet<int> s_begins = new(new[] { "BeginTransaction", "BeginTransactionAsync", "BEGIN", "Begin", "begin", "SAVEPOINT", "savepoint" }.Select(NameHash.Of));

    public static bool AreLeftBy(FlowEngine engine, CancellationToken cancellation) => engine.Project.Members
        .Where(member => (member.Words & Words.Begins) != 0 && NameHash.Overlaps(member.Names, s_begins))
        .SelectMany(member => engine.Units.In(member.Member, cancellation))
        .Any(unit => engine.SummaryOf(unit, cancellation).Exits.Any(IsLeftIn));

    private static bool IsLeftIn(State exit) => exit.Objects.Any(pair =>
        pair.Key.Kind == ObjectKind.Connection
        && pair.Value.Rows.Any(row => (row.Bits & ~row.Inherited & Component.AnyTransaction) != 0 && (row.If.IsAlways || (row.If.Bit & Component.AnyTransaction) == 0)));
}
