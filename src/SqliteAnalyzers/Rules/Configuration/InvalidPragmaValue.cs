using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Rules.Configuration;

/// <summary>SQLITE3003: a value that the pragma does not take for what it says, or a parameter as value.</summary>
/// <remarks>The mode of a checkpoint belongs to SQLITE2003.</remarks>
internal sealed class InvalidPragmaValue : PragmaWordRule
{
    public override DiagnosticDescriptor Descriptor => Descriptors.InvalidPragmaValue;

    public override Words Words => Words.Pragma;

    protected override SqlToken? WrongWord(SqlPragma pragma) =>
        pragma is { Info: { } info, IsComplete: true, Value: { HasHole: false } value }
        && (pragma.ValueIsParameter || (!pragma.IsCheckpoint && !info.Values.Accepts(value.Text))) ? value : null;

    protected override string? NearestTo(SqlPragma pragma, string word) => pragma.ValueIsParameter ? null : pragma.Info!.Values.Nearest(word);

    protected override IEnumerable<string> Explain(SqlPragma pragma, SqlToken word, string? nearest)
    {
        yield return pragma.Name.Text;
        yield return pragma.ValueIsParameter ? "a PRAGMA statement takes no parameter, and SQLite throws a syntax error"
            : word.Kind is SqlTokenKind.Invalid or SqlTokenKind.Blob ? "SQLite throws an error"
            : "SQLite reads another one out of it, or leaves it as it is, without an error";
        yield return DidYouMean(nearest);
    }
}
