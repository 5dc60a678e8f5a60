using SqliteAnalyzers.Package.Tests.Consumers;
using Xunit;

[assembly: AssemblyFixture(typeof(PackageFeed))]

namespace SqliteAnalyzers.Package.Tests.Consumers;

/// <summary>
/// A temporary folder in which projects are made that find the packages in a folder feed and every other package where the machine says.
/// </summary>
/// <remarks>
/// Packages are unpacked into the same temporary folder: one left by an earlier run cannot be used.
/// </remarks>
public sealed class PackageFeed : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("SqliteAnalyzers.Package.Tests.");
    private readonly Lazy<ConsumerProject> _faultyProject;
    private int _projects;

    public PackageFeed()
    {
        _faultyProject = new(CreateFaultyProject);

        Folder = _root.CreateSubdirectory("feed").FullName;
        foreach (string package in new[] { BuildInfo.PackagePath, BuildInfo.EntityFrameworkCorePackagePath, BuildInfo.HostingPackagePath })
        {
            File.Copy(package, Path.Combine(Folder, Path.GetFileName(package)));
        }

        File.WriteAllText(
            Path.Combine(_root.FullName, "nuget.config"),
            $"""
            <configuration>
              <packageSources>
                <add key="SqliteAnalyzers.Package.Tests" value="{Folder}" />
              </packageSources>
            </configuration>
            """);
    }

    /// <summary>Where the packages are that projects find beside those of the machine.</summary>
    internal string Folder { get; }

    /// <summary>A project with the faulty program, for tests that build it with different settings, one after the other, and do not change it.</summary>
    internal ConsumerProject FaultyProject => _faultyProject.Value;

    /// <summary>Makes a console project without a source.</summary>
    /// <param name="targetFramework">For example net10.0.</param>
    /// <param name="projectItems">What stands in the project file besides, for example package references.</param>
    internal ConsumerProject CreateProject(string targetFramework, string projectItems = "")
    {
        var project = CreateFolder();
        project.WriteProject(targetFramework, projectItems);
        return project;
    }

    /// <summary>Makes a library without a source.</summary>
    internal ConsumerProject CreateLibrary(string projectItems, string properties = "")
    {
        var project = CreateFolder();
        project.WriteProject("net10.0", projectItems, "<OutputType>Library</OutputType>" + properties);
        return project;
    }

    /// <summary>Makes an empty folder for a project.</summary>
    internal ConsumerProject CreateFolder() =>
        new(_root.CreateSubdirectory($"Consumer{Interlocked.Increment(ref _projects)}"), Path.Combine(_root.FullName, "packages"));

    public void Dispose() => _root.Delete(recursive: true);

    private ConsumerProject CreateFaultyProject()
    {
        var project = CreateProject("net10.0", ConsumerProject.PackageReference + ConsumerProject.SqliteReference);
        project.UseProgram(TestProgram.Faulty);
        return project;
    }
}
