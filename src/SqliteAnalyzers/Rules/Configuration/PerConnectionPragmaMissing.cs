using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Configuration;

/// <summary>
/// SQLITE3011: a connection to a database in WAL mode is opened without the pragmas that belong to a connection, which the project
/// sets on other connections to it.
/// </summary>
internal sealed class PerConnectionPragmaMissing : OpenedConnectionRule
{
    public override DiagnosticDescriptor Descriptor => Descriptors.PerConnectionPragmaMissing;

    protected override void Report(Opens opens, State before, AbstractObject[] databases, FindingSink sink) => sink.Report(
        [],
        subject: opens.Connection,
        databases: databases,
        maker: opens.IsImplicit ? MakerOf(opens.Connection) : null,
        origin: opens.Origin);

    protected override Finding? Judge(Finding finding, ProjectFacts project, FlowOptions options, CancellationToken cancellation)
    {
        if (!finding.Databases.All(database => project.IsKnownToUseWal(database, cancellation)))
        {
            return null;
        }

        var missing = PerConnection
            .Where(pragma => IsMissing(pragma, finding.Use) && finding.Databases.All(database => project.IsKnownToBeSetOn(database, pragma, cancellation)))
            .Where(pragma => (finding.Use & ConnectionUse.StaysOpen) == 0
                || project.IsUsedByCallers(finding.At.Member, use => IsMissing(pragma, use) && IsForWorkHere(use), cancellation))
            .ToArray();
        return missing.Length == 0 ? null : finding with
        {
            Arguments = ImmutableArray.Create(string.Join(", ", missing), missing.Length == 1 ? "it is" : "they are"),
            Properties = finding.Properties.SetItem(DiagnosticProperties.Missing, string.Join(",", missing)),
        };
    }

    /// <summary>A statement of which nothing is known may set it.</summary>
    private static bool IsMissing(string pragma, ConnectionUse use) => (use & (ConnectionUses.SettingOf(pragma) | ConnectionUse.RunsUnknown)) == 0;

    /// <summary>Whether all that a connection is used for is known, and that is work.</summary>
    private static bool IsForWorkHere(ConnectionUse use) => (use & ConnectionUse.StaysOpen) == 0 && IsForWork(use);
}
