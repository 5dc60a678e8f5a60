using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Rules.Configuration;

/// <summary>SQLITE3006: PRAGMA synchronous = OFF, but on databases that nobody keeps.</summary>
/// <remarks>The text is enough: it is written for a file, since in memory the pragma means nothing, unless all that is seen to execute it has a database in memory.</remarks>
internal sealed class SynchronousOff : PragmaWordRule
{
    private static readonly string[] s_words = ["OFF", "0", "NO", "FALSE"];

    public override DiagnosticDescriptor Descriptor => Descriptors.SynchronousOff;

    public override Words Words => Words.Pragma;

    protected override SqlToken? WrongWord(SqlPragma pragma) =>
        pragma is { IsComplete: true, Value: { } value } && pragma.Name.Is("synchronous") && pragma.Schema?.Is("main") != false && s_words.Any(value.Is) ? value : null;

    protected override bool Holds(TextPlace place) =>
        !place.Project.IsTestProject
        && !place.Mentions(TemporaryFiles.Names)
        && !place.IsSetInMemoryOnly(setting => setting.Name == "synchronous" && s_words.Contains(setting.Value, StringComparer.OrdinalIgnoreCase));

    protected override string? NearestTo(SqlPragma pragma, string word) => "NORMAL";

    protected override IEnumerable<string> Explain(SqlPragma pragma, SqlToken word, string? nearest) => [];
}
