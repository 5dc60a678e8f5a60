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

        foreach (var database in before.Linked(opens.Connection, Slot.Database, ObjectKind.Database))
        {
            var identity = database.Identity!;
            if (identity.IsMemory || (identity.Source != DataSourceKind.Constant && sink.Project.MentionsMemoryOrReadOnly && !identity.IsFile))
            {
                return;
            }

            var set = sink.Project.PragmasSetOn(identity, sink.Cancellation);
            var missing = sink.Options.RequiredPragmas.Where(pragma => !set.Contains(pragma) && !set.Contains(Configures.AnyPragma)).ToArray();
            if (missing.Length > 0)
            {
                var creation = before[opens.Connection].EvidenceOf(Typestate.Closed);
                sink.Report(
                    creation is null ? [] : [creation],
                    [string.Join(", ", missing)],
                    subject: opens.Connection,
                    properties: (DiagnosticProperties.Missing, string.Join(",", missing)));
                return;
            }
        }
    }

    /// <summary>
    /// A connection that only checkpoints, checks or copies the database, or only tries whether it opens, needs none of it;
    /// what other code does with it is not known.
    /// </summary>
    public override bool StillHolds(ConnectionUse use) =>
        (use & (ConnectionUse.BacksUp | ConnectionUse.Escapes)) == 0
        && ((use & Work) != 0 || ((use & Maintenance) == 0 && use != Trial));
}
