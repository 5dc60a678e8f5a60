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
            .Where(pragma => IsMissing(pragma, finding.Use) && finding.Databases.All(database => IsChanged(pragma, project.PragmaValuesOn(database, pragma, cancellation))))
            .Where(pragma => (finding.Use & ConnectionUse.StaysOpen) == 0
                || project.IsUsedByCallers(finding.At.Member, use => IsMissing(pragma, use) && IsForWorkHere(use), cancellation))
            .ToArray();
        return missing.Length == 0 ? null : finding with
        {
            Arguments = ImmutableArray.Create(string.Join(", ", missing), missing.Length == 1 ? "it is" : "they are"),
            Properties = finding.Properties
                .SetItem(DiagnosticProperties.Missing, string.Join(",", missing))
                .SetItem(DiagnosticProperties.Values, string.Join(",", missing.Select(OnlyValueOf))),
        };

        string? OnlyValueOf(string pragma) =>
            finding.Databases.SelectMany(database => project.PragmaValuesOn(database, pragma, cancellation)).Distinct(StringComparer.OrdinalIgnoreCase).ToArray() is [var only] ? only : null;
    }

    /// <summary>Whether connections elsewhere have anything but what each has when it is opened.</summary>
    private static bool IsChanged(string pragma, IReadOnlyCollection<string?> values) => values.Any(value => pragma switch
    {
        "synchronous" => value?.ToUpperInvariant() is not ("FULL" or "2"),
        _ => value is not "0",
    });

    /// <summary>A statement of which nothing is known may set it.</summary>
    private static bool IsMissing(string pragma, ConnectionUse use) => (use & (ConnectionUses.SettingOf(pragma) | ConnectionUse.RunsUnknown)) == 0;

    /// <summary>Whether all that a connection is used for is known, and that is work.</summary>
    private static bool IsForWorkHere(ConnectionUse use) => (use & ConnectionUse.StaysOpen) == 0 && IsForWork(use);
}
