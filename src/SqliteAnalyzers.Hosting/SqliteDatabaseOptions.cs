using System;
using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Hosting;

/// <summary>
/// What is registered by <c>AddSqliteDatabase</c>: the database, how its connections are configured, and when its -wal file is looked after.
/// </summary>
/// <remarks>
/// Options of the .NET host: those of the database without a key have the default name, those of one with a key the text of the key. They are read once, and validated when the host
/// starts: what is wrong is an <c>OptionsValidationException</c> that names all of it.
/// Source: <see href="https://learn.microsoft.com/dotnet/core/extensions/options"/>.
/// </remarks>
public sealed class SqliteDatabaseOptions
{
    /// <summary>The connection string of Microsoft.Data.Sqlite. Required. A database in memory must be a shared one that has a name.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>What to set on every connection; <see cref="SqliteConnectionOptions.Default"/> if left null.</summary>
    public SqliteConnectionOptions? Connection { get; set; }

    /// <summary>What to do with every connection that is opened, before <see cref="Connection"/> is set: see <see cref="ConfiguredSqliteDataSource"/>.</summary>
    public Action<SqliteConnection>? PrepareConnection { get; set; }

    /// <summary>How the single writer gathers work; its defaults if left null.</summary>
    public SqliteSingleWriterOptions? Writer { get; set; }

    /// <summary>How often to look at the -wal file, from 1 millisecond to 2,147,483,647 milliseconds. Default: 1 second. A look costs some microseconds.</summary>
    public TimeSpan CheckInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long nobody may have committed anything before a PASSIVE checkpoint, which waits for nobody, moves what the -wal file still holds: from 0 to 2,147,483,647 milliseconds.
    /// Default: 5 seconds.
    /// </summary>
    public TimeSpan IdleTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// From which length on the -wal file is cut to nothing by a TRUNCATE checkpoint, idle or not, in bytes, at least 0. Default: 67,108,864 (64 MiB). SQLite's own
    /// checkpoints let it grow to some 4 MB where nobody is in their way, and never cut it.
    /// </summary>
    public long MaxWalSize { get; set; } = 64L << 20;

    /// <summary>
    /// How long a TRUNCATE checkpoint waits for readers and the writer while the program runs, from 0 to 2,147,483,647 milliseconds. Default: 100 milliseconds. All who write wait meanwhile;
    /// so it is not tried again before twenty times as long has passed.
    /// </summary>
    public TimeSpan TruncateTimeout { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long the TRUNCATE checkpoint at shutdown and at suspension waits for others, from 0 to 2,147,483,647 milliseconds. Default: 2 seconds.</summary>
    public TimeSpan ReleaseTimeout { get; set; } = TimeSpan.FromSeconds(2);
}
