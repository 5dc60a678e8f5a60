using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Rules.Checkpoints;

/// <summary>SQLITE2003: wal_checkpoint(X) where X is no mode.</summary>
internal sealed class UnknownCheckpointMode : PragmaWordRule
{
    public override DiagnosticDescriptor Descriptor => Descriptors.UnknownCheckpointMode;

    public override Words Words => Words.Checkpoint;

    protected override SqlToken? WrongWord(SqlPragma pragma) =>
        pragma is { ModeIsUnknownWord: true, Value.Kind: SqlTokenKind.Word or SqlTokenKind.QuotedName or SqlTokenKind.String or SqlTokenKind.Number } ? pragma.Value : null;

    protected override string? NearestTo(SqlPragma pragma, string word) => NearestWord.Find(word, CheckpointModes.Names);
}
