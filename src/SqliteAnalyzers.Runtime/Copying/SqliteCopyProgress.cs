namespace SqliteAnalyzers.Runtime;

/// <summary>How far a backup or a restore has come.</summary>
/// <param name="CopiedPages">How many pages of the database are copied.</param>
/// <param name="PageCount">How many there are.</param>
public readonly record struct SqliteCopyProgress(int CopiedPages, int PageCount);
