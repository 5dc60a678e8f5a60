using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
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
    /// <param name="context">The document.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="checkpoint">Mode and database.</param>
    /// <param name="variant">What is called.</param>
    /// <param name="position">Where names must be new.</param>
    /// <param name="edit">Takes the imports.</param>
    public static IReadOnlyList<string>? On(
        FixContext context, NamedValue connection, CheckpointTarget checkpoint, FixVariant variant, int position, DocumentEdit edit)
    {
        if (variant == FixVariant.Helper)
        {
            return ConnectionText.Of(context, connection, position, edit) is { } text ? [Call(context, text, checkpoint, position, edit) + ";"] : null;
        }

        return checkpoint.Mode == Passive ? null : Plain(context, connection.Text, checkpoint, position, edit);
    }

    /// <summary>A checkpoint on a connection that is opened for it.</summary>
    public static IReadOnlyList<string> OnOwnConnection(
        FixContext context, string connectionString, FixVariant variant, int position, DocumentEdit edit)
    {
        var connection = context.UniqueName("connection", position);
        var type = context.Spell("Microsoft.Data.Sqlite", "SqliteConnection", position, edit);
        var checkpoint = new CheckpointTarget(Full);
        IReadOnlyList<string> body = variant == FixVariant.Helper
            ? [Call(context, connection, checkpoint, position, edit) + ";"]
            : Plain(context, connection, checkpoint, position, edit);
        return
        [
            $"using (var {connection} = new {type}({connectionString}))",
            "{",
            $"    {connection}.Open();",
            .. body.Select(line => "    " + line),
            "}",
        ];
    }

    /// <summary>A checkpoint on the connection of a context of Entity Framework Core, which is open only while something runs on it.</summary>
    /// <param name="context">The document.</param>
    /// <param name="database">The database of the context.</param>
    /// <param name="checkpoint">Mode and database.</param>
    /// <param name="variant">What is called.</param>
    /// <param name="execution">What executes the pragma: where that is awaited, so is what is written.</param>
    /// <param name="edit">Takes the imports.</param>
    public static IReadOnlyList<string> OnContext(
        FixContext context, string database, CheckpointTarget checkpoint, FixVariant variant, Execution execution, DocumentEdit edit)
    {
        var position = execution.Call.SpanStart;
        var (await, async, configured) = execution.IsAwaited ? ("await ", "Async", execution.ConfiguredAwait) : ("", "", "");
        if (variant == FixVariant.Helper && context.Runtime.ExtendsContexts && checkpoint.Database is null && context.Spelling != Spelling.Qualified)
        {
            return [$"{await}{database}.Checkpoint{async}({ModeArgument(context, checkpoint, position, edit)}){configured};"];
        }

        var connection = database + ".GetDbConnection()";
        IReadOnlyList<string> body = variant == FixVariant.Helper
            ? [Call(context, $"(({context.Spell("Microsoft.Data.Sqlite", "SqliteConnection", position, edit)}){connection})", checkpoint, position, edit) + ";"]
            : Plain(context, connection, checkpoint, position, edit);
        return
        [
            $"{await}{database}.OpenConnection{async}(){configured};",
            "try",
            "{",
            .. body.Select(line => "    " + line),
            "}",
            "finally",
            "{",
            $"    {await}{database}.CloseConnection{async}(){configured};",
            "}",
        ];
    }

    /// <summary>The call of the helper.</summary>
    public static string Call(FixContext context, string connection, CheckpointTarget checkpoint, int position, DocumentEdit edit)
    {
        var arguments = new List<string>();
        if (ModeArgument(context, checkpoint, position, edit) is { Length: > 0 } mode)
        {
            arguments.Add(mode);
        }

        if (checkpoint.Database is { } database)
        {
            arguments.Add($"databaseName: {SymbolDisplay.FormatLiteral(database, quote: true)}");
        }

        return context.CallRuntime(connection, checkpoint.Mode == Passive ? "TryCheckpoint" : "Checkpoint", string.Join(", ", arguments), edit);
    }

    private static string ModeArgument(FixContext context, CheckpointTarget checkpoint, int position, DocumentEdit edit) =>
        checkpoint.Mode == Full ? "" : $"{context.Spell(RuntimeLibrary.Namespace, "SqliteCheckpointMode", position, edit)}.{checkpoint.Mode}";

    /// <summary>The statement that does not go on where the condition says that a checkpoint was blocked.</summary>
    public static IReadOnlyList<string> ThrowIf(FixContext context, string isBlocked, int position, DocumentEdit edit) =>
    [
        $"if ({isBlocked})",
        "{",
        $"    throw new {context.Spell("System", "InvalidOperationException", position, edit)}(\"{Blocked}\");",
        "}",
    ];

    private static IReadOnlyList<string> Plain(FixContext context, string connection, CheckpointTarget checkpoint, int position, DocumentEdit edit)
    {
        var command = context.UniqueName("checkpoint", position);
        return
        [
            $"using (var {command} = {connection}.CreateCommand())",
            "{",
            $"    {command}.CommandText = {SymbolDisplay.FormatLiteral(checkpoint.Sql, quote: true)};",
            .. ThrowIf(context, $"{command}.ExecuteScalar() is 1L", position, edit).Select(line => "    " + line),
            "}",
        ];
    }
}
