using System.IO.Compression;

namespace SqliteAnalyzers.Package.Tests;

/// <summary>
/// What is inside the package.
/// </summary>
internal static class BuiltPackage
{
    /// <summary>The names of all files that somebody put there, in order.</summary>
    public static IReadOnlyList<string> Files { get; } = ReadFiles();

    /// <exception cref="InvalidOperationException">The package has no such file.</exception>
    public static byte[] Read(string file)
    {
        using var package = ZipFile.OpenRead(BuildInfo.PackagePath);
        var entry = package.GetEntry(file) ?? throw new InvalidOperationException($"The package has no {file}.");
        using var stream = entry.Open();
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>The text of a file, with lines that end as in the sources.</summary>
    public static string ReadText(string file)
    {
        using var reader = new StreamReader(new MemoryStream(Read(file)));
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string[] ReadFiles()
    {
        using var package = ZipFile.OpenRead(BuildInfo.PackagePath);
        return
        [
            .. package.Entries
                .Select(entry => entry.FullName)
                .Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal)
                    && !name.StartsWith("package/", StringComparison.Ordinal)
                    && name != "[Content_Types].xml")
                .Order(StringComparer.Ordinal),
        ];
    }
}
