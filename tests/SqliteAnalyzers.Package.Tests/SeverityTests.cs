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
    public async Task Mode_Minimum_shows_the_warnings()
    {
        var build = (await _project.BuildAsync("-p:SqliteAnalyzersMode=minimum")).Succeeded();

        Assert.Equal(TestProgram.Faulty.ExpectedWarnings, build.Warnings);
    }

    [Fact]
    public async Task An_unknown_mode_fails_the_build_and_names_the_modes()
    {
        var build = await _project.BuildAsync("-p:SqliteAnalyzersMode=Recomended");

        Assert.NotEqual(0, build.ExitCode);
        Assert.Equal(["SqliteAnalyzers.targets(14): SQLITEMODE"], build.Errors);
        Assert.Contains("'Recomended': it must be None, Minimum, Recommended or All", build.Output, StringComparison.Ordinal);
    }

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

        Assert.Equal(TestProgram.Faulty.ExpectedWarnings.Where(warning => !warning.EndsWith("SQLITE2003", StringComparison.Ordinal)), build.Warnings);
    }

    [Fact]
    public async Task A_category_can_be_silenced_in_the_recommended_mode()
    {
        File.WriteAllText(EditorConfigPath, "[*.cs]\ndotnet_analyzer_diagnostic.category-SqliteCheckpoints.severity = none\n");

        var build = (await _project.BuildAsync()).Succeeded();

        Assert.Equal(TestProgram.Faulty.ExpectedWarnings.Where(warning => !warning.Contains("SQLITE2", StringComparison.Ordinal)), build.Warnings);
    }

    [Fact]
    public async Task Warnings_as_errors_fail_the_build()
    {
        var build = await _project.BuildAsync("-warnaserror");

        Assert.NotEqual(0, build.ExitCode);
        Assert.Equal(TestProgram.Faulty.ExpectedWarnings, build.Errors);
    }

    public void Dispose() => File.Delete(EditorConfigPath);
}
