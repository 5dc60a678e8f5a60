using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.Editor.Tests.Opening;
using SqliteAnalyzers.Package.Tests;
using Xunit;

namespace SqliteAnalyzers.Editor.Tests.LightBulb;

/// <summary>What the C# editor underlines, and what it offers there.</summary>
[Collection(nameof(OpenedProjectCollection))]
public sealed class LightBulbTests(OpenedProject opened)
{
    /// <summary>What the editor itself offers for every finding of an analyzer.</summary>
    private static readonly string[] s_offeredAnyway = ["Suppress ", "Configure "];

    public static TheoryData<string> Ids { get; } = [.. FixCases.All.Select(one => one.Id)];

    public static TheoryData<string> Pages { get; } = [.. RulePages.WithProgram.Select(page => page.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task A_finding_is_underlined_and_the_light_bulb_offers_its_fixes_first(string id)
    {
        var expected = FixCases.All.Single(one => one.Id == id);
        var document = await OpenAsync(expected.Text);

        var diagnostic = Assert.Single(await EditorServices.DiagnosticsAsync(document));
        Assert.Equal((id, expected.Severity, expected.Span), (diagnostic.Id, diagnostic.Severity, diagnostic.Location.SourceSpan));
        Assert.Equal($"{BuildInfo.RepositoryUrl}/blob/v{BuildInfo.PackageVersion}/docs/rules/{id}.md", diagnostic.Descriptor.HelpLinkUri);

        var fixes = await OwnFixesAsync(document, diagnostic.Location.SourceSpan);
        Assert.Equal(expected.Titles, fixes.Select(fix => fix.Title));
        foreach (var fix in fixes)
        {
            var changed = await fix.ApplyAsync();
            await AssertCompilesAsync(changed);
            Assert.Empty(await EditorServices.DiagnosticsAsync(changed));
        }

        string text = (await (await fixes[0].ApplyAsync()).GetTextAsync()).ToString();
        Assert.Contains(expected.Fixed, FixCase.WithoutLayout(text), StringComparison.Ordinal);
    }

    /// <summary>What is offered can be applied, and then it is gone, also in the programs that the pages show.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_program_of_a_page_shows_its_finding_and_loses_it_by_each_fix(string id)
    {
        var document = await OpenAsync(RulePages.WithProgram.Single(page => page.Id == id).Program, opened.OnlyOwnAnalyzers);

        var found = (await EditorServices.DiagnosticsAsync(document)).Where(diagnostic => diagnostic.Id == id).ToList();
        Assert.NotEmpty(found);

        var fixes = await OwnFixesAsync(document, found[0].Location.SourceSpan);
        Assert.Equal(RulePages.WithoutFix.Contains(id), fixes.Count == 0);
        foreach (var fix in fixes)
        {
            var changed = await fix.ApplyAsync();
            await AssertCompilesAsync(changed);
            Assert.True((await EditorServices.DiagnosticsAsync(changed)).Count(diagnostic => diagnostic.Id == id) < found.Count, fix.Title);
        }
    }

    [Fact]
    public async Task At_the_cursor_only_the_fixes_of_what_stands_there_are_offered()
    {
        const string Text = "internal static class Store { public static Microsoft.Data.Sqlite.SqliteConnection Connect() => new(\"Data Source=orders.db;Version=3;Cache=Shared\"); }";
        var document = await OpenAsync(Text);

        Assert.Equal(["SQLITE3005", "SQLITE3007"], (await EditorServices.DiagnosticsAsync(document)).Select(diagnostic => diagnostic.Id).Order());
        Assert.Equal(["Remove 'Version=3'"], await TitlesAsync("Version"));
        Assert.Equal(["Remove 'Cache=Shared'"], await TitlesAsync("Cache"));
        Assert.Empty(await TitlesAsync("Data Source"));
        Assert.Equal(
            ["Remove 'Cache=Shared'", "Remove 'Version=3'"],
            (await OwnFixesAsync(document, new TextSpan(0, Text.Length))).Select(fix => fix.Title).Order(StringComparer.Ordinal));

        async Task<IEnumerable<string>> TitlesAsync(string word) =>
            (await OwnFixesAsync(document, new TextSpan(Text.IndexOf(word, StringComparison.Ordinal) + 2, 0))).Select(fix => fix.Title);
    }

    [Fact]
    public async Task A_settings_file_is_underlined_too()
    {
        var settings = OpenSettings(opened.Project);

        var diagnostic = Assert.Single(await EditorServices.DiagnosticsAsync(settings));

        Assert.Equal(("SQLITE3007", DiagnosticSeverity.Warning), (diagnostic.Id, diagnostic.Severity));
        Assert.Equal("Version", (await settings.GetTextAsync()).ToString(diagnostic.Location.SourceSpan));
        Assert.EndsWith("appsettings.json", diagnostic.Location.GetLineSpan().Path, StringComparison.Ordinal);
        Assert.Empty(await OwnFixesAsync(settings, diagnostic.Location.SourceSpan));
    }

    /// <summary>An editor looks for the fixes of a project once, when it first opens the light bulb.</summary>
    [Fact]
    public async Task After_the_light_bulb_of_a_settings_file_that_of_the_code_offers_its_fixes()
    {
        var settings = OpenSettings(opened.Project.WithAnalyzerReferences([.. opened.Project.AnalyzerReferences]));
        var document = settings.Project.Documents.Single(one => one.Name == "Store.cs");
        var inSettings = (await EditorServices.DiagnosticsAsync(settings))[0].Location.SourceSpan;
        var inCode = (await EditorServices.DiagnosticsAsync(document))[0].Location.SourceSpan;

        Assert.Empty(await OwnFixesAsync(settings, inSettings));
        Assert.Equal(["Remove 'Cache=Shared'"], (await OwnFixesAsync(document, inCode)).Select(fix => fix.Title));
    }

    private static TextDocument OpenSettings(Project project)
    {
        project = OpenedProject.With(project, ("Store.cs",
            """
            internal static class Store
            {
                public static Microsoft.Data.Sqlite.SqliteConnection Connect() => new(Settings.GetConnectionString("Default"));

                public static Microsoft.Data.Sqlite.SqliteConnection ConnectToOther() => new("Data Source=other.db;Cache=Shared");
            }

            internal static class Settings
            {
                public static string GetConnectionString(string name) => Environment.GetEnvironmentVariable(name) ?? "";
            }
            """));
        var settings = project.AdditionalDocuments.Single(document => document.Name == OpenedProject.Settings);
        return project.Solution
            .WithAdditionalDocumentText(settings.Id, SourceText.From("{\n  \"ConnectionStrings\": {\n    \"Default\": \"Data Source=store.db;Version=3\"\n  }\n}\n"))
            .GetAdditionalDocument(settings.Id)!;
    }

    private async Task<Document> OpenAsync(string text, Project? project = null)
    {
        var document = OpenedProject.With(project ?? opened.Project, ("Store.cs", text)).Documents.Single(one => one.Name == "Store.cs");
        await AssertCompilesAsync(document);
        return document;
    }

    private static async Task AssertCompilesAsync(Document document) =>
        Assert.Empty((await document.Project.GetCompilationAsync())!.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));

    /// <summary>What the light bulb offers before what it offers anyway; behind that there must be nothing else.</summary>
    private static async Task<IReadOnlyList<OfferedFix>> OwnFixesAsync(TextDocument document, TextSpan span)
    {
        var offered = await EditorServices.LightBulbAsync(document, span);
        var own = offered.TakeWhile(action => !s_offeredAnyway.Any(title => action.Title.StartsWith(title, StringComparison.Ordinal))).ToList();
        Assert.All(offered.Skip(own.Count), action => Assert.Contains(s_offeredAnyway, title => action.Title.StartsWith(title, StringComparison.Ordinal)));
        return [.. own.Select(action => new OfferedFix(document, action))];
    }
}
