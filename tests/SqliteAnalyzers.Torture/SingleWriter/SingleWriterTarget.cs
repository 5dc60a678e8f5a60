#if !NETSTANDARD_BUILD
using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Torture;

/// <summary>A database that one single writer after the other is killed at, with all that has been said about it.</summary>
internal sealed class SingleWriterTarget : IDisposable
{
    private const long KeysPerProcess = 10_000_000;

    private readonly TemporaryFolder _folder = new();
    private long _processes;

    public SingleWriterTarget()
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.OpenConfigured();
        KeyedUnits.CreateTables(connection);
    }

    public string Path => _folder.File("keyed.db");

    public KeyedBooks Books { get; } = new();

    /// <summary>The first of the keys that a process has for itself.</summary>
    public long NewKeys() => ++_processes * KeysPerProcess;

    public KeyedUnitsFound FindInPlace() => KeyedUnits.Find(Path);

    /// <summary>As <see cref="FindInPlace"/>, so that the next writer has to recover by itself. Nobody may be at work in it.</summary>
    public KeyedUnitsFound FindInCopy()
    {
        using var folder = new TemporaryFolder();
        return KeyedUnits.Find(DatabaseFiles.CopyTo(Path, folder));
    }

    /// <summary>Leaves the folder where it is.</summary>
    public string KeepAsEvidence()
    {
        _folder.Keep = true;
        return _folder.Path;
    }

    public void Dispose() => _folder.Dispose();
}
#endif
