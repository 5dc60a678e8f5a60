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
        string manifest = CommitAttribute().Replace(BuiltPackage.ReadText("SqliteAnalyzers.nuspec"), "")
            .Replace($"<version>{BuildInfo.PackageVersion}<", "<version>$version$<", StringComparison.Ordinal)
            .Replace($"/v{BuildInfo.PackageVersion}/", "/v$version$/", StringComparison.Ordinal);

        Snapshot.Match(
            Repository.PathTo("tests", "SqliteAnalyzers.Package.Tests", "PackageContents.txt"),
            $"{string.Join('\n', BuiltPackage.Files)}\n\n{manifest}\n");
    }

    [Fact]
    public void Every_entry_has_the_same_fixed_time()
    {
        using var package = ZipFile.OpenRead(BuildInfo.PackagePath);

        Assert.Single(package.Entries.Select(entry => entry.LastWriteTime.DateTime).Distinct(), new DateTime(2026, 1, 1));
    }

    [GeneratedRegex(" (branch|commit)=\"[^\"]*\"")]
    private static partial Regex CommitAttribute();
}
