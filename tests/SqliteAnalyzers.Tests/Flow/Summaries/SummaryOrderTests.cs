using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Tests.Order.Programs;

namespace SqliteAnalyzers.Tests.Flow.Summaries;

/// <summary>A summary is a function of the program: it does not depend on which summaries were asked for before it.</summary>
public sealed class SummaryOrderTests
{
    private const int Shuffles = 4;

    public static TheoryData<string> Programs => [.. SummaryPrograms.Names];

    /// <summary>Few: whole analyses of many more are compared by the tests of the order.</summary>
    public static TheoryData<int> GeneratedPrograms => [.. Enumerable.Range(1, 4)];

    [Fact]
    public void Programs_have_no_errors_and_many_findings()
    {
        var findings = SummaryPrograms.Names.Sum(name =>
        {
            var compilation = FlowRun.Compile(SummaryPrograms.SourceOf(name));
            Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
            var run = new EngineRun(compilation);
            return run.Units.Sum(unit => run.FindingsOf(unit).Count);
        });

        Assert.InRange(findings, 10, int.MaxValue);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Summaries_are_the_same_whichever_is_asked_for_first(string program) =>
        AssertSameInAnyOrder(FlowRun.Compile(SummaryPrograms.SourceOf(program)));

    [Theory]
    [MemberData(nameof(GeneratedPrograms))]
    public void Summaries_of_programs_that_are_made_are_the_same_whichever_is_asked_for_first(int seed) =>
        AssertSameInAnyOrder(CompiledProgram.Of(GeneratedProgram.Make(seed)).Compilation);

    [Theory]
    [MemberData(nameof(Programs))]
    public void Each_summary_that_is_asked_for_alone_is_the_same(string program)
    {
        var compilation = FlowRun.Compile(SummaryPrograms.SourceOf(program));
        var all = new EngineRun(compilation);
        foreach (var unit in all.Units)
        {
            AssertSame(all.SummaryOf(unit), new EngineRun(compilation).SummaryOf(unit), $"{unit} alone");
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Summaries_are_the_same_when_threads_ask_at_once(string program)
    {
        var compilation = FlowRun.Compile(SummaryPrograms.SourceOf(program));
        var (expected, run) = (new EngineRun(compilation), new EngineRun(compilation));
        var summaries = new Summary[run.Units.Length];
        Parallel.For(0, run.Units.Length, number => summaries[number] = run.SummaryOf(run.Units[number]));

        for (var number = 0; number < summaries.Length; number++)
        {
            AssertSame(expected.SummaryOf(expected.Units[number]), summaries[number], $"{run.Units[number]} with threads");
        }
    }

    private static void AssertSameInAnyOrder(Compilation compilation)
    {
        var first = new EngineRun(compilation);
        var (summaries, findings) = Ask(first, first.Units);
        foreach (var (name, order) in OrdersOf(first.Units))
        {
            var (otherSummaries, otherFindings) = Ask(new EngineRun(compilation), order);
            foreach (var unit in first.Units)
            {
                AssertSame(summaries[unit], otherSummaries[unit], $"{unit}, {name}");
                Assert.Equal(findings[unit], otherFindings[unit], FindingComparer.Instance);
            }
        }
    }

    private static IEnumerable<(string Name, CodeUnit[] Order)> OrdersOf(IReadOnlyCollection<CodeUnit> units)
    {
        yield return ("last first", units.Reverse().ToArray());
        yield return ("by name", units.Order().ToArray());
        for (var seed = 0; seed < Shuffles; seed++)
        {
            var order = units.ToArray();
            new Random(seed).Shuffle(order);
            yield return ($"shuffled with {seed}", order);
        }
    }

    private static (Dictionary<CodeUnit, Summary> Summaries, Dictionary<CodeUnit, IReadOnlyList<Finding>> Findings) Ask(EngineRun run, IReadOnlyList<CodeUnit> order) =>
        (order.ToDictionary(unit => unit, unit => run.SummaryOf(unit)), order.ToDictionary(unit => unit, unit => run.FindingsOf(unit)));

    private static void AssertSame(Summary expected, Summary actual, string what)
    {
        if (expected.Equals(actual))
        {
            return;
        }

        Assert.True(expected.Findings.SequenceEqual(actual.Findings, FindingComparer.Instance), $"{what}: findings differ: {Text(expected)}, then {Text(actual)}");
        Assert.True(expected.Exits.SequenceEqual(actual.Exits), $"{what}: {expected.Exits.Length} and {actual.Exits.Length} exits differ");
        Assert.True(Equals(expected.Exceptional, actual.Exceptional), $"{what}: exceptional exits differ");
        Assert.True(Equals(expected.Yielded, actual.Yielded), $"{what}: yielded states differ");
        Assert.True(expected.Latent.SequenceEqual(actual.Latent), $"{what}: {expected.Latent.Length} and {actual.Latent.Length} latent events differ");
        Assert.Equal(expected.Uses, actual.Uses);
        Assert.Equal(expected.Pragmas, actual.Pragmas);
        Assert.Equal(expected.Asked, actual.Asked);
        Assert.Equal(expected.Touched, actual.Touched);
        Assert.Fail($"{what}: summaries differ");
    }

    private static string Text(Summary summary) => string.Join(
        "; ", summary.Findings.Select(finding => $"{finding.Check.Descriptor.Id} {finding.At} {finding.Maker} {finding.Use} {finding.Origin} {finding.AsksCallers} [{string.Join(" | ", finding.Needs)}] [{string.Join(" | ", finding.Arguments)}] [{string.Join(" | ", finding.Databases)}] [{string.Join(" | ", finding.Properties)}]"));
}
