using System.Text.RegularExpressions;

namespace SqliteAnalyzers.Tests.Flow;

/// <summary>Rewriting a program into another that does the same leaves the findings at the same lines.</summary>
public sealed class MetamorphicTests
{
    public static TheoryData<string> Rewritings => [.. MetamorphicPrograms.Rewritings.Select(rewriting => rewriting.Name)];

    [Fact]
    public async Task Programs_are_of_both_kinds()
    {
        var findings = await FindingsOf(MetamorphicPrograms.Run);

        Assert.Contains(findings, found => found.Length == 0);
        Assert.Equal(["SQLITE1001", "SQLITE1002", "SQLITE2001", "SQLITE2002", "SQLITE4001", "SQLITE4005"], findings.SelectMany(found => found).Select(line => line[..10]).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Rewritings))]
    public async Task Rewriting_leaves_the_findings(string name) =>
        Assert.Equal(await FindingsOf(MetamorphicPrograms.Run), await FindingsOf(MetamorphicPrograms.Rewritings.Single(rewriting => rewriting.Name == name).Members));

    [Theory]
    [InlineData("connection", "db")]
    [InlineData("transaction", "tx")]
    [InlineData("flag", "isForced")]
    [InlineData("command", "insert")]
    public async Task Renaming_leaves_the_findings(string name, string other)
    {
        Assert.Equal((await FindingsOf(MetamorphicPrograms.Run)).Select(found => found.Select(Rename)), await FindingsOf(body => Rename(MetamorphicPrograms.Run(body))));

        // Not the name of an argument: transaction: transaction.
        string Rename(string code) => Regex.Replace(code, $@"\b{name}\b(?!:)", other);
    }

    /// <summary>For each program the id and the line of each finding but those about configuring, in the order of the source.</summary>
    private static async Task<string[][]> FindingsOf(Func<string, string> rewrite)
    {
        var (source, ends) = MetamorphicPrograms.Write(rewrite);
        var lines = source.Split('\n');
        var findings = ends.ToDictionary(end => end, _ => new List<string>());
        foreach (var finding in (await FlowRun.Of(source)).Findings.Where(finding => !finding.Id.StartsWith("SQLITE3", StringComparison.Ordinal)))
        {
            findings[ends.First(end => finding.Location.SourceSpan.Start < end)]
                .Add($"{finding.Id} {lines[finding.Location.GetLineSpan().StartLinePosition.Line].Trim()}");
        }

        return [.. ends.Select(end => findings[end].ToArray())];
    }
}
