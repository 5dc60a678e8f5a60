using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Tests.Order.Analyses;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Order.Programs;

/// <summary>The programs that are made are programs, and about what the rules are about.</summary>
public sealed class GeneratedProgramTests
{
    private const int Programs = 10;

    [Fact]
    public async Task Programs_have_no_errors_and_findings_of_many_kinds()
    {
        var ids = new HashSet<string>();
        foreach (var seed in Enumerable.Range(100, Programs))
        {
            var analysis = await Analysis.OfAllAsync(
                CompiledProgram.Of(GeneratedProgram.Make(seed)), PackageParts.Analyzers(), concurrent: true, TestContext.Current.CancellationToken);
            Assert.Empty(analysis.Errors);
            ids.UnionWith(analysis.Findings.Select(finding => finding.Id));
        }

        Assert.Superset(new HashSet<string>(["SQLITE1001", "SQLITE1002", "SQLITE2001", "SQLITE2003", "SQLITE3001"]), ids);
    }

    [Fact]
    public void Same_seed_makes_the_same_program()
    {
        Assert.Equal(GeneratedProgram.Make(7).Files[0].Text, GeneratedProgram.Make(7).Files[0].Text);
        Assert.NotEqual(GeneratedProgram.Make(7).Files[0].Text, GeneratedProgram.Make(8).Files[0].Text);
    }

    [Fact]
    public void Names_of_the_programs_are_unlike() =>
        Assert.Equal(ProgramCatalog.All(Programs).Length, ProgramCatalog.All(Programs).DistinctBy(program => program.Name).Count());
}
