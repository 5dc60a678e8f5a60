using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Configuration;

/// <summary>SQLITE3009: a connection to a database in memory that no other connection shares is opened again, and finds it empty.</summary>
internal sealed class InMemoryDatabaseReopened : FlowRule
{
    public override DiagnosticDescriptor Descriptor => Descriptors.InMemoryDatabaseReopened;

    /// <remarks>A connection string with another data source or mode stands where the connection is made, or in a field.</remarks>
    public override ImmutableArray<FlowNeed> Needs { get; } = ImmutableArray.Create(
        new FlowNeed(Words.OtherAccess, Limits.MaxHops),
        new FlowNeed(Words.Opens | Words.Executes, 0));

    public override void Visit(SqliteEvent e, State before, FindingSink sink)
    {
        if (e is Opens { IsForNothingStored: false } opens
            && before[opens.Connection].Must(Component.Opening, Typestate.Closed)
            && before[opens.Connection].CertainEvidenceOf(Typestate.Closed) is { What: Transitions.Closed } closed
            && before.DatabasesOf(opens.Connection).ToArray() is [DatabaseObject { Source.IsMemory: true } database]
            && before.Get(database, Slot.ConnectionString)?.Only<Text>() is { HasHoles: false } text
            && text.Flat.IndexOf("shared", StringComparison.OrdinalIgnoreCase) < 0)
        {
            sink.Report([closed], [text.Flat], opens.Connection);
        }
    }

    public override bool DependsOnCaller(SqliteEvent e) => e is Opens;

    public override Finding? Settle(Finding finding, ProjectFacts project, FlowOptions options, CancellationToken cancellation) =>
        project.IsTestProject ? null : finding;
}
