using System.Globalization;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Torture;

/// <summary>How a writer that will be killed is to work.</summary>
/// <param name="Path">The database.</param>
/// <param name="Seed">Where its choices come from.</param>
/// <param name="Target">What it does most of the time.</param>
/// <param name="CommitsByItself">Whether the batch commits when it is full, and not when the writer says so.</param>
/// <param name="JournalMode">The journal mode.</param>
/// <param name="Synchronous">When SQLite waits for the disk.</param>
/// <param name="CacheSize">In KiB if negative. With a small one, pages are written before the commit.</param>
/// <param name="WalAutoCheckpoint">At how many pages a commit makes a checkpoint.</param>
internal sealed record WriterSettings(
    string Path,
    int Seed,
    KillPhase Target,
    bool CommitsByItself,
    SqliteJournalMode JournalMode,
    SqliteSynchronous Synchronous,
    int CacheSize,
    int WalAutoCheckpoint)
{
    public SqliteConnectionOptions Options { get; } = new()
    {
        JournalMode = JournalMode,
        Synchronous = Synchronous,
        CacheSize = CacheSize,
        WalAutoCheckpoint = WalAutoCheckpoint,
    };

    public static WriterSettings Random(string path, KillPhase target, bool alone, Random random) => new(
        path,
        random.Next(),
        target,
        CommitsByItself: random.Next(3) == 0,
        alone && random.Next(6) == 0 ? (SqliteJournalMode)random.Next(3) : SqliteJournalMode.Wal,
        random.Next(3) == 0 ? SqliteSynchronous.Full : SqliteSynchronous.Normal,
        CacheSize: random.Next(2) == 0 ? -64_000 : -40,
        WalAutoCheckpoint: random.Next(3) switch { 0 => 0, 1 => 30, _ => 1_000 });

    public static WriterSettings Parse(string[] arguments) => new(
        arguments[0],
        int.Parse(arguments[1], CultureInfo.InvariantCulture),
        Enum.Parse<KillPhase>(arguments[2]),
        bool.Parse(arguments[3]),
        Enum.Parse<SqliteJournalMode>(arguments[4]),
        Enum.Parse<SqliteSynchronous>(arguments[5]),
        int.Parse(arguments[6], CultureInfo.InvariantCulture),
        int.Parse(arguments[7], CultureInfo.InvariantCulture));

    public string[] ToArguments() =>
        [Path, $"{Seed}", $"{Target}", $"{CommitsByItself}", $"{JournalMode}", $"{Synchronous}", $"{CacheSize}", $"{WalAutoCheckpoint}"];
}
