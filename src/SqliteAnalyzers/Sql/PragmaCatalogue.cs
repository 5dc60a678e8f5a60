using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace SqliteAnalyzers.Sql;

/// <summary>
/// The pragmas that some build of SQLite knows (https://www.sqlite.org/pragma.html). SQLite ignores every other name without an error.
/// </summary>
internal static class PragmaCatalogue
{
    private const string SqlCipherPrefix = "cipher_";

    private static readonly PragmaInfo[] Table =
    [
        // Settings of the connection.
        OfConnection("analysis_limit", PragmaValues.Integer(0)),
        OfConnection("automatic_index", PragmaValues.Boolean, answersWithValue: false),
        OfConnection("busy_timeout", PragmaValues.Integer(0)),
        OfConnection("cache_size", PragmaValues.Integer(), answersWithValue: false),
        OfConnection("cache_spill", PragmaValues.BooleanOrInteger(), answersWithValue: false),
        OfConnection("case_sensitive_like", PragmaValues.Boolean, answersWithValue: false) with { AnswersWithoutValue = false },
        OfConnection("cell_size_check", PragmaValues.Boolean, answersWithValue: false),
        OfConnection("checkpoint_fullfsync", PragmaValues.Boolean, answersWithValue: false),
        OfConnection("count_changes", PragmaValues.Boolean, answersWithValue: false),
        OfConnection("defer_foreign_keys", PragmaValues.Boolean, answersWithValue: false),
        OfConnection("empty_result_callbacks", PragmaValues.Boolean, answersWithValue: false),
        OfConnection("foreign_keys", PragmaValues.Boolean, answersWithValue: false) with { InTransaction = PragmaInTransaction.Ignored },
        OfConnection("full_column_names", PragmaValues.Boolean, answersWithValue: false),
        OfConnection("fullfsync", PragmaValues.Boolean, answersWithValue: false),
        OfConnection("ignore_check_constraints", PragmaValues.Boolean, answersWithValue: false),
        OfConnection("journal_size_limit", PragmaValues.Integer(long.MinValue, long.MaxValue)),
        OfConnection("legacy_alter_table", PragmaValues.Boolean, answersWithValue: false),
        OfConnection("locking_mode", PragmaValues.OneOf("NORMAL", "EXCLUSIVE")),
        OfConnection("max_page_count", PragmaValues.Integer(1, uint.MaxValue - 1)),
        OfConnection("mmap_size", PragmaValues.Integer(long.MinValue, long.MaxValue)),
        OfConnection("query_only", PragmaValues.Boolean, answersWithValue: false),
        OfConnection("read_uncommitted", PragmaValues.Boolean, answersWithValue: false),
        OfConnection("recursive_triggers", PragmaValues.Boolean, answersWithValue: false),
        OfConnection("reverse_unordered_selects", PragmaValues.Boolean, answersWithValue: false),
        OfConnection("secure_delete", PragmaValues.BooleanOr("FAST")),
        OfConnection("short_column_names", PragmaValues.Boolean, answersWithValue: false),
        OfConnection("synchronous", PragmaValues.OneOfCounted("OFF", "NORMAL", "FULL", "EXTRA").And("NO", "FALSE"), answersWithValue: false) with { InTransaction = PragmaInTransaction.Throws },
        OfConnection("temp_store", PragmaValues.OneOf("DEFAULT", "FILE", "MEMORY").And("0", "1", "2"), answersWithValue: false) with { InTransaction = PragmaInTransaction.ThrowsWithTemporaryTable },
        OfConnection("threads", PragmaValues.Integer(0)),
        OfConnection("trusted_schema", PragmaValues.Boolean, answersWithValue: false),
        OfConnection("wal_autocheckpoint", PragmaValues.Integer()),
        OfConnection("writable_schema", PragmaValues.BooleanOr("RESET"), answersWithValue: false),

        // Settings kept in the file.
        OfFile("application_id", PragmaValues.Integer()),
        OfFile("auto_vacuum", PragmaValues.OneOfCounted("NONE", "FULL", "INCREMENTAL")),
        OfFile("default_cache_size", PragmaValues.Integer(1)),
        OfFile("encoding", PragmaValues.OneOf("UTF-8", "UTF-16", "UTF-16le", "UTF-16be").And("UTF8", "UTF16", "UTF16le", "UTF16be")),
        OfFile("journal_mode", PragmaValues.OneOfOrBeginning("WAL", "DELETE", "TRUNCATE", "PERSIST", "MEMORY", "OFF")) with { AnswersWithValue = true, InTransaction = PragmaInTransaction.ThrowsOrIgnored },
        OfFile("page_size", PragmaValues.OneOf("4096", "512", "1024", "2048", "8192", "16384", "32768", "65536")),
        OfFile("schema_version", PragmaValues.Integer()),
        OfFile("user_version", PragmaValues.Integer()),

        // Settings of the process.
        OfProcess("hard_heap_limit", PragmaValues.Integer(0, long.MaxValue)),
        OfProcess("soft_heap_limit", PragmaValues.Integer(0, long.MaxValue)),
        OfProcess("temp_store_directory", PragmaValues.Anything) with { AnswersWithValue = false },

        // Questions.
        Question("collation_list"),
        Question("compile_options"),
        Question("data_version"),
        Question("database_list"),
        Question("foreign_key_check"),
        Question("foreign_key_list"),
        Question("freelist_count"),
        Question("function_list"),
        Question("index_info"),
        Question("index_list"),
        Question("index_xinfo"),
        Question("integrity_check"),
        Question("module_list"),
        Question("page_count"),
        Question("pragma_list"),
        Question("quick_check"),
        Question("table_info"),
        Question("table_list"),
        Question("table_xinfo"),

        // Actions.
        Action("incremental_vacuum") with { AnswersWithoutValue = false, AnswersWithValue = false },
        Action("optimize"),
        Action("shrink_memory") with { AnswersWithoutValue = false, AnswersWithValue = false },
        Action("wal_checkpoint", PragmaValues.OneOf(CheckpointModes.Names)) with { InTransaction = PragmaInTransaction.Throws },

        // Known to builds for one operating system.
        OfProcess("data_store_directory", PragmaValues.Anything) with { Origin = PragmaOrigin.OnePlatform, AnswersWithValue = false },
        OfConnection("lock_proxy_file", PragmaValues.Anything) with { Origin = PragmaOrigin.OnePlatform },

        // Known to debug builds.
        OfConnection("lock_status", PragmaValues.Anything) with { Origin = PragmaOrigin.DebugBuild },
        OfConnection("parser_trace", PragmaValues.Boolean, answersWithValue: false) with { Origin = PragmaOrigin.DebugBuild },
        OfConnection("sql_trace", PragmaValues.Boolean, answersWithValue: false) with { Origin = PragmaOrigin.DebugBuild },
        Question("stats") with { Origin = PragmaOrigin.DebugBuild },
        OfConnection("vdbe_addoptrace", PragmaValues.Boolean, answersWithValue: false) with { Origin = PragmaOrigin.DebugBuild },
        OfConnection("vdbe_debug", PragmaValues.Boolean, answersWithValue: false) with { Origin = PragmaOrigin.DebugBuild },
        OfConnection("vdbe_eqp", PragmaValues.Boolean, answersWithValue: false) with { Origin = PragmaOrigin.DebugBuild },
        OfConnection("vdbe_listing", PragmaValues.Boolean, answersWithValue: false) with { Origin = PragmaOrigin.DebugBuild },
        OfConnection("vdbe_trace", PragmaValues.Boolean, answersWithValue: false) with { Origin = PragmaOrigin.DebugBuild },

        // Known to file system layers that come with SQLite's sources: checksums, files in pieces, a trace.
        OfExtension("checksum_verification"),
        OfExtension("multiplex_chunksize"),
        OfExtension("multiplex_enabled"),
        OfExtension("multiplex_filecount"),
        OfExtension("multiplex_truncate"),
        OfExtension("vfstrace"),

        // SQLCipher (https://www.zetetic.net/sqlcipher/sqlcipher-api), whose other names begin with cipher_; SQLite3 Multiple Ciphers
        // (https://utelle.github.io/SQLite3MultipleCiphers/docs/configuration/config_sql_pragmas); SQLite Encryption Extension.
        Encryption("activate_extensions"),
        Encryption("algorithm"),
        Encryption("cipher"),
        Encryption("fast_kdf_iter"),
        Encryption("hexkey"),
        Encryption("hexrekey"),
        Encryption("hmac_algorithm"),
        Encryption("hmac_algorithm_compat"),
        Encryption("hmac_check"),
        Encryption("hmac_pgno"),
        Encryption("hmac_salt_mask"),
        Encryption("hmac_use"),
        Encryption("kdf_algorithm"),
        Encryption("kdf_iter"),
        Encryption("key"),
        Encryption("legacy"),
        Encryption("legacy_page_size"),
        Encryption("mc_legacy_wal"),
        Encryption("mcost"),
        Encryption("memory_security"),
        Encryption("pcost"),
        Encryption("plaintext_header_size"),
        Encryption("rekey"),
        Encryption("rekey_cipher"),
        Encryption("rekey_kdf_iter"),
        Encryption("tcost"),
        Encryption("textkey"),
        Encryption("textrekey"),
    ];

