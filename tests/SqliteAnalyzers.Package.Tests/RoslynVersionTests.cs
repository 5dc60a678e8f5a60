using System.IO.Compression;
using SqliteAnalyzers.Package.Tests.Consumers;
using Xunit;

namespace SqliteAnalyzers.Package.Tests;

/// <summary>
/// The analyzers of the package, run with each supported compiler.
/// </summary>
public class RoslynVersionTests
{
    private static readonly Lazy<string[]> s_references = new(FindReferences);
    private static readonly Lazy<string[]> s_analyzers = new(UnpackAnalyzers);

    public static TheoryData<string> Versions { get; } = [.. BuildInfo.RoslynVersions];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task The_analyzers_load_and_report_what_is_expected(string version)
    {
        var program = TestProgram.Faulty;

        string[] lines = await RunAnalyzersAsync(version, program);

        Assert.Equal(version, lines[0]);
        var result = new CommandResult("", 0, string.Join('\n', lines.Skip(1)));
        Assert.True(program.ExpectedWarnings.SequenceEqual(result.Warnings) && lines.Length - 1 == result.Warnings.Count, result.Output);
    }

    [Fact]
    public async Task The_messages_are_the_same_with_every_compiler()
    {
        var outputs = new List<string>();
        foreach (string version in BuildInfo.RoslynVersions)
        {
            string[] lines = await RunAnalyzersAsync(version, TestProgram.Faulty);
            outputs.Add(string.Join('\n', lines.Skip(1)));
        }

        Assert.Single(outputs.Distinct());
    }

    private static Task<string[]> RunAnalyzersAsync(string version, TestProgram program) =>
        new RoslynContext(version).RunAnalyzersAsync(program.Source, program.FileName, s_references.Value, s_analyzers.Value);

    /// <summary>.NET and Microsoft.Data.Sqlite of this process, without the assemblies of the tests.</summary>
    private static string[] FindReferences()
    {
        string loaded = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        string dotnet = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return
        [
            .. loaded.Split(Path.PathSeparator).Where(path =>
                Path.GetDirectoryName(path) == dotnet || Path.GetFileName(path) is "Microsoft.Data.Sqlite.dll" or "SQLitePCLRaw.core.dll"),
        ];
    }

    private static string[] UnpackAnalyzers()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Analyzers");
        Directory.CreateDirectory(folder);
        using var package = ZipFile.OpenRead(BuildInfo.PackagePath);
        var paths = new List<string>();
        foreach (var entry in package.Entries.Where(entry => entry.FullName.StartsWith("analyzers/", StringComparison.Ordinal)))
        {
            string path = Path.Combine(folder, entry.Name);
            entry.ExtractToFile(path, overwrite: true);
            paths.Add(path);
        }

        // The fixes need an editor's assemblies and are not loaded to analyze.
        return [.. paths.Where(path => !path.EndsWith("CodeFixes.dll", StringComparison.Ordinal))];
    }
}
