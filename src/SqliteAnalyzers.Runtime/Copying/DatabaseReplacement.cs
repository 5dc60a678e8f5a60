using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>A copy into a database that is there, and that others may have open.</summary>
internal static class DatabaseReplacement
{
    public const string WhatIsLeft = "The database to replace is as it was.";

    private const string JournalMode = "main.journal_mode";
    private const string PageSize = "main.page_size";
    private const string Wal = "wal";

    /// <summary>Replaces the content. The journal mode stays, if nobody is in the way.</summary>
    public static void Run(DatabaseCopy copy, sqlite3 source, sqlite3 destination, BusyRetry retry)
    {
        var journalMode = PragmaReader.Read(destination, JournalMode, retry);

        // SQLite does not change the size of the pages under WAL.
        var leavesWal = journalMode == Wal && PragmaReader.Read(destination, PageSize, retry) != PragmaReader.Read(source, PageSize, retry);
        if (leavesWal)
        {
            var result = CopyConnection.ChangeJournalMode(destination, "DELETE", retry);
            if (result != raw.SQLITE_OK)
            {
                throw NativeConnection.Error(
                    result,
                    destination,
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
