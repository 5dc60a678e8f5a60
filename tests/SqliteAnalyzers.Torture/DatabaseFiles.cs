namespace SqliteAnalyzers.Torture;

/// <summary>The files that make up a database.</summary>
internal static class DatabaseFiles
{
    private static readonly string[] s_toRecoverFrom = ["-wal", "-journal"];
    private static readonly string[] s_ends = ["", .. s_toRecoverFrom, "-shm"];

    /// <summary>What a process that was killed can have left for the next one to recover from.</summary>
    public static IEnumerable<string> ToRecoverFrom(string path) =>
        s_toRecoverFrom.Select(end => path + end).Where(file => new FileInfo(file) is { Exists: true, Length: > 0 });

    /// <summary>Copies what is to be recovered from too, so that whoever comes next has to recover by itself. Nobody may be at work in it.</summary>
    public static string CopyTo(string path, TemporaryFolder folder)
    {
        var copy = folder.File(Path.GetFileName(path));
        foreach (var end in (string[])["", .. s_toRecoverFrom])
        {
            if (File.Exists(path + end))
            {
                File.Copy(path + end, copy + end);
            }
        }

        return copy;
    }

    public static void Delete(string path)
    {
        foreach (var end in s_ends)
        {
            File.Delete(path + end);
        }
    }
}
