namespace SqliteAnalyzers.Package.Tests.Consumers;

/// <summary>
/// A temporary folder in which projects are made that find the package in a folder feed and every other package where the machine says.
/// </summary>
/// <remarks>
/// Packages are unpacked into the same temporary folder: one left by an earlier run cannot be used.
/// </remarks>
public sealed class PackageFeed : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("SqliteAnalyzers.Package.Tests.");
    private int _projects;

    public PackageFeed()
    {
        string feed = _root.CreateSubdirectory("feed").FullName;
        File.Copy(BuildInfo.PackagePath, Path.Combine(feed, Path.GetFileName(BuildInfo.PackagePath)));
        File.WriteAllText(
            Path.Combine(_root.FullName, "nuget.config"),
            $"""
            <configuration>
              <packageSources>
                <add key="SqliteAnalyzers.Package.Tests" value="{feed}" />
              </packageSources>
            </configuration>
            """);
    }

    /// <summary>Makes an empty console project.</summary>
    /// <param name="targetFramework">For example net10.0.</param>
    /// <param name="projectItems">What stands in the project file besides, for example package references.</param>
    internal ConsumerProject CreateProject(string targetFramework, string projectItems = "")
    {
        var folder = _root.CreateSubdirectory($"Consumer{Interlocked.Increment(ref _projects)}");
        return new ConsumerProject(folder, Path.Combine(_root.FullName, "packages"), targetFramework, projectItems);
    }

    public void Dispose() => _root.Delete(recursive: true);
}