    private static readonly ImmutableDictionary<string, PragmaInfo> ByName =
        Table.ToImmutableDictionary(static info => info.Name, StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<PragmaInfo> All => Table;

    /// <summary>False for a name that SQLite would ignore.</summary>
    public static bool TryGet(string name, out PragmaInfo info)
    {
        if (ByName.TryGetValue(name, out info!))
        {
            return true;
        }

        var isSqlCipher = name.StartsWith(SqlCipherPrefix, StringComparison.OrdinalIgnoreCase) && name.IndexOf(SqlSource.Hole) < 0;
        info = isSqlCipher ? Encryption(name) : null!;
        return isSqlCipher;
    }

    /// <summary>The pragma of ordinary builds that was probably meant, or null.</summary>
    public static string? NearestName(string name) =>
        NearestWord.Find(name, Table.Where(static info => info.Origin == PragmaOrigin.Sqlite).Select(static info => info.Name));

    private static PragmaInfo OfConnection(string name, PragmaValues values, bool answersWithValue = true) =>
        new(name, PragmaScope.Connection, values) { AnswersWithValue = answersWithValue };

    private static PragmaInfo OfFile(string name, PragmaValues values) => new(name, PragmaScope.File, values) { AnswersWithValue = false };

    private static PragmaInfo OfProcess(string name, PragmaValues values) => new(name, PragmaScope.Process, values);

    private static PragmaInfo Question(string name) => new(name, PragmaScope.None, PragmaValues.Anything);

    private static PragmaInfo Action(string name, PragmaValues? values = null) => new(name, PragmaScope.None, values ?? PragmaValues.Anything);

    private static PragmaInfo OfExtension(string name) => new(name, PragmaScope.Connection, PragmaValues.Anything) { Origin = PragmaOrigin.Extension };

    private static PragmaInfo Encryption(string name) => new(name, PragmaScope.Connection, PragmaValues.Anything) { Origin = PragmaOrigin.Encryption };
}
