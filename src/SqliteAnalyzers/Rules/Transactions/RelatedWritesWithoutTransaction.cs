using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Transactions;

/// <summary>SQLITE4002: two writes follow one another in one method on one connection, and no transaction is open.</summary>
internal sealed class RelatedWritesWithoutTransaction : UntransactedWriteRule
{
    /// <summary>Of a finding: whether a path leads over the first write to the second is not known by the state alone.</summary>
    private const string IsDoubtful = nameof(IsDoubtful);

    public override DiagnosticDescriptor Descriptor => Descriptors.RelatedWritesWithoutTransaction;

    public override ImmutableArray<FlowNeed> Needs { get; } = ImmutableArray.Create(
        new FlowNeed(Words.Executes, 1),
        new FlowNeed(Words.Executes | Words.Sql, 0));

    public override void Visit(SqliteEvent e, State before, FindingSink sink)
    {
        if (e is not Executes write || !IsSecond(write))
        {
            return;
        }

        // The callee may have asked; whether it did is not known here. A path in a transaction speaks for the others.
        if (!write.Origin.Member.Equals(write.At.Member) || IsInTransaction(write, before))
        {
            ReportAnswer(write, before, sink, write.Origin);
        }

        if (FirstBefore(write, before) is var (first, isDoubtful) && IsOfOneMethod(first, write))
        {
            Report(
                write,
                before,
                sink,
                question: write.Origin,
                needs: [first],
                arguments: first.What == write.Description ? [Numbered(first.What, "first"), Numbered(write.Description, "second")] : [first.What, write.Description],
                maker: first.Anchor.Member.Key,
                properties: isDoubtful ? [(IsDoubtful, DiagnosticProperties.True)] : []);
        }
    }

    protected override bool LeavesToCaller(Executes write) => write.IsTextFromCaller;

    protected override bool IsAboutWork(Finding finding, ProjectFacts project, CancellationToken cancellation)
    {
        var (first, second) = (WrittenTables.NamedIn(finding.Arguments[0]), WrittenTables.NamedIn(finding.Arguments[1]));
        return !project.IsTemporaryTable(first, cancellation)
            && !project.IsTemporaryTable(second, cancellation)
            && WritePair.Of(project.SyntaxAt(finding.Needs[0].Anchor, cancellation), project.SyntaxAt(finding.At, cancellation)) is { } pair
            && !pair.IsExclusive
            && !pair.IsFirstRepeated
            && !pair.WaitsBetween
            && (pair.IsFirstUnconditional || !finding.Properties.ContainsKey(IsDoubtful))
            && !(first == second && (IsUpsert(finding, pair) || IsUpsertOfContext(finding, pair)));
    }

    /// <summary>An INSERT where the UPDATE has found no row, or an UPDATE where the INSERT OR IGNORE has found one; in one text both run, one of them for nothing.</summary>
    private static bool IsUpsert(Finding finding, WritePair pair)
    {
        var isUpdate = finding.Arguments[0].StartsWith("the UPDATE", StringComparison.Ordinal);
        return finding.Arguments[isUpdate ? 1 : 0].StartsWith("the INSERT", StringComparison.Ordinal)
            && finding.Arguments[isUpdate ? 0 : 1].StartsWith("the UPDATE", StringComparison.Ordinal)
            && (pair.IsSecondGuarded || pair.IsOneCall);
    }

    /// <summary>What Entity Framework Core saves where its ExecuteUpdate has found no row.</summary>
    private static bool IsUpsertOfContext(Finding finding, WritePair pair) =>
        finding.Arguments[0].StartsWith("the ExecuteUpdate", StringComparison.Ordinal) && pair.IsSecondGuardedByFirst;

    /// <summary>The first INSERT into 'orders', of the INSERT into 'orders'.</summary>
    private static string Numbered(string description, string number) => description.Insert("the ".Length, $"{number} ");

    private static bool IsSecond(Executes write) =>
        (write.IsOfRows || (write is { IsWrite: true, Verb: "DROP", IsOnTable: false } && write.Table.Length > 0))
        && !write.Table.StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase);

    /// <summary>The one write that came before, since the connection was opened or the method entered; null if there was none, or more.</summary>
    private static (Evidence First, bool IsDoubtful)? FirstBefore(Executes write, State before)
    {
        var state = before.StateOf(write.Connection);
        var rows = state.Rows.Where(row => (row.If.IsAlways || row.If == new EntryFact(write.Connection, Typestate.NoWrite)) && (row.Bits & Typestate.OneWrite) != 0).ToArray();
        return state.EvidenceOf(Typestate.OneWrite) is { } first && rows.Length > 0
            ? (first, rows.All(row => (row.Doubtful & Typestate.OneWrite) != 0))
            : null;
    }

    /// <summary>Each stands in the code itself, or in one helper that executes what it is given, as the SaveChanges of a context that overrides it.</summary>
    private static bool IsOfOneMethod(Evidence first, Executes write)
    {
        if (!first.Anchor.Member.Equals(write.At.Member)
            || (write.Loop is { } loop && (WriteInLoopWithoutTransaction.IsBatch(loop) || (first.Anchor.Equals(write.At) && loop.Rounds != WriteInLoopWithoutTransaction.MaxRounds))))
        {
            return false;
        }

        return first.Origin.Equals(first.Anchor)
            ? write.Origin.Equals(write.At)
            : first.Origin.Equals(write.Origin) && !first.Anchor.Equals(write.At) && write.IsTextFromCaller && (write.Verb != "SaveChanges" || first.Below.Equals(first.Origin));
    }
}
