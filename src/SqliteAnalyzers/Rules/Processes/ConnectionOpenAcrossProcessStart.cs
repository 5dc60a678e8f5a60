using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Processes;

/// <summary>SQLITE1004: a connection, or its pool, is still open when a process is started that may be a worker on its database.</summary>
internal sealed class ConnectionOpenAcrossProcessStart : FlowRule
{
    public override DiagnosticDescriptor Descriptor => Descriptors.ConnectionOpenAcrossProcessStart;

    public override ImmutableArray<FlowNeed> Needs { get; } = ImmutableArray.Create(
        new FlowNeed(Words.Starts, Limits.MaxHops),
        new FlowNeed(Words.Opens, Limits.MaxCallsBelow));

    public override void Visit(SqliteEvent e, State before, FindingSink sink)
    {
        if (e is not StartsProcess start)
        {
            return;
        }

        var held =
            from item in before.Objects.Keys
            where item.Kind == ObjectKind.Connection
            let databases = before.DatabasesOf(item).ToArray()
            where !databases.Any(database => database is DatabaseObject { Source.IsMemory: true }) && StartedProgram.LikelihoodOf(start, databases, before) == WorkerLikelihood.Likely
            let evidence = EvidenceOf(before[item])
            where evidence is not null
            orderby evidence, item.ToString()
            select (item, evidence);
        foreach (var (connection, evidence) in held.Take(1))
        {
            sink.Report([evidence], [evidence.What == Transitions.Closed ? "the pool keeps one open that was closed" : "one is open"], connection);
        }
    }

    public override bool DependsOnCaller(SqliteEvent e) => e is StartsProcess;

    private static Evidence? EvidenceOf(ObjectView connection) =>
        connection.Must(Component.Opening, Typestate.Open) ? connection.CertainEvidenceOf(Typestate.Open)
        : connection.Must(Component.Opening, Typestate.Closed) && connection.Must(Component.Pooling, Typestate.Pooled)
            && connection.CertainEvidenceOf(Typestate.Closed) is { What: Transitions.Closed } closed ? closed
        : null;
}
