using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Model;

/// <summary>The paths of database files, as code writes them.</summary>
internal static class DatabasePath
{
    /// <summary>What providers put a folder in the place of; Microsoft.Data.Sqlite looks for a path without it in the same folder.</summary>
    private const string DataDirectory = "|DataDirectory|";

    private const string Uri = "file:";

    /// <summary>One spelling for all that are those of one file: without the form of a URI, turned slashes and folders that lead nowhere.</summary>
    public static string Normalize(string path)
    {
        path = path.Trim();
        path = (path.StartsWith(Uri, StringComparison.OrdinalIgnoreCase) ? OfUri(path) : path).Replace('\\', '/');
        var rest = WithoutDataDirectory(path);
        var start = rest.Length < path.Length ? DataDirectory : rest.StartsWith("//", StringComparison.Ordinal) ? "//" : rest.StartsWith("/", StringComparison.Ordinal) ? "/" : "";
        var folders = new List<string>();
        foreach (var part in rest.Split('/'))
        {
            if (part == ".." && folders.Count > 0 && IsOneFolder(folders[folders.Count - 1]))
            {
                folders.RemoveAt(folders.Count - 1);
            }
            else if (part.Length > 0 && part != ".")
            {
                folders.Add(part);
            }
        }

        return start + string.Join("/", folders);
    }

    /// <summary>Whether two paths, known to the letter, may be those of one file: where only one says in which folder it begins, the other may begin there.</summary>
    public static bool MayBeOne(string one, string other)
    {
        (one, other) = (WithoutDataDirectory(one), WithoutDataDirectory(other));
        return IsRooted(one) == IsRooted(other) ? one.Equals(other, StringComparison.OrdinalIgnoreCase)
            : IsRooted(one) ? EndsWith(one, other)
            : EndsWith(other, one);
    }

    /// <summary>The name of a file without its folders; null where it is not known.</summary>
    /// <remarks>What is right behind a hole may be only the end of a name, and what a hole leaves of a URI says little.</remarks>
    public static string? NameIn(string path)
    {
        var name = path.Substring(path.LastIndexOfAny(['/', '\\', '|']) + 1);
        return name.Length == 0 || name.IndexOf(SqlSource.Hole) >= 0 || path.StartsWith(Uri, StringComparison.OrdinalIgnoreCase) ? null : name;
    }

    private static string OfUri(string uri)
    {
        var path = uri.Substring(Uri.Length);
        var end = path.IndexOfAny(['?', '#']);
        path = end < 0 ? path : path.Substring(0, end);
        if (path.StartsWith("//", StringComparison.Ordinal))
        {
            // What names the machine is empty, or is this one.
            var root = path.IndexOf('/', 2);
            path = root < 0 ? "" : path.Substring(root);
            path = path.Length > 2 && path[2] == ':' ? path.Substring(1) : path;
        }

        return path.IndexOf('%') < 0 ? path : System.Uri.UnescapeDataString(path);
    }

    private static string WithoutDataDirectory(string path) =>
        path.StartsWith(DataDirectory, StringComparison.OrdinalIgnoreCase) ? path.Substring(DataDirectory.Length).TrimStart('/') : path;

    /// <summary>Whether it is the name of a folder that a step back leaves, and not that of a drive, another step back or what stands for more.</summary>
    private static bool IsOneFolder(string part) => part != ".." && part.IndexOfAny([':', '<', '|', SqlSource.Hole]) < 0;

    private static bool IsRooted(string path) => path.StartsWith("/", StringComparison.Ordinal) || (path.Length > 1 && path[1] == ':');

    private static bool EndsWith(string rooted, string path)
    {
        while (path.StartsWith("../", StringComparison.Ordinal))
        {
            path = path.Substring(3);
        }

        return rooted.EndsWith("/" + path, StringComparison.OrdinalIgnoreCase);
    }
}
