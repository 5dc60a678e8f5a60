using SqliteAnalyzers.CodeFixes.Editing;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.CodeFixes.Sqlite;

/// <summary>
/// A checkpoint that a fix writes.
/// </summary>
/// <param name="Mode">As the members of the runtime library's <c>SqliteCheckpointMode</c> are spelt.</param>
/// <param name="Database">The database it is of, where the program names one.</param>
internal sealed record CheckpointTarget(string Mode, string? Database = null)
{
    public string Sql => $"PRAGMA {(Database is null ? "" : $"\"{Database.Replace("\"", "\"\"")}\".")}wal_checkpoint({Mode.ToUpperInvariant()});";

    /// <summary>Whether the helper does the same: it checkpoints one database, and a pragma that names none all that are attached.</summary>
    public bool CanBeHelper(FixContext context) => Database is not null || !ProjectWords.Attaches(context.Model.Compilation, context.CancellationToken);

    /// <summary>The one checkpoint that the SQL is, or null where it is not known, is more than that, or has another mode.</summary>
    public static CheckpointTarget? Of(string? sql, string mode) =>
        sql is not null && SqlScript.Parse(sql).Statements is [var statement] ? Of(statement, mode) : null;

    /// <summary>The checkpoint that the statement is, or null where it is another statement, or has another mode.</summary>
    public static CheckpointTarget? Of(SqlStatement statement, string mode) =>
        statement is { HasHoles: false, Pragma: { IsCheckpoint: true } pragma } && pragma.Mode?.ToString() == mode ? new CheckpointTarget(mode, pragma.Schema?.Text) : null;
}
