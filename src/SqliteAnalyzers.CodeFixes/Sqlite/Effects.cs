using System;

namespace SqliteAnalyzers.CodeFixes.Sqlite;

/// <summary>
/// What code may do that forbids moving something past it.
/// </summary>
[Flags]
internal enum Effects
{
    None = 0,

    /// <summary>It may touch a database.</summary>
    Database = 1,

    /// <summary>It may start a process.</summary>
    Process = 2,

    /// <summary>It may throw, and so decide that what follows does not run.</summary>
    Throws = 4,

    /// <summary>It is not known: it may do all of it.</summary>
    Unknown = Database | Process | Throws,
}
