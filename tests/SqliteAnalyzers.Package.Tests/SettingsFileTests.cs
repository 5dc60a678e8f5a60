using SqliteAnalyzers.Package.Tests.Consumers;
using Xunit;

namespace SqliteAnalyzers.Package.Tests;

/// <summary>The settings files of a project reach the analyzers, unless the project does not want it.</summary>
public sealed class SettingsFileTests(PackageFeed feed)
{
    private const string Program =
        """
        using Microsoft.Data.Sqlite;

        using var connection = new SqliteConnection(Settings.GetConnectionString("Default"));

        internal static class Settings
        {
            public static string GetConnectionString(string name) => System.Environment.GetEnvironmentVariable(name) ?? "";
        }
        """;

    [Fact]
    public async Task What_is_wrong_in_a_settings_file_is_reported_there()
    {
        var project = CreateProject();

        var build = (await project.BuildAsync()).Succeeded();

        Assert.Equal(["appsettings.json(3): SQLITE3005", "appsettings.json(3): SQLITE3007"], build.Warnings);
    }

    [Fact]
    public async Task A_project_may_list_its_settings_files_itself()
    {
        var project = CreateProject("""<AdditionalFiles Include="appsettings.json" />""");

        var build = (await project.BuildAsync()).Succeeded();

        Assert.Equal(["appsettings.json(3): SQLITE3005", "appsettings.json(3): SQLITE3007"], build.Warnings);
    }

    [Fact]
    public async Task A_project_may_keep_its_settings_files_to_itself()
    {
        var project = CreateProject();

        var build = (await project.BuildAsync("-p:SqliteAnalyzersReadSettings=false")).Succeeded();

        Assert.Empty(build.Warnings);
    }

    private ConsumerProject CreateProject(string items = "")
    {
        var project = feed.CreateProject("net10.0", ConsumerProject.PackageReference + ConsumerProject.SqliteReference + items);
        project.Write("Program.cs", Program);
        project.Write("appsettings.json", "{\n  \"ConnectionStrings\": {\n    \"Default\": \"Data Source=store.db;Version=3;Cache=Shared\",\n    \"Other\": \"Data Source=store.db;Version=3\"\n  }\n}\n");
        return project;
    }
}
