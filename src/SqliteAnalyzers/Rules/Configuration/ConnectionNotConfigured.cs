using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Flow;

namespace SqliteAnalyzers.Rules.Configuration;

/// <summary>SQLITE3001: a read-write file connection is opened, and nothing in the project sets the required pragmas on its database.</summary>
internal sealed class ConnectionNotConfigured : FlowRule
{
    private const ConnectionUse Maintenance = ConnectionUse.Checkpoints | ConnectionUse.ChecksIntegrity | ConnectionUse.BacksUp;

    private const ConnectionUse Work = ConnectionUse.Reads | ConnectionUse.Writes;

    private const ConnectionUse Trial = ConnectionUse.IsOpenedToAnswer | ConnectionUse.Closes;

    public override DiagnosticDescriptor Descriptor => Descriptors.ConnectionNotConfigured;

    public override void Visit(SqliteEvent e, State before, FindingSink sink)
    {
        if (e is not Opens { Configured: false } opens
            || opens.Connection is { Site: null, MadeBy: null }
            || before[opens.Connection].Must(Component.Access, Typestate.ReadOnly)
            || sink.Project.IsTestProject)
        {
            return;
        }

        var databases = before.Linked(opens.Connection, Slot.Database, ObjectKind.Database).Select(database => database.Identity!).ToArray();
        if (databases.Length > 0 && !databases.Any(database => MayNeedNothing(database, sink.Project)))
        {
            var creation = before[opens.Connection].EvidenceOf(Typestate.Closed);
            sink.Report(creation is null ? [] : [creation], [], subject: opens.Connection, databases: databases);
        }
    }

    public override Finding? Settle(Finding finding, FlowEngine engine, CancellationToken cancellation)
    {
        var required = engine.Options.For(finding.At.Syntax.SyntaxTree).RequiredPragmas;
        foreach (var database in finding.Databases)
        {
            var set = engine.Project.PragmasSetOn(database, cancellation);
            var missing = required.Where(pragma => !set.Contains(pragma) && !set.Contains(Configures.AnyPragma)).ToArray();
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
