using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.Tests.Model.Parts;

/// <summary>Says in words what it sees of one part of the model.</summary>
/// <param name="onEvent">What it says of an event and the state before it; null: nothing.</param>
/// <param name="onEnd">What it says of the end of a method; null: nothing.</param>
/// <param name="dependsOnCaller">Whether callers are shown the event, too.</param>
internal sealed class PartRule(
    Func<SqliteEvent, State, string?>? onEvent = null,
    Func<MethodEnd, State, string?>? onEnd = null,
    Func<SqliteEvent, bool>? dependsOnCaller = null) : FlowRule
{
    public override DiagnosticDescriptor Descriptor => Descriptors.ConnectionNotConfigured;

    public override ImmutableArray<FlowNeed> Needs { get; } = [new(Words.Sqlite, 1)];

    public override void Visit(SqliteEvent e, State before, FindingSink sink) => Say(onEvent?.Invoke(e, before), sink);

    public override void VisitEnd(MethodEnd end, State state, ImmutableArray<State> normal, FindingSink sink) => Say(onEnd?.Invoke(end, state), sink);

    public override bool DependsOnCaller(SqliteEvent e) => dependsOnCaller?.Invoke(e) ?? false;

    private static void Say(string? what, FindingSink sink)
    {
        if (what is not null)
        {
            sink.Report([], [what]);
        }
    }
}
