using System.Buffers.Binary;
using System.Xml.Linq;
using SqliteAnalyzers.Tests.Docs;
using Xunit;

namespace SqliteAnalyzers.Package.Tests;

/// <summary>
/// What the manifest says leads somewhere.
/// </summary>
public class ManifestTests
{
    private static readonly XElement s_metadata = XDocument.Parse(BuiltPackage.ReadText("SqliteAnalyzers.nuspec")).Root!.Elements().Single();

    [Fact]
    public void The_icon_is_a_small_square_picture_inside_the_package()
    {
        byte[] icon = BuiltPackage.Read(Value("icon"));

        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A], icon[..8]);
        Assert.Equal(128, BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(16)));
        Assert.Equal(128, BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(20)));
        Assert.InRange(icon.Length, 1, 20_000);
    }

    [Fact]
    public void The_readme_is_inside_the_package() => Assert.StartsWith("# SqliteAnalyzers\n", BuiltPackage.ReadText(Value("readme")), StringComparison.Ordinal);

    [Fact]
    public void The_project_is_the_repository()
    {
        Assert.Equal(BuildInfo.RepositoryUrl, Value("projectUrl"));
        Assert.Equal(BuildInfo.RepositoryUrl, Element("repository").Attribute("url")!.Value);
    }

    [Fact]
    public void The_release_notes_are_the_changelog_of_this_version()
    {
        Assert.Equal($"{BuildInfo.RepositoryUrl}/blob/v{BuildInfo.PackageVersion}/CHANGELOG.md", Value("releaseNotes"));
        Assert.True(File.Exists(Repository.PathTo("CHANGELOG.md")));
    }

    [Fact]
    public void A_project_keeps_the_library_when_the_package_is_added() =>
        // Of a development dependency `dotnet add package` takes no assembly, and the calls the fixes write would not compile.
        Assert.DoesNotContain(s_metadata.Elements(), element => element.Name.LocalName.Equals("developmentDependency", StringComparison.OrdinalIgnoreCase));

    private static string Value(string name) => Element(name).Value;

    private static XElement Element(string name) => s_metadata.Element(s_metadata.Name.Namespace + name)!;
}
