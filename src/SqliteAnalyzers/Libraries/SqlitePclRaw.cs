using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Libraries;

/// <summary>SQLitePCL.raw: the functions of SQLite itself, on the handle of a connection.</summary>
internal static class SqlitePclRaw
{
    /// <summary>Functions that only ask, or set what nobody tracks.</summary>
    private static readonly string[] s_harmless =
    [
        "sqlite3_changes", "sqlite3_total_changes", "sqlite3_last_insert_rowid", "sqlite3_get_autocommit", "sqlite3_errcode", "sqlite3_extended_errcode",
        "sqlite3_errmsg", "sqlite3_errstr", "sqlite3_libversion", "sqlite3_libversion_number", "sqlite3_sourceid", "sqlite3_threadsafe", "sqlite3_db_filename",
        "sqlite3_db_readonly", "sqlite3_db_status", "sqlite3_interrupt", "sqlite3_extended_result_codes", "sqlite3_create_function", "sqlite3_create_collation",
        "sqlite3_enable_load_extension", "sqlite3_limit", "sqlite3_config", "sqlite3_initialize", "sqlite3_table_column_metadata", "sqlite3_compileoption_used",
    ];

    /// <summary>Null if the compilation does not reference it.</summary>
    public static IAssemblySymbol? AssemblyIn(Compilation compilation) =>
        compilation.GetTypeByMetadataName("SQLitePCL.raw")?.ContainingAssembly is { Identity.Name: "SQLitePCLRaw.core" } assembly ? assembly : null;

    public static void Describe(LibraryTable table)
    {
        if (table.Find("SQLitePCL.raw") is not { } raw)
        {
            return;
        }

        table.Mention("sqlite3", Words.Sqlite);
        table.Sieve.AddWord("sqlite3_wal_checkpoint", Words.Checkpoint | Words.Executes)
            .AddWord("sqlite3_wal_checkpoint_v2", Words.Checkpoint | Words.Executes)
            .AddWord("sqlite3_exec", Words.Executes | Words.Pragma)
            .AddWord("sqlite3_busy_timeout", Words.Pragma);
        table.Method(raw, ["sqlite3_wal_checkpoint_v2", "sqlite3_wal_checkpoint"], Checkpoint);
        table.Method(raw, ["sqlite3_exec"], call =>
        {
            StatementRunner.Run(call.Effects, ConnectionsOf(call), call.Arguments.Count > 1 ? call.Arguments[1] : null, new(ResultUse.Dropped, ResultUse.Dropped));
            return Value.Unknown;
        });
        table.Method(raw, ["sqlite3_busy_timeout"], call =>
        {
            call.Effects.RaiseOn(ConnectionsOf(call), connection => new Configures(call.At, connection, "busy_timeout", null));
            return Value.Unknown;
        });
        table.Method(raw, ["sqlite3_backup_init"], call =>
        {
            call.Effects.RaiseOn(ConnectionsOf(call), connection => new BacksUp(call.At, connection));
            return Value.Unknown;
        });
        table.Method(raw, ["sqlite3_get_autocommit"], GetAutocommit);
        table.Method(raw, s_harmless, _ => Value.Unknown);
        foreach (var function in raw.GetMembers().Select(member => member.Name).Where(name => name.StartsWith("sqlite3_", StringComparison.Ordinal)).Distinct().Except(s_harmless).ToArray())
        {
            table.Method(raw, [function], HandOver);
        }
    }

    private static Value? ConnectionsOf(LibraryCall call)
    {
        var connections = default(Value);
        foreach (var argument in call.Arguments)
        {
            foreach (var handle in argument.Objects(ObjectKind.Handle))
            {
                var held = call.Effects.Get(handle, Slot.Connection);
                connections = held is null ? connections : connections?.Join(held) ?? held;
            }
        }

        return connections;
    }

    /// <summary>It answers 0 while a transaction is open (https://www.sqlite.org/c3ref/get_autocommit.html).</summary>
    private static Value? GetAutocommit(LibraryCall call) =>
        ConnectionsOf(call)?.Only<AbstractObject>() is { Kind: ObjectKind.Connection } connection
            ? call.Effects.AskForTransaction(connection).Select(static atom => atom is Constant { Value: bool isOpen } ? new Constant(isOpen ? 0 : 1) : atom)
            : Value.Unknown;

    /// <summary>It answers with a code, and no row to forget.</summary>
    private static Value? Checkpoint(LibraryCall call)
    {
        var mode = call.Method.Name == "sqlite3_wal_checkpoint" ? CheckpointMode.Passive
            : call.Arguments.Count > 2 && call.Arguments[2].Only<Constant>() is { Value: int number } ? ModeOf(number)
            : default(CheckpointMode?);
        call.Effects.RaiseOn(ConnectionsOf(call), connection => new Checkpoints(call.At, connection, mode, null, ResultUse.Checked));
        return Value.Unknown;
    }

    /// <remarks>SQLITE_CHECKPOINT_NOOP is -1 (https://www.sqlite.org/c3ref/c_checkpoint_full.html).</remarks>
    private static CheckpointMode? ModeOf(int number) => number switch
    {
        -1 => CheckpointMode.Noop,
        >= 0 and <= 3 => (CheckpointMode)number,
        _ => null,
    };

    /// <summary>A statement that is prepared and stepped by hand may be any.</summary>
    private static Value? HandOver(LibraryCall call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Objects(ObjectKind.Handle).Any())
            {
                call.Effects.HandOver(argument);
            }
        }

        return Value.Unknown;
    }
}
