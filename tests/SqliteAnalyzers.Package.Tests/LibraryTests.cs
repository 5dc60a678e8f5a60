using SqliteAnalyzers.Package.Tests.Consumers;
using Xunit;

namespace SqliteAnalyzers.Package.Tests;

/// <summary>
/// A library with the package, and a program that references the library.
/// </summary>
public class LibraryTests(PackageFeed feed)
{
    /// <summary>A library whose method opens a connection by the runtime library.</summary>
    private const string UsesRuntime =
        """
        using Microsoft.Data.Sqlite;
        using SqliteAnalyzers.Runtime;

        public static class Store
        {
            public static void Open()
            {
                using var connection = new SqliteConnection("Data Source=store.db");
                connection.OpenConfigured();
            }
        }
        """;

    /// <summary>The same without the runtime library, which is named in a using directive alone.</summary>
    private const string UsesAdoNet =
        """
        using Microsoft.Data.Sqlite;
        using SqliteAnalyzers.Runtime;

        public static class Store
        {
            public static void Open()
            {
                using var connection = new SqliteConnection("Data Source=store.db;Mode=Memory");
                connection.Open();
            }
        }
        """;

    private const string Program =
        """
        using Microsoft.Data.Sqlite;

        Store.Open();
        using var connection = new SqliteConnection("Data Source=store.db");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(FUL)"; // SQLITE2003
        return command.ExecuteScalar() is null ? 1 : 0;
        """;

    [Fact]
    public async Task A_program_gets_analyzers_and_runtime_library_through_the_library_and_sets_its_own_mode()
    {
        var library = CreateLibrary(ConsumerProject.PackageReference, UsesRuntime);
        var program = CreateProgram(library.ProjectReference);

        var build = (await program.BuildAsync()).Succeeded();
        Assert.Equal(["Program.cs(7): SQLITE2003"], build.Warnings);
        (await program.DotNetAsync("run", "--no-build")).Succeeded();

        program.WriteProject("net10.0", library.ProjectReference, "<SqliteAnalyzersMode>None</SqliteAnalyzersMode>");
        build = (await program.BuildAsync()).Succeeded();
        Assert.Empty(build.Warnings);

        program.WriteProject("net10.0", library.ProjectReference, "<SqliteAnalyzersMode>Recomended</SqliteAnalyzersMode>");
        build = (await program.BuildAsync()).Succeeded();
        Assert.Equal(["Program.cs(7): SQLITE2003"], build.Warnings);
    }

    [Fact]
    public async Task A_program_gets_analyzers_and_runtime_library_through_the_package_of_the_library()
    {
        var library = CreateLibrary(ConsumerProject.PackageReference, UsesRuntime);
        (await library.DotNetAsync("pack", "-o", feed.Folder)).Succeeded();
        var program = CreateProgram(library.OwnPackageReference);

        var build = (await program.BuildAsync()).Succeeded();
        Assert.Equal(["Program.cs(7): SQLITE2003"], build.Warnings);
        (await program.DotNetAsync("run", "--no-build")).Succeeded();
    }

    [Theory]
    [InlineData("all")]
    [InlineData("compile; Runtime")]
    public async Task A_library_that_keeps_the_runtime_library_to_itself_and_uses_it_does_not_build(string privateAssets)
    {
        var library = CreateLibrary(ConsumerProject.PackageReferenceWith($"PrivateAssets=\"{privateAssets}\""), UsesRuntime);
        var program = CreateProgram(library.ProjectReference);

        // The second build finds the library compiled.
        for (int i = 0; i < 2; i++)
        {
            var build = await program.DotNetAsync("build", "-p:RunAnalyzers=false");
            Assert.NotEqual(0, build.ExitCode);
            Assert.Single(build.Errors, error => error.EndsWith("SQLITEASSETS", StringComparison.Ordinal));
            Assert.Contains("Remove PrivateAssets from the reference to SqliteAnalyzers", build.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_library_that_keeps_the_package_to_itself_and_does_not_use_the_runtime_library_builds()
    {
        var library = CreateLibrary(ConsumerProject.PackageReferenceWith("PrivateAssets=\"all\""), UsesAdoNet);
        var program = CreateProgram(library.ProjectReference);

        var build = (await program.BuildAsync()).Succeeded();
        Assert.Empty(build.Warnings);
        (await program.DotNetAsync("run", "--no-build")).Succeeded();
    }

    [Fact]
    public async Task A_plugin_that_has_the_runtime_library_in_its_own_folder_builds()
    {
        var library = CreateLibrary(
            ConsumerProject.PackageReferenceWith("PrivateAssets=\"all\""), UsesRuntime, "<EnableDynamicLoading>true</EnableDynamicLoading>");

        (await library.BuildAsync()).Succeeded();
        Assert.True(File.Exists(library.PathTo("bin/Debug/net10.0/SqliteAnalyzers.Runtime.dll")));
    }

    [Fact]
    public async Task A_program_may_reference_the_package_itself_in_place_of_the_library()
    {
        var library = CreateLibrary(
            ConsumerProject.PackageReferenceWith("PrivateAssets=\"all\""), UsesRuntime, "<SqliteAnalyzersAllowPrivateRuntime>true</SqliteAnalyzersAllowPrivateRuntime>");
        var program = CreateProgram(library.ProjectReference + ConsumerProject.PackageReferenceWith("PrivateAssets=\"all\""));

        (await program.BuildAsync()).Succeeded();
        (await program.DotNetAsync("run", "--no-build")).Succeeded();
    }

    private ConsumerProject CreateLibrary(string packageReference, string source, string properties = "")
    {
        var library = feed.CreateLibrary(packageReference + ConsumerProject.SqliteReference, properties);
        library.Write("Store.cs", source);
        return library;
    }

    private ConsumerProject CreateProgram(string reference)
    {
        var program = feed.CreateProject("net10.0", reference);
        program.Write("Program.cs", Program);
        return program;
    }
}
