using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Configuration;

/// <summary>
/// SQLITE3001: a read-write file connection is opened, and nothing in the project sets the required pragmas on its database. One
/// finding for a database and the member that makes the connection, however often that is opened.
/// </summary>
internal sealed class ConnectionNotConfigured : OpenedConnectionRule
{
    private const string JournalMode = "journal_mode";

    public override DiagnosticDescriptor Descriptor => Descriptors.ConnectionNotConfigured;

    protected override void Report(Opens opens, State before, AbstractObject[] databases, FindingSink sink)
    {
        var creation = before[opens.Connection].EvidenceOf(Typestate.Closed);
        sink.Report(
            creation is null ? [] : [creation],
            subject: opens.Connection,
            databases: databases,
            at: opens.At,
            maker: MakerOf(opens.Connection),
            origin: opens.Origin);
    }

    protected override Finding? Judge(Finding finding, ProjectFacts project, FlowOptions options, CancellationToken cancellation)
    {
        foreach (var database in finding.Databases)
        {
            var set = project.PragmasSetOn(database, cancellation);
            var missing = options.RequiredPragmas.Where(pragma => !IsSet(pragma) && !(pragma == JournalMode && project.MayBeMadeByContext(database, cancellation))).ToArray();
            if (missing.Length > 0)
            {
                // By themselves those of a connection are no fault.
                var named = missing.Contains(JournalMode)
                    ? missing.Concat(PerConnection.Where(pragma => !IsSet(pragma))).Distinct().ToArray()
                    : missing;
                return finding with
                {
                    Arguments = ImmutableArray.Create(string.Join(", ", named), named.Length == 1 ? "it" : "them"),
                    Properties = finding.Properties.SetItem(DiagnosticProperties.Missing, string.Join(",", named)),
                };
            }

            bool IsSet(string pragma) => set.Contains(pragma) || set.Contains(Configures.AnyPragma);
        }

        return null;
    }
}
