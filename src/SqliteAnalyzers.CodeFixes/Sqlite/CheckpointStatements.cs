using System.Collections.Generic;
using SqliteAnalyzers.CodeFixes.Editing;

namespace SqliteAnalyzers.CodeFixes.Sqlite;

/// <summary>
/// Statements, as lines of a template, that run a checkpoint and do not go on when it was blocked.
/// </summary>
internal static class CheckpointStatements
{
    public const string Full = "Full";
    public const string Passive = "Passive";

    /// <summary>What the exception of the plain variants says.</summary>
    public const string Blocked = "The checkpoint was blocked by another connection.";

    /// <summary>
    /// A checkpoint on an open connection, or null where the variant has none: a blocked PASSIVE checkpoint is no error,
    /// and only the helper can say so in one statement.
    /// </summary>
    public static IReadOnlyList<string>? On(
        FixContext context, NamedValue connection, string mode, FixVariant variant, int position, DocumentEdit edit)
    {
        if (variant == FixVariant.Helper)
        {
            if (!context.Runtime.IsSqliteConnection(connection))
            {
                return null;
            }

            edit.Import(RuntimeLibrary.Namespace);
            return [Call(connection.Text, mode)];
        }

        if (mode == Passive)
        {
            return null;
        }

        context.ImportInvalidOperationException(edit, position);
        return Plain(connection.Text, mode, context.UniqueName("checkpoint", position));
    }

    /// <summary>A checkpoint on a connection that is opened for it.</summary>
    public static IReadOnlyList<string> OnOwnConnection(
        FixContext context, string connectionString, FixVariant variant, int position, DocumentEdit edit)
    {
        edit.Import("Microsoft.Data.Sqlite");
        var connection = context.UniqueName("connection", position);
        List<string> statements = [$"using (var {connection} = new SqliteConnection({connectionString}))", "{"];
        if (variant == FixVariant.Helper)
        {
            edit.Import(RuntimeLibrary.Namespace);
            statements.AddRange([$"    {connection}.OpenConfigured();", $"    {Call(connection, Full)}"]);
        }
        else
        {
            context.ImportInvalidOperationException(edit, position);
            statements.Add($"    {connection}.Open();");
            foreach (var line in Plain(connection, Full, context.UniqueName("checkpoint", position)))
            {
                statements.Add("    " + line);
            }
        }

        statements.Add("}");
        return statements;
    }

    /// <summary>The call of the helper as a statement.</summary>
    public static string Call(string connection, string mode) => mode switch
    {
        Full => $"{connection}.Checkpoint();",
        Passive => $"{connection}.TryCheckpoint(SqliteCheckpointMode.Passive);",
        _ => $"{connection}.Checkpoint(SqliteCheckpointMode.{mode});",
    };

    private static IReadOnlyList<string> Plain(string connection, string mode, string command) =>
    [
        $"using (var {command} = {connection}.CreateCommand())",
        "{",
        $"    {command}.CommandText = \"PRAGMA wal_checkpoint({mode.ToUpperInvariant()});\";",
        $"    if ({command}.ExecuteScalar() is 1L)",
        "    {",
        $"        throw new InvalidOperationException(\"{Blocked}\");",
        "    }",
        "}",
    ];
}
