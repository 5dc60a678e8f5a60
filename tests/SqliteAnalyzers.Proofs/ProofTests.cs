using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Tests.Docs;

namespace SqliteAnalyzers.Proofs;

/// <summary>
/// Each rule proves itself: its fault fails at run time, the rule sees it, its fix cures it, and its page shows these very programs.
/// </summary>
public sealed class ProofTests
{
    public static TheoryData<string> Rules { get; } = [.. Proofs.All.Select(proof => proof.Name)];

    public static TheoryData<string, string> Fixes { get; } =
        [.. Proofs.All.SelectMany(proof => proof.Fixes.Select(fix => (proof.Name, fix.Variant)))];

    public static TheoryData<string> WithoutFix { get; } = [.. Proofs.All.Where(proof => proof.Fixes.Count == 0).Select(proof => proof.Name)];

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task The_fault_is_real_and_the_rule_reports_it(string name)
    {
        var proof = Find(name);
        var document = ProofWorkspace.Open(Read(proof, "Bad.cs"));

        var diagnostics = await ProofWorkspace.DiagnoseAsync(document, proof.Rule, CancellationToken);
        Assert.Contains(diagnostics, diagnostic => diagnostic.Id == proof.Rule.Id);
        Assert.DoesNotContain(diagnostics, diagnostic => !diagnostic.Id.StartsWith("SQLITE", StringComparison.Ordinal));

        var outcome = await RunAsync(document);
        Assert.Contains(proof.Fails, outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(proof.Works, outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Fixes))]
    public async Task The_fix_cures_it(string name, string variant)
    {
        var proof = Find(name);
        var file = proof.Fixes.Single(fix => fix.Variant == variant).File;
        var document = ProofWorkspace.Open(Read(proof, "Bad.cs"));

        var good = await ProofWorkspace.FixAsync(document, proof.Rule, $"{name}.{variant}", CancellationToken);
        Snapshot.Match(PathTo(proof, file), (await good.GetTextAsync(CancellationToken)).ToString());
        Assert.Empty(await ProofWorkspace.DiagnoseAsync(good, proof.Rule, CancellationToken));

        var outcome = await RunAsync(good);
        var works = file == "GoodPlain.cs" ? proof.WorksPlain ?? proof.Works : proof.Works;
        Assert.Contains(works, outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(proof.Fails, outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(WithoutFix))]
    public async Task What_the_page_says_cures_it(string name)
    {
        var proof = Find(name);
        var document = ProofWorkspace.Open(Read(proof, "Good.cs"));

        Assert.Empty(await ProofWorkspace.DiagnoseAsync(document, proof.Rule, CancellationToken));
        var outcome = await RunAsync(document);
        Assert.Contains(proof.Works, outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(proof.Fails, outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_page_shows_these_programs(string name)
    {
        var proof = Find(name);
        foreach (var file in new[] { "Bad.cs", "Good.cs" })
        {
            Snapshot.MatchPart(
                Repository.PathTo("docs", "rules", proof.Rule.Id + ".md"), file, $"```csharp\n{Read(proof, file)}```\n");
        }
    }

    private static Proof Find(string name) => Proofs.All.Single(proof => proof.Name == name);

    private static string PathTo(Proof proof, string file) =>
        Repository.PathTo("tests", "SqliteAnalyzers.Proofs", proof.Folder, proof.Name, file);

    private static string Read(Proof proof, string file) =>
        File.ReadAllText(PathTo(proof, file)).Replace("\r\n", "\n", StringComparison.Ordinal);

    private static async Task<Outcome> RunAsync(Document document) =>
        await ProofProgram.RunAsync((await document.Project.GetCompilationAsync(CancellationToken))!, CancellationToken);
}
