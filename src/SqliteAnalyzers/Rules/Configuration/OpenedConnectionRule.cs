using System.Collections.Immutable;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Configuration;

/// <summary>
/// A rule about what a connection lacks that is opened to read and write a file. It speaks at the call of Open, also in a method that
/// opens what it is given: its callers then say whether that lacks anything.
/// </summary>
internal abstract class OpenedConnectionRule : FlowRule
{
    private const ConnectionUse OtherThanWork =
        ConnectionUse.Checkpoints | ConnectionUse.ChecksIntegrity | ConnectionUse.Probes | ConnectionUse.Tidies;

    private const ConnectionUse Work = ConnectionUse.Reads | ConnectionUse.Writes | ConnectionUse.RunsUnknown;

    /// <summary>The pragmas that each connection has to set anew.</summary>
    protected static readonly ImmutableArray<string> PerConnection = ImmutableArray.Create("synchronous", "busy_timeout");

    public sealed override ImmutableArray<FlowNeed> Needs { get; } = ImmutableArray.Create(new FlowNeed(Words.Opens, 0));

    /// <summary>Whether a connection that is so used by a method works on the database, there or where it is held open; what code does that cannot be looked into is not known.</summary>
    protected static bool IsForWork(ConnectionUse use) =>
        (use & (ConnectionUse.BacksUp | ConnectionUse.Escapes | ConnectionUse.ForbidsWrites)) == 0
        && ((use & Work) != 0 || ((use & ConnectionUse.StaysOpen) != 0 && (use & OtherThanWork) == 0));

    public sealed override void Visit(SqliteEvent e, State before, FindingSink sink)
    {
        if (e is not Opens { IsConfigured: false } opens
            || before[opens.Connection].Must(Component.Access, Typestate.ReadOnly)
            || before[opens.Connection].Must(Component.Opening, Typestate.Open))
        {
            return;
        }

        // A connection that nobody saw made may be set up where it was.
        if (opens.Connection is not MadeObject && before.Get(opens.Connection, Slot.Database) is null)
        {
            sink.Report([], subject: opens.Connection, origin: opens.Origin, asksCallers: true);
            return;
        }

        var isOpened = !opens.IsImplicit || before[opens.Connection].Must(Component.Opening, Typestate.Closed);
        var databases = before.DatabasesOf(opens.Connection).ToArray();
        if (isOpened && databases.Length > 0 && !databases.Any(database => database is DatabaseObject { Source.IsMemory: true }))
        {
            Report(opens, before, databases, sink);
        }
    }

    public sealed override bool DependsOnCaller(SqliteEvent e) => e is Opens { IsConfigured: false };

    public sealed override bool StillHolds(ConnectionUse use) => IsForWork(use);

    public sealed override Finding? Settle(Finding finding, ProjectFacts project, FlowOptions options, CancellationToken cancellation)
    {
        if (project.IsTestProject || TemporaryFiles.AreCopiedTo(project.NamesIn(finding.At.Member)))
        {
            return null;
        }

        if (finding.AsksCallers)
        {
            return project.FoundByCallers(finding, cancellation)
                .Select(found => found.AsksCallers ? null : Judge(found))
                .FirstOrDefault(judged => judged is not null) is { } first
                    ? first with { At = finding.At, Maker = null, Properties = finding.Properties.SetItem(DiagnosticProperties.Missing, first.Properties[DiagnosticProperties.Missing]) }
                    : null;
        }

        // What another method opens is reported there.
        return finding.Origin is { } origin && !origin.Member.Equals(finding.At.Member) ? null : Judge(finding);

        Finding? Judge(Finding found) => found.Databases.Any(database => MayNeedNothing(database, project)) ? null : this.Judge(found, project, options, cancellation);
    }

    /// <summary>Reports that the connection is opened.</summary>
    protected abstract void Report(Opens opens, State before, AbstractObject[] databases, FindingSink sink);

    /// <summary>What is left of a finding about a connection to a file, with what it lacks.</summary>
    protected abstract Finding? Judge(Finding finding, ProjectFacts project, FlowOptions options, CancellationToken cancellation);

    /// <summary>The member that makes the connection, or the member that holds it.</summary>
    protected static string? MakerOf(AbstractObject connection) => connection switch
    {
        MadeObject made => made.Maker.Key,
        EntryObject { Path.Member: { Kind: ObjectMemberKind.Field } member } => member.ToString(),
        _ => null,
    };

    /// <summary>It is in memory or may be, or may be opened to read only.</summary>
    private static bool MayNeedNothing(DatabaseIdentity database, ProjectFacts project) =>
        database.IsMemory || (database.Source != DataSourceKind.Constant && project.MentionsMemoryOrReadOnly && !database.IsFile);
}
