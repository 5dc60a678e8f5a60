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
    [InlineData("net10.0", "10.0.0")]
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

    [Fact]
    public async Task The_package_for_Entity_Framework_Core_brings_the_analyzers_and_the_library_along()
    {
        var project = feed.CreateProject(
            "net10.0",
            $"""
            <PackageReference Include="SqliteAnalyzers.EntityFrameworkCore" Version="{BuildInfo.PackageVersion}" />
            <PackageReference Include="Microsoft.EntityFrameworkCore.Sqlite" Version="10.0.0" />
            """);
        project.Write(
            "Program.cs",
            """
            using Microsoft.EntityFrameworkCore;

            using var shop = new Shop();
            shop.Database.EnsureCreated();
            shop.Add(new Item());
            shop.SaveChanges();
            shop.Database.ExecuteSqlRaw("PRAGMA wal_checkpoint(FUL)"); // SQLITE2003
            shop.Database.OpenConnection();
            using var command = shop.Database.GetDbConnection().CreateCommand();
            command.CommandText = "PRAGMA busy_timeout";
            return shop.Database.Checkpoint().IsComplete && command.ExecuteScalar() is 30_000L ? 0 : 1;

            internal sealed class Shop : DbContext
            {
                public DbSet<Item> Items => Set<Item>();

                protected override void OnConfiguring(DbContextOptionsBuilder options) =>
                    options.UseSqlite("Data Source=shop.db", sqlite => sqlite.EnableRetryOnBusy()).UseConfiguredSqlite();
            }

            internal sealed class Item
            {
                public int Id { get; set; }
            }
            """);

        var build = (await project.BuildAsync()).Succeeded();
        Assert.Contains("Program.cs(7): SQLITE2003", build.Warnings);
        (await project.DotNetAsync("run", "--no-build")).Succeeded();
    }

    [Fact]
    public async Task The_package_for_the_host_brings_the_analyzers_and_the_library_along()
    {
        var project = feed.CreateProject(
            "net10.0",
            $"""
            <PackageReference Include="SqliteAnalyzers.Hosting" Version="{BuildInfo.PackageVersion}" />
            <PackageReference Include="Microsoft.Data.Sqlite" Version="10.0.15" />
            <FrameworkReference Include="Microsoft.AspNetCore.App" />
            """);
        project.Write(
            "Program.cs",
            """
            using Microsoft.Extensions.DependencyInjection;
            using Microsoft.Extensions.Hosting;
            using SqliteAnalyzers.Runtime;

            var builder = Host.CreateApplicationBuilder();
            builder.Services.AddSqliteDatabase("Data Source=shop.db");
            builder.Services.AddHealthChecks().AddSqliteDatabase();
            using var host = builder.Build();
            await host.StartAsync();
            await host.Services.GetRequiredService<SqliteSingleWriter>().ExecuteAsync("CREATE TABLE item (id INTEGER)");
            using (var connection = host.Services.GetRequiredService<ConfiguredSqliteDataSource>().OpenConnection())
            {
                using var command = connection.CreateCommand();
                command.CommandText = "PRAGMA wal_checkpoint(FUL)"; // SQLITE2003
                command.ExecuteNonQuery();
            }

            await host.StopAsync();
            return System.IO.File.Exists("shop.db") && !System.IO.File.Exists("shop.db-wal") ? 0 : 1;
            """);

        var build = (await project.BuildAsync()).Succeeded();
        Assert.Contains("Program.cs(14): SQLITE2003", build.Warnings);
        (await project.DotNetAsync("run", "--no-build")).Succeeded();
    }

    [Fact]
    public async Task The_code_in_a_razor_file_is_not_analysed_but_that_in_the_class_beside_it_is()
    {
        const string method =
            """
            void Checkpoint(Microsoft.Data.Sqlite.SqliteConnection connection)
            {
                using var command = connection.CreateCommand();
                command.CommandText = "PRAGMA wal_checkpoint(FUL)";
                command.ExecuteNonQuery();
            }
            """;
        var project = feed.CreateFolder();
        project.WriteProject(
            "net10.0",
            ConsumerProject.PackageReference + ConsumerProject.SqliteReference + """<FrameworkReference Include="Microsoft.AspNetCore.App" />""",
            "<OutputType>Library</OutputType><RootNamespace>Pages</RootNamespace>",
            "Microsoft.NET.Sdk.Razor");
        project.Write("Inside.razor", $"<p>Inside</p>\n@code {{\n{method}\n}}");
        project.Write("Beside.razor", "<p>Beside</p>");
        project.Write("Beside.razor.cs", $"namespace Pages;\npublic partial class Beside\n{{\n{method}\n}}");

        var build = (await project.BuildAsync()).Succeeded();

        Assert.Equal(["Beside.razor.cs(7): SQLITE2003"], build.Warnings);
    }
}
