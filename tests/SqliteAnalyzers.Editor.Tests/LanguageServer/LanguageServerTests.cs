using System.Text.Json.Nodes;
using SqliteAnalyzers.Package.Tests;
using SqliteAnalyzers.Package.Tests.Consumers;
using Xunit;

namespace SqliteAnalyzers.Editor.Tests.LanguageServer;

/// <summary>
/// A project with the package, opened by a language server.
/// </summary>
/// <remarks>
/// This server offers the fixes and refactorings of Roslyn itself and those of no package: what the light bulb offers is tested without it.
/// </remarks>
public sealed class LanguageServerTests(PackageFeed feed)
{
    // As the protocol numbers them.
    private const int Error = 1;
    private const int Warning = 2;
    private const int Information = 3;

    [Fact(Skip = LanguageServerTool.Missing, SkipWhen = nameof(LanguageServerTool.IsMissing), SkipType = typeof(LanguageServerTool))]
    public async Task Diagnostics_are_those_of_a_build_and_follow_what_is_typed()
    {
        var program = TestProgram.Faulty;
        var project = feed.CreateProject("net10.0", ConsumerProject.PackageReference + ConsumerProject.SqliteReference);
        project.UseProgram(program);
        project.Write(
            ".editorconfig",
            "root = true\n[*.cs]\ndotnet_diagnostic.SQLITE3001.severity = error\ndotnet_analyzer_diagnostic.category-SqliteCheckpoints.severity = suggestion\n");
        (await project.DotNetAsync("restore")).Succeeded();
        await using var client = await LanguageClient.StartAsync(
            LanguageServerTool.Path, Path.GetDirectoryName(project.ProjectPath)!, project.Environment, new JsonObject { ["analyzersEnabled"] = true });
        var file = new OpenFile(client, project.PathTo(program.FileName), program.Source);

        var atFirst = await file.WaitForDiagnosticsAsync();

        Assert.Equal(program.ExpectedWarnings, atFirst.Select(diagnostic => $"{program.FileName}({diagnostic.Line + 1}): {diagnostic.Id}").Order(StringComparer.Ordinal));
        Assert.All(atFirst, diagnostic => Assert.Equal(SeverityOf(diagnostic.Id), diagnostic.Severity));
        Assert.All(atFirst, diagnostic =>
            Assert.Equal($"{BuildInfo.RepositoryUrl}/blob/v{BuildInfo.PackageVersion}/docs/rules/{diagnostic.Id}.md", diagnostic.Link));
        var unknownMode = atFirst.Single(diagnostic => diagnostic.Id == "SQLITE2003");
        Assert.Equal("FUL", unknownMode.TextIn(program.Source));
        Assert.Equal("log.Open()", atFirst.Single(diagnostic => diagnostic.Id == "SQLITE3001").TextIn(program.Source));
        Assert.DoesNotContain(await file.TitlesAsync(unknownMode), title => title.Contains("'FULL'", StringComparison.Ordinal));

        file.Change(unknownMode.Range, "FULL");
        var afterwards = await file.DiagnosticsAsync();
        file.Change(unknownMode.RangeOf("FULL".Length), "FUL");

        Assert.Equal(atFirst.Where(diagnostic => diagnostic != unknownMode), afterwards);
        Assert.Equal(atFirst, await file.DiagnosticsAsync());
    }

    private static int SeverityOf(string id) =>
        id == "SQLITE3001" ? Error : id.StartsWith("SQLITE2", StringComparison.Ordinal) ? Information : Warning;
}
