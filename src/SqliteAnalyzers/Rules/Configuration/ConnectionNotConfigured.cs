using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Configuration;

/// <summary>SQLITE3001: a read-write file connection is opened, and nothing in the project sets the required pragmas on its database.</summary>
internal sealed class ConnectionNotConfigured : FlowRule
{
    private const ConnectionUse Maintenance = ConnectionUse.Checkpoints | ConnectionUse.ChecksIntegrity | ConnectionUse.BacksUp;

    private const ConnectionUse Work = ConnectionUse.Reads | ConnectionUse.Writes;

    private const ConnectionUse Trial = ConnectionUse.IsOpenedToAnswer | ConnectionUse.Closes;

    public override DiagnosticDescriptor Descriptor => Descriptors.ConnectionNotConfigured;

    public override ImmutableArray<FlowNeed> Needs { get; } = ImmutableArray.Create(new FlowNeed(Words.Opens, Limits.MaxHops));

    public override void Visit(SqliteEvent e, State before, FindingSink sink)
    {
        if (e is not Opens { IsConfigured: false } opens || before[opens.Connection].Must(Component.Access, Typestate.ReadOnly))
        {
            return;
        }

        // A connection that nobody saw made may be set up where it was; one that is held for good was made by this project.
        var isMadeHere = opens.Connection is MadeObject || before.Get(opens.Connection, Slot.Database) is not null;
        var databases = before.DatabasesOf(opens.Connection).ToArray();
        if (isMadeHere && databases.Length > 0 && !databases.Any(database => database is DatabaseObject { Source.IsMemory: true }))
        {
            var creation = before[opens.Connection].EvidenceOf(Typestate.Closed);
            sink.Report(creation is null ? [] : [creation], subject: opens.Connection, databases: databases, at: opens.At);
        }
    }

    /// <summary>Where a connection is handed in, the caller knows where it was made.</summary>
    public override bool DependsOnCaller(SqliteEvent e) => e is Opens { IsConfigured: false };

    public override Finding? Settle(Finding finding, ProjectFacts project, FlowOptions options, CancellationToken cancellation)
    {
        if (project.IsTestProject || finding.Databases.Any(database => MayNeedNothing(database, project)))
        {
            return null;
        }

        foreach (var database in finding.Databases)
        {
            var set = project.PragmasSetOn(database, cancellation);
            var missing = options.RequiredPragmas.Where(pragma => !set.Contains(pragma) && !set.Contains(Configures.AnyPragma)).ToArray();
            if (missing.Length > 0)
            {
                return finding with
                {
                    Arguments = ImmutableArray.Create(string.Join(", ", missing)),
                    Properties = finding.Properties.SetItem(DiagnosticProperties.Missing, string.Join(",", missing)),
                };
            }
        }

        return null;
    }

    /// <summary>
    /// A connection that only checkpoints, checks or copies the database, or only tries whether it opens, needs none of it;
    /// what other code does with it is not known.
    /// </summary>
    public override bool StillHolds(ConnectionUse use) =>
        (use & (ConnectionUse.BacksUp | ConnectionUse.Escapes)) == 0
        && ((use & Work) != 0 || ((use & Maintenance) == 0 && use != Trial));

    /// <summary>It is in memory or may be, or may be opened to read only.</summary>
    private static bool MayNeedNothing(DatabaseIdentity database, ProjectFacts project) =>
        database.IsMemory || (database.Source != DataSourceKind.Constant && project.MentionsMemoryOrReadOnly && !database.IsFile);
}
