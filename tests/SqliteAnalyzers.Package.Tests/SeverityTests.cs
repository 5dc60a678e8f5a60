using SqliteAnalyzers.Package.Tests.Consumers;
using Xunit;

namespace SqliteAnalyzers.Package.Tests;

/// <summary>
/// Which rules speak in a project, and how loud: SqliteAnalyzersMode, .editorconfig, -warnaserror.
/// </summary>
[Collection(nameof(PackageFeed.FaultyProject))]
public sealed class SeverityTests(PackageFeed feed) : IDisposable
{
    private readonly ConsumerProject _project = feed.FaultyProject;

    private string EditorConfigPath => _project.PathTo(".editorconfig");

    [Fact]
    public async Task Mode_Minimum_shows_what_throws_or_loses_rows()
    {
        var build = (await _project.BuildAsync("-p:SqliteAnalyzersMode=minimum")).Succeeded();

        Assert.Equal(Expected("SQLITE1001", "SQLITE1002", "SQLITE2001"), build.Warnings);
    }

    [Fact]
    public async Task Mode_AllAsErrors_fails_the_build_with_all_of_it()
    {
        var build = await _project.BuildAsync("-p:SqliteAnalyzersMode=AllAsErrors");

        Assert.NotEqual(0, build.ExitCode);
        Assert.Equal(TestProgram.Faulty.ExpectedInModeAll, build.Errors);
    }

    [Theory]
    [InlineData("Recomended")]
    [InlineData("None%3BMinimum")]
    public async Task An_unknown_mode_fails_the_build_and_names_the_modes(string mode)
    {
        var build = await _project.BuildAsync($"-p:SqliteAnalyzersMode={mode}");

        Assert.NotEqual(0, build.ExitCode);
        Assert.Single(build.Errors, error => error.EndsWith("SQLITEMODE", StringComparison.Ordinal));
        Assert.Contains(
            $"'{mode.Replace("%3B", ";", StringComparison.Ordinal)}': it must be None, Minimum, Recommended, All or AllAsErrors", build.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-p:RunAnalyzers=false")]
    [InlineData("-p:RunAnalyzersDuringBuild=false")]
    public async Task An_unknown_mode_does_not_stop_a_build_without_analyzers(string property) =>
        (await _project.BuildAsync("-p:SqliteAnalyzersMode=Recomended", property)).Succeeded();

    [Fact]
    public async Task Mode_None_shows_only_what_the_own_editorconfig_asks_for()
    {
        File.WriteAllText(EditorConfigPath, "[*.cs]\ndotnet_diagnostic.SQLITE2003.severity = warning\n");

        var build = (await _project.BuildAsync("-p:SqliteAnalyzersMode=None")).Succeeded();

        Assert.Equal(TestProgram.Faulty.ExpectedWarnings.Where(warning => warning.EndsWith("SQLITE2003", StringComparison.Ordinal)), build.Warnings);
    }

    [Fact]
    public async Task Mode_All_shows_all_but_what_the_own_editorconfig_silences()
    {
        File.WriteAllText(EditorConfigPath, "[*.cs]\ndotnet_diagnostic.SQLITE2003.severity = none\n");

        var build = (await _project.BuildAsync("-p:SqliteAnalyzersMode=All")).Succeeded();

        Assert.Equal(TestProgram.Faulty.ExpectedInModeAll.Where(warning => !warning.EndsWith("SQLITE2003", StringComparison.Ordinal)), build.Warnings);
    }

    [Theory]
    [InlineData("Recommended")]
    [InlineData("All")]
    [InlineData("AllAsErrors")]
    public async Task A_category_can_be_silenced(string mode)
    {
        WriteCheckpointCategory("none");

        var build = await _project.BuildAsync($"-p:SqliteAnalyzersMode={mode}");

        Assert.Equal(
            (mode == "Recommended" ? TestProgram.Faulty.ExpectedWarnings : TestProgram.Faulty.ExpectedInModeAll).Where(warning => !warning.Contains("SQLITE2", StringComparison.Ordinal)),
            mode == "AllAsErrors" ? build.Errors : build.Warnings);
    }

    [Fact]
    public async Task A_category_holds_for_the_rules_that_Minimum_leaves_on()
    {
        WriteCheckpointCategory("error");

        var build = await _project.BuildAsync("-p:SqliteAnalyzersMode=Minimum");

        Assert.Equal(Expected("SQLITE1001", "SQLITE1002"), build.Warnings);
        Assert.Equal(Expected("SQLITE2001"), build.Errors);
    }

    [Fact]
    public async Task Warnings_as_errors_make_errors_of_all_in_the_mode_All()
    {
        var build = await _project.BuildAsync("-p:SqliteAnalyzersMode=All", "-warnaserror");

        Assert.NotEqual(0, build.ExitCode);
        Assert.Equal(TestProgram.Faulty.ExpectedInModeAll, build.Errors);
    }

    [Fact]
    public async Task Warnings_as_errors_fail_the_build()
    {
        var build = await _project.BuildAsync("-warnaserror");

        Assert.NotEqual(0, build.ExitCode);
        Assert.Equal(TestProgram.Faulty.ExpectedWarnings, build.Errors);
    }

    public void Dispose() => File.Delete(EditorConfigPath);

    private static IEnumerable<string> Expected(params string[] ids) =>
        TestProgram.Faulty.ExpectedWarnings.Where(warning => ids.Any(id => warning.EndsWith(id, StringComparison.Ordinal)));

    private void WriteCheckpointCategory(string severity) =>
        File.WriteAllText(EditorConfigPath, $"[*.cs]\ndotnet_analyzer_diagnostic.category-SqliteCheckpoints.severity = {severity}\n");
}
