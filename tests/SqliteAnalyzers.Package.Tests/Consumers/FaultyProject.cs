namespace SqliteAnalyzers.Package.Tests.Consumers;

/// <summary>
/// A restored project with the faulty program, shared by tests that build it with different settings and do not change it.
/// </summary>
public sealed class FaultyProject : IDisposable
{
    private readonly PackageFeed _feed = new();

    public FaultyProject()
    {
        Project = _feed.CreateProject(
            "net10.0",
            ConsumerProject.PackageReference + """<PackageReference Include="Microsoft.Data.Sqlite" Version="10.0.15" />""");
        Project.UseProgram(TestProgram.Faulty);
    }

    internal ConsumerProject Project { get; }

    public void Dispose() => _feed.Dispose();
}
