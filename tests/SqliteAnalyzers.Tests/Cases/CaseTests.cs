using System.Collections.Immutable;
using System.Text;
using Xunit;

namespace SqliteAnalyzers.Tests.Cases;

/// <summary>The analyzers say what each program's comments expect, on those lines, as often as expected, and nothing else.</summary>
public sealed class CaseTests
{
    public static TheoryData<string> Programs => [.. CaseProgram.Names];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Program_compiles_unless_it_is_half_typed(string name)
    {
        CaseProgram program = CaseProgram.Load(name);

        Assert.Equal(program.IsHalfTyped, program.CompileErrors.Any());
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Program_gets_the_expected_findings_and_no_others(string name)
    {
        CaseProgram program = CaseProgram.Load(name);

        ImmutableArray<Finding> expected = program.Expected();
        ImmutableArray<Finding> reported = await program.ReportedAsync(TestContext.Current.CancellationToken);

        string difference = Difference(expected, reported);
        Assert.True(difference.Length == 0, name + difference);
    }

    [Fact]
    public async Task A_line_that_falsely_expects_a_finding_is_told()
    {
        CaseProgram program = CaseProgram.Parse("Empty.cs", "class C\n{ // expect: SQLITE1001, SQLITE2002\n}");

        string difference = Difference(program.Expected(), await program.ReportedAsync(TestContext.Current.CancellationToken));

        Assert.Contains("missing", difference, StringComparison.Ordinal);
        Assert.Contains("2  SQLITE1001", difference, StringComparison.Ordinal);
        Assert.Contains("2  SQLITE2002", difference, StringComparison.Ordinal);
    }

    private static string Difference(ImmutableArray<Finding> expected, ImmutableArray<Finding> reported)
    {
        var text = new StringBuilder();
        Append(text, "missing", Without(expected, reported));
        Append(text, "not expected", Without(reported, expected));
        return text.ToString();
    }

    /// <summary>What stands in <paramref name="all"/> more often than in <paramref name="taken"/>.</summary>
    private static List<Finding> Without(ImmutableArray<Finding> all, ImmutableArray<Finding> taken)
    {
        List<Finding> rest = [.. all.OrderBy(finding => finding.Line)];
        foreach (Finding finding in taken)
        {
            int index = rest.FindIndex(other => other.Place == finding.Place);
            if (index >= 0)
            {
                rest.RemoveAt(index);
            }
        }

        return rest;
    }

    private static void Append(StringBuilder text, string title, List<Finding> findings)
    {
        if (findings.Count > 0)
        {
            text.Append('\n').Append(title).Append(":\n").AppendJoin('\n', findings);
        }
    }
}
