using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Rules.Configuration;

/// <summary>SQLITE3002: PRAGMA X where X is no pragma.</summary>
internal sealed class UnknownPragma : PragmaWordRule
{
    public override DiagnosticDescriptor Descriptor => Descriptors.UnknownPragma;

    public override Words Words => Words.Pragma;

    /// <remarks>
    /// Without a value, "Pragma error" may be a sentence: there the name must be near one that SQLite knows. "PRAGMA journal_" is the
    /// beginning of a text that goes on elsewhere.
    /// </remarks>
    protected override SqlToken? WrongWord(SqlPragma pragma) =>
        pragma is { Info: null, IsComplete: true, Name: { HasHole: false, Text.Length: > 0 } name }
        && (pragma.Value is not null || (!name.Text.EndsWith("_", StringComparison.Ordinal) && PragmaCatalogue.NearestName(name.Text) is not null))
            ? name
            : null;

    protected override string? NearestTo(SqlPragma pragma, string word) => PragmaCatalogue.NearestName(word);
}
