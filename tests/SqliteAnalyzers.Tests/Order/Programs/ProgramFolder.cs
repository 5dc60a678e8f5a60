using System.Collections.Immutable;

namespace SqliteAnalyzers.Tests.Order.Programs;

/// <summary>Programs that are read from files.</summary>
internal static class ProgramFolder
{
    /// <summary>What a project with ImplicitUsings has besides its files.</summary>
    private static readonly SourceFile s_implicitUsings = new(
        "ImplicitUsings.g.cs",
        string.Concat(
            new[] { "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks" }
                .Select(name => $"global using {name};\n")));

    /// <summary>The program in the file, or those in the folder.</summary>
    public static IEnumerable<ProgramSource> ProgramsAt(string path) => File.Exists(path) ? [OfFile(path)] : ProgramsIn(path);

    /// <summary>Each file in the folder is a program, and each folder in it with the files below.</summary>
    public static IEnumerable<ProgramSource> ProgramsIn(string folder)
    {
        foreach (var file in FilesIn(folder, SearchOption.TopDirectoryOnly))
        {
            yield return OfFile(file);
        }

        foreach (var project in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            if (OfProject(project) is { Files.Length: > 1 } program)
            {
                yield return program;
            }
        }
    }

    public static ProgramSource OfFile(string path) => new(Path.GetFileName(path), Text(path));

    /// <summary>One program of all files below the folder.</summary>
    public static ProgramSource OfProject(string folder) => new(
        Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)),
        [
            s_implicitUsings,
            .. FilesIn(folder, SearchOption.AllDirectories).Select(path => new SourceFile(Path.GetRelativePath(folder, path).Replace('\\', '/'), Text(path))),
        ]);

    /// <summary>Writes the program's files into a folder, from where it can be read again.</summary>
    public static void Write(ProgramSource program, string folder)
    {
        foreach (var file in program.Files)
        {
            var path = Path.Combine(folder, file.Name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file.Text);
        }
    }

    private static ImmutableArray<string> FilesIn(string folder, SearchOption depth) =>
        [.. Directory.EnumerateFiles(folder, "*.cs", depth).Where(path => !IsMade(Path.GetRelativePath(folder, path))).Order(StringComparer.Ordinal)];

    private static bool IsMade(string path) => path.Split('/', '\\').Any(part => part is "bin" or "obj" || part == s_implicitUsings.Name);

    private static string Text(string path) => File.ReadAllText(path).ReplaceLineEndings("\n");
}
