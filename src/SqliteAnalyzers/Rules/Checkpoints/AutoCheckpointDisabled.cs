using System.Globalization;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Rules.Checkpoints;

/// <summary>SQLITE2004: wal_autocheckpoint is set to 0 or less, and nothing in the project checkpoints or sets it back.</summary>
internal sealed class AutoCheckpointDisabled : PragmaWordRule
{
    private const string Pragma = "wal_autocheckpoint";

    public override DiagnosticDescriptor Descriptor => Descriptors.AutoCheckpointDisabled;

    public override Words Words => Words.Pragma;

    protected override SqlToken? WrongWord(SqlPragma pragma) =>
        pragma is { IsComplete: true, Value: { } value } && pragma.Name.Is(Pragma) && TurnsOff(value.Text) ? value : null;

    protected override bool Holds(TextPlace place) =>
        !place.Project.IsTestProject
        && !place.Project.MentionsCheckpoint
        && !place.Project.Writes(setting => setting.Name == Pragma && (setting.Value is null || !TurnsOff(setting.Value)))
        && !place.IsSetInMemoryOnly(setting => setting is { Name: Pragma, Value: { } value } && TurnsOff(value));

    protected override string? NearestTo(SqlPragma pragma, string word) => null;

    protected override IEnumerable<string> Explain(SqlPragma pragma, SqlToken word, string? nearest) => [];

    private static bool TurnsOff(string value) => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var pages) && pages <= 0;
}
