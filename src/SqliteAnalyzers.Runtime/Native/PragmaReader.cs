using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>What a pragma answers, waiting for others to let the database be read.</summary>
internal static class PragmaReader
{
    /// <summary>The answer as text; null if there is none, as of a pragma that SQLite does not know.</summary>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The database cannot be read, or not in time.</exception>
    public static string? Read(sqlite3 handle, string pragma, BusyRetry retry)
    {
        while (true)
        {
            var result = NativeConnection.TryReadText(handle, $"PRAGMA {pragma}", out var answer);
            if ((result & 0xFF) is not (raw.SQLITE_BUSY or raw.SQLITE_LOCKED) || !retry.Wait())
            {
                NativeConnection.Check(result, handle);
                return answer;
            }
        }
    }
}
