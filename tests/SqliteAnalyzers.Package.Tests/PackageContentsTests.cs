using System.IO.Compression;
using System.Text.RegularExpressions;
using SqliteAnalyzers.Tests.Docs;
using Xunit;

namespace SqliteAnalyzers.Package.Tests;

public partial class PackageContentsTests
{
    [Fact]
    public void The_package_holds_what_the_snapshot_says()
    {
        using var package = ZipFile.OpenRead(BuildInfo.PackagePath);
        var files = package.Entries
            .Select(entry => entry.FullName)
            .Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal)
                && !name.StartsWith("package/", StringComparison.Ordinal)
                && name != "[Content_Types].xml")
            .Order(StringComparer.Ordinal);

        string contents = $"{string.Join('\n', files)}\n\n{Manifest(package)}\n";

        Snapshot.Match(Repository.PathTo("tests", "SqliteAnalyzers.Package.Tests", "PackageContents.txt"), contents);
    }

    [Fact]
    public void A_project_keeps_the_library_when_the_package_is_added()
    {
        // Of a development dependency `dotnet add package` takes no assembly, and the calls the fixes write would not compile.
        using var package = ZipFile.OpenRead(BuildInfo.PackagePath);

        Assert.DoesNotContain("developmentDependency", Manifest(package), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Every_entry_has_the_same_fixed_time()
    {
        using var package = ZipFile.OpenRead(BuildInfo.PackagePath);

        Assert.Single(package.Entries.Select(entry => entry.LastWriteTime.DateTime).Distinct(), new DateTime(2026, 1, 1));
    }

    private static string Manifest(ZipArchive package)
    {
        using var reader = new StreamReader(package.GetEntry("SqliteAnalyzers.nuspec")!.Open());
        string manifest = reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
        manifest = CommitAttribute().Replace(manifest, "");
        return manifest.Replace($"<version>{BuildInfo.PackageVersion}<", "<version>$version$<", StringComparison.Ordinal);
    }

    [GeneratedRegex(" (branch|commit)=\"[^\"]*\"")]
    private static partial Regex CommitAttribute();
}
