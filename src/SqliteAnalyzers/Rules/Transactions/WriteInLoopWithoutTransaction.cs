using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Transactions;

/// <summary>SQLITE4001: a write is executed in a loop, or by Dapper for each item of a list, and no transaction is open.</summary>
internal sealed class WriteInLoopWithoutTransaction : UntransactedWriteRule
{
    /// <summary>So few rounds are some writes that belong together, and no batch.</summary>
    public const int MaxRounds = 2;

    public override DiagnosticDescriptor Descriptor => Descriptors.WriteInLoopWithoutTransaction;

    public override ImmutableArray<FlowNeed> Needs { get; } = ImmutableArray.Create(
        new FlowNeed(Words.Executes, 2),
        new FlowNeed(Words.Repeats, 0));

    public override ImmutableArray<DiagnosticDescriptor> Covers { get; } = ImmutableArray.Create(Descriptors.RelatedWritesWithoutTransaction);

    public override void Visit(SqliteEvent e, State before, FindingSink sink)
    {
        if (e is not Executes { IsOfRows: true, Loop: { } loop } write || !IsBatch(loop) || IsOfOneRound(write.Connection, loop, before))
        {
            return;
        }

        if (loop.Holds.Member.Equals(write.At.Member))
        {
            var isList = loop.At.Equals(loop.Holds);
            Report(
                write,
                before,
                sink,
                loop.Holds,
                [],
                [write.Description, isList ? "for each item of the list" : "in each round"],
                properties: !isList && write.Origin.Equals(write.At) && CanBegin(before[write.Connection]) ? [(DiagnosticProperties.CanBegin, DiagnosticProperties.True)] : []);
        }
        else
        {
            ReportAnswer(write, before, sink, loop.Holds);
        }
    }

    /// <summary>Whether many writes come one after another, and nothing else is waited for between them.</summary>
    public static bool IsBatch(Loop loop) => loop is { AwaitsOther: false, IsOverItems: true } && loop.Rounds is null or > MaxRounds;

    protected override bool LeavesToCaller(Executes write) => write.Loop is null;

    protected override bool IsAboutWork(Finding finding, ProjectFacts project, CancellationToken cancellation)
    {
        var write = project.SyntaxAt(finding.At, cancellation);
        return !project.IsTemporaryTable(WrittenTables.NamedIn(finding.Arguments[0]), cancellation)
            && !RepeatedWrite.IsOfManyRounds(write)
            && !RepeatedWrite.WritesPortion(write)
            && !RepeatedWrite.DecidesOnNextRound(write)
            && !RepeatedWrite.FollowsClaim(write)
            && !(finding.Arguments[0].EndsWith("SaveChanges", StringComparison.Ordinal) && RepeatedWrite.SavesMany(write));
    }

    private static bool CanBegin(ObjectView connection) =>
        connection.Must(Component.Opening, Typestate.Open) && connection.Must(Component.Reader, Typestate.NoReader);

    /// <summary>Each round has a connection of its own, or opens it anew: no transaction can hold them together.</summary>
    private static bool IsOfOneRound(AbstractObject connection, Loop loop, State before) =>
        (connection.Origin is { } made && loop.At.Contains(made.Site))
        || (before[connection].EvidenceOf(Typestate.Open) is { Anchor: var opened } && loop.At.Contains(opened) && !opened.Equals(loop.Holds));
}
