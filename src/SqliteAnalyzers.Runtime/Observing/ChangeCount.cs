using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>How many rows a transaction changes, by SQLite's count of all changes, which does not go back when a savepoint is undone.</summary>
internal struct ChangeCount
{
    // SQLite's count is of 32 bits and begins anew, and so do the differences.
    private int _before;
    private int _beforeUnit;

    public void Begin(sqlite3 handle) => _before = raw.sqlite3_total_changes(handle);

    public void BeginUnit(sqlite3 handle) => _beforeUnit = raw.sqlite3_total_changes(handle);

    public void UndoUnit(sqlite3 handle) => _before += raw.sqlite3_total_changes(handle) - _beforeUnit;

    public readonly long Rows(sqlite3 handle) => (uint)(raw.sqlite3_total_changes(handle) - _before);
}
