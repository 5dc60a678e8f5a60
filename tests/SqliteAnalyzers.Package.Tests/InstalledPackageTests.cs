using SqliteAnalyzers.Package.Tests.Consumers;
using Xunit;

namespace SqliteAnalyzers.Package.Tests;

/// <summary>
/// The package added to a fresh project from a folder feed, as its user does it.
/// </summary>
public class InstalledPackageTests(PackageFeed feed)
{
    [Theory]
    [InlineData("net8.0", "8.0.34")]
    [InlineData("net10.0", "10.0.15")]
    public async Task A_fresh_project_shows_the_faults_and_is_put_right_by_the_fixes(string targetFramework, string sqliteVersion)
    {
        var project = feed.CreateProject(targetFramework);
        var program = TestProgram.Faulty;
        project.UseProgram(program);
        (await project.DotNetAsync("add", "package", "Microsoft.Data.Sqlite", "--version", sqliteVersion)).Succeeded();
        (await project.DotNetAsync("add", "package", "SqliteAnalyzers")).Succeeded();

        var build = (await project.BuildAsync()).Succeeded();
        Assert.Equal(program.ExpectedWarnings, build.Warnings);

        (await project.DotNetAsync(["format", "analyzers", "--no-restore", "--severity", "warn", "--diagnostics", .. program.ExpectedIds])).Succeeded();

        build = (await project.BuildAsync("-warnaserror")).Succeeded();
        Assert.Empty(build.Warnings);
        (await project.DotNetAsync("run", "--no-build")).Succeeded();
    }

    [Fact]
    public async Task A_project_without_SQLite_gets_no_warning()
    {
        var project = feed.CreateProject("net10.0", ConsumerProject.PackageReference);
        project.UseProgram(TestProgram.WithoutSqlite);

        var build = (await project.BuildAsync()).Succeeded();

        Assert.Empty(build.Warnings);
    }
}
