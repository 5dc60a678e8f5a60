using Microsoft.Data.Sqlite;

namespace SqliteAnalyzers.Torture;

/// <summary>A process that holds a lock on a database until it is disposed.</summary>
internal static class LockHolder
{
    public const string Name = "lock-holder";
    public const string Writes = "BEGIN IMMEDIATE";
    public const string Reads = "BEGIN; SELECT count(*) FROM unit";

    public static ChildProcess Start(string path, string locksBy)
    {
        var process = ChildProcess.Start(Name, path, locksBy);
        return process.ReadLine() is not null ? process : throw new InvalidOperationException($"The lock could not be taken: {process.Errors}");
    }

    public static void Run(string path, string locksBy)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        connection.Run(locksBy);
        Console.WriteLine("locked");
        Thread.Sleep(Timeout.Infinite);
    }
}
