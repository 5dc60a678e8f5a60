using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Rules.Configuration;

/// <summary>SQLITE3010: the project puts a database in WAL mode, and references a version with a known fault. It speaks where that is done first.</summary>
internal sealed class AffectedSqliteVersion : TextRule
{
    public override DiagnosticDescriptor Descriptor => Descriptors.AffectedSqliteVersion;

    public override Words Words => Words.Pragma;

    public override IEnumerable<Diagnostic> Analyze(SqlSource text, TextPlace place) =>
        text.Text.IndexOf("journal_mode", StringComparison.OrdinalIgnoreCase) >= 0
        && text.Script.Statements.Select(statement => statement.Pragma).FirstOrDefault(SetsWal) is { Value: { } mode }
        && place.IsFirstToSetWal
        && AffectedVersions.Find(place.Project.References) is var (library, why)
            ? [Diagnostic.Create(Descriptor, text.GetLocation(mode.Span), library, why)]
            : [];

    private static bool SetsWal(SqlPragma? pragma) => pragma is { IsComplete: true, Value: { } mode } && pragma.Name.Is("journal_mode") && mode.Is("wal");
}
