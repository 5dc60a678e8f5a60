using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Package.Tests.Consumers;
using Xunit;

namespace SqliteAnalyzers.Package.Tests;

/// <summary>
/// Who does what the README says, and nothing else, gets what it promises.
/// </summary>
public class ReadmeTests(PackageFeed feed)
{
    [Fact]
    public async Task The_program_of_the_README_runs_in_a_new_console_project_with_the_packages_of_the_README()
    {
        var project = feed.CreateFolder();
        (await project.DotNetAsync("new", "console")).Succeeded();
        foreach (string[] command in Readme.InstallCommands)
        {
            (await project.DotNetAsync(command)).Succeeded();
        }

        project.Write("Program.cs", Readme.Program);

        var build = (await project.BuildAsync("-warnaserror")).Succeeded();
        Assert.Empty(build.Warnings);
        (await project.DotNetAsync("run", "--no-build")).Succeeded();
        Assert.Equal(20_000, CountOrders(project.PathTo("orders-copy.db")));
        (await project.DotNetAsync("run", "--no-build")).Succeeded();
        Assert.Equal(40_000, CountOrders(project.PathTo("orders-copy.db")));
    }

    [Fact]
    public async Task The_reference_for_the_analyzers_only_takes_no_library()
    {
        var project = feed.CreateProject("net10.0", Readme.AnalyzersOnlyReference + ConsumerProject.SqliteReference);
        project.UseProgram(TestProgram.Faulty);

        var build = (await project.BuildAsync()).Succeeded();
        Assert.Equal(TestProgram.Faulty.ExpectedWarnings, build.Warnings);
        Assert.DoesNotContain("SqliteAnalyzers.Runtime.dll", Directory.GetFiles(project.PathTo("bin/Debug/net10.0")).Select(Path.GetFileName));

        build = (await project.BuildAsync("-p:SqliteAnalyzersMode=None")).Succeeded();
        Assert.Empty(build.Warnings);
    }

    private static long CountOrders(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM orders";
        return (long)command.ExecuteScalar()!;
    }
}
