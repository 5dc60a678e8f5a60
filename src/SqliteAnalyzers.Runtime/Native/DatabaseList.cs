using System.Collections.Generic;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>The databases of a connection: main, temp and the attached ones.</summary>
internal static class DatabaseList
{
    /// <summary>The names of main and what is attached. Temporary tables are nobody else's. Reads no file, so that a key can still come.</summary>
    public static IReadOnlyList<string> Names(sqlite3 handle)
    {
        var names = new List<string>();
        NativeConnection.Check(raw.sqlite3_prepare_v2(handle, "PRAGMA database_list", out var statement), handle);
        using (statement)
        {
            int result;
            while ((result = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            {
                // 0 is main, 1 is temp.
                if (raw.sqlite3_column_int(statement, 0) != 1)
                {
                    names.Add(raw.sqlite3_column_text(statement, 1).utf8_to_string());
                }
            }

            return result == raw.SQLITE_DONE ? names : throw NativeConnection.Error(result, handle);
        }
    }
}
