using Microsoft.Data.Sqlite;

namespace SqliteAnalyzers.Benchmarks.Measuring;

/// <summary>A folder for databases, under the folder for temporary files. It goes when it is disposed.</summary>
internal sealed class WorkFolder : IDisposable
{
    private int _files;

    public string Path { get; } = Directory.CreateTempSubdirectory("sqlite-benchmarks-").FullName;

    public string NewFile(string name) => System.IO.Path.Combine(Path, $"{++_files:000}-{name}");

    /// <summary>Removes the files that are there, so that the next measurement finds the same room as the one before.</summary>
    public void Clear()
    {
        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.EnumerateFiles(Path, "*.db*"))
        {
            File.Delete(file);
        }
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(Path, recursive: true);
    }
}
