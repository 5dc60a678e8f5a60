using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>A copy into a database that is there, and that others may have open.</summary>
internal static class DatabaseReplacement
{
    public const string WhatIsLeft = "The database to replace is as it was.";

    private const string JournalMode = "main.journal_mode";
    private const string PageSize = "main.page_size";
    private const string SchemaVersion = "main.schema_version";
    private const string Encoding = "encoding";
    private const string Wal = "wal";

    /// <summary>Refuses to give a database texts of another encoding: no connection that has it open could read it any more.</summary>
    /// <exception cref="SqliteException">They have another one.</exception>
    public static void RefuseOtherEncoding(sqlite3 source, sqlite3 inUse, BusyRetry retry)
    {
        // Where nothing has been made yet, connections do not mind.
        if (PragmaReader.Read(inUse, SchemaVersion, retry) == "0")
        {
            return;
        }

        var encoding = PragmaReader.Read(inUse, Encoding, retry);
        var sourcesEncoding = PragmaReader.Read(source, Encoding, retry);
        if (encoding != sourcesEncoding)
        {
            throw new SqliteException(
                $"Its texts are in {encoding} and those that are to replace them in {sourcesEncoding}: connections that have it open could not read them. {WhatIsLeft} "
                    + $"SQLite Error {raw.SQLITE_ERROR}: 'attached databases must use the same text encoding as main database'.",
                raw.SQLITE_ERROR,
                raw.SQLITE_ERROR);
        }
    }

    /// <summary>Replaces the content. The journal mode stays, if nobody is in the way.</summary>
    /// <param name="copy">The copy.</param>
    /// <param name="source">The connection to read from.</param>
    /// <param name="destination">The connection to write to. It has read nothing yet, unless it is <paramref name="inUse"/>.</param>
    /// <param name="inUse">The connection to the database that is the caller's. Under WAL it keeps others from leaving that mode: so it does it itself.</param>
    /// <param name="retry">How long to wait for others.</param>
    public static void Run(DatabaseCopy copy, sqlite3 source, sqlite3 destination, sqlite3 inUse, BusyRetry retry)
    {
        RefuseOtherEncoding(source, inUse, retry);
        var journalMode = PragmaReader.Read(inUse, JournalMode, retry);

        // SQLite does not change the size of the pages under WAL.
        var leavesWal = journalMode == Wal && PragmaReader.Read(inUse, PageSize, retry) != PragmaReader.Read(source, PageSize, retry);
        if (leavesWal)
        {
            var result = CopyConnection.ChangeJournalMode(inUse, "DELETE", retry);
            if (result != raw.SQLITE_OK)
            {
                throw NativeConnection.Error(
                    result,
                    inUse,
                    $"Its pages have another size, for which it must leave WAL mode, and it could not: another connection has it open. {WhatIsLeft}");
            }
        }

        try
        {
            copy.Run(source, destination, DatabaseCopy.PagesPerStep, WhatIsLeft);
        }
        catch when (leavesWal)
        {
            CopyConnection.ChangeJournalMode(destination, Wal, retry);
            throw;
        }

        // It stands in a page, which now stems from the source.
        if (PragmaReader.Read(destination, JournalMode, retry) != journalMode)
        {
            CopyConnection.ChangeJournalMode(destination, journalMode!, retry);
        }
    }
}
