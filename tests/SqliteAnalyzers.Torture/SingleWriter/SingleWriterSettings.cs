#if !NETSTANDARD_BUILD
using System.Globalization;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Torture;

/// <summary>How a single writer that will be killed is to work.</summary>
/// <param name="Path">The database.</param>
/// <param name="FirstKey">The key of its first unit.</param>
/// <param name="MaxUnitsPerCommit">How many units may share a commit.</param>
/// <param name="JournalMode">The journal mode.</param>
/// <param name="Synchronous">When SQLite waits for the disk.</param>
/// <param name="CacheSize">In KiB if negative. With a small one, pages are written before the commit.</param>
/// <param name="WalAutoCheckpoint">At how many pages a commit makes a checkpoint.</param>
internal sealed record SingleWriterSettings(
    string Path,
    long FirstKey,
    int MaxUnitsPerCommit,
    SqliteJournalMode JournalMode,
    SqliteSynchronous Synchronous,
    int CacheSize,
    int WalAutoCheckpoint)
{
    public SqliteSingleWriterOptions Options => new() { MaxUnitsPerCommit = MaxUnitsPerCommit };

    public SqliteConnectionOptions ConnectionOptions => new()
    {
        JournalMode = JournalMode,
        Synchronous = Synchronous,
        CacheSize = CacheSize,
        WalAutoCheckpoint = WalAutoCheckpoint,
    };

    public static SingleWriterSettings Random(string path, long firstKey, bool alone, Random random) => new(
        path,
        firstKey,
        random.Next(3) switch { 0 => 1, 1 => 16, _ => 1_000 },
        alone && random.Next(6) == 0 ? (SqliteJournalMode)random.Next(3) : SqliteJournalMode.Wal,
        random.Next(3) == 0 ? SqliteSynchronous.Full : SqliteSynchronous.Normal,
        CacheSize: random.Next(2) == 0 ? -64_000 : -40,
        WalAutoCheckpoint: random.Next(3) switch { 0 => 0, 1 => 30, _ => 1_000 });

    public static SingleWriterSettings Parse(string[] arguments) => new(
        arguments[0],
        Message.Number(arguments[1]),
        int.Parse(arguments[2], CultureInfo.InvariantCulture),
        Enum.Parse<SqliteJournalMode>(arguments[3]),
        Enum.Parse<SqliteSynchronous>(arguments[4]),
        int.Parse(arguments[5], CultureInfo.InvariantCulture),
        int.Parse(arguments[6], CultureInfo.InvariantCulture));

    public string[] ToArguments() => [Path, $"{FirstKey}", $"{MaxUnitsPerCommit}", $"{JournalMode}", $"{Synchronous}", $"{CacheSize}", $"{WalAutoCheckpoint}"];
}
#endif
