using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using SqliteAnalyzers.Tests.Order.Programs;
using SqliteAnalyzers.Tests.Order.Toys;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Order;

/// <summary>The harness itself: it catches analyzers whose findings depend on an order, and lets the others pass.</summary>
public sealed class OrderHarnessTests
{
    private const int Seeds = 5;

    private static readonly ProgramSource s_program = new(
        "Toy",
        [
            new("First.cs", "class A { void M() { } void N() { }\nvoid O() { } }\nclass B { void P() { } void Q() { } void R() { } }"),
            new("Second.cs", "namespace S;\nclass C { void S() { } void T() { } }\nclass D { void U() { } }"),
        ])
    {
        References = TestReferences.Net,
    };

    /// <summary>Analyzers with a fault each, and a variation that must show it.</summary>
    private static readonly ImmutableArray<(string Fault, string Shown, Func<DiagnosticAnalyzer> Make)> s_faults =
    [
        ("the first method of a type", "members shuffled", () => new Toy((context, method) =>
            Toy.Report(context, method, "", method.Parent is TypeDeclarationSyntax type && type.Members[0] == method))),
        ("the first type of a file", "types shuffled", () => new Toy((context, method) =>
            Toy.Report(context, method, "", method.Parent?.Parent?.ChildNodes().First(node => node is TypeDeclarationSyntax) == method.Parent))),
        ("the other types of the file", "one type a file", () => new Toy((context, method) =>
            Toy.Report(context, method, $"{method.SyntaxTree.GetRoot().DescendantNodes().Count(node => node is TypeDeclarationSyntax)}"))),
        ("the first file", "files shuffled", () => new Toy((context, method) =>
            Toy.Report(context, method, "", method.SyntaxTree == context.Compilation.SyntaxTrees.First()))),
        ("the line", "all shuffled", () => new Toy((context, method) =>
            Toy.Report(context, method, $"{method.GetLocation().GetLineSpan().StartLinePosition.Line}"))),
        ("the line", "all shuffled, analysed by several threads", () => new Toy((context, method) =>
            Toy.Report(context, method, $"{method.GetLocation().GetLineSpan().StartLinePosition.Line}"))),
        ("who comes first, in a property", "all shuffled", () => new ToyWithMemory((context, method, seen) =>
            Toy.Report(context, method, "", properties: ImmutableDictionary<string, string?>.Empty.Add("Seen", $"{seen.Count}")))),
        ("who comes first, in another location", "all shuffled", () => new ToyWithMemory((context, method, seen) =>
            Toy.Report(context, method, "", others: [seen.First().GetLocation()]))),
        ("who comes first, in the severity", "all shuffled", () => new ToyWithMemory((context, method, seen) =>
            Toy.Report(context, method, "", severity: seen.Count > 1 ? DiagnosticSeverity.Error : DiagnosticSeverity.Info))),
        ("other threads", "analysed by several threads", () => new ToyOfThreads()),
        ("chance", "analysed again", () => new Toy((context, method) => Toy.Report(context, method, $"{Random.Shared.Next()}"))),
        ("all there ever was", "all shuffled, analysed by fresh copies of the analyzers", () => new ToyWithStaticMemory()),
        ("an earlier compilation", "analysed again by the same analyzers", () => new ToyThatRemembers()),
        ("an earlier edit", "after an edit", () => new ToyThatRemembers()),
        ("an edit that was undone", "after an edit and its undo", () => new ToyThatRemembers()),
        ("the name alone", "namesakes beside it", () => new Toy((context, method) =>
            Toy.Report(context, method, $"{AllMethods(context).Count(other => other.Identifier.Text == method.Identifier.Text)}"))),
        ("the document that is asked for", "asked for each document anew", () => new ToyWithMemory((context, method, seen) =>
            Toy.Report(context, method, $"{seen.Count}"))),
        ("another document", "asked for each document", () => new Toy((context, method) =>
            Toy.Report(context, AllMethods(context).First(other => other.SyntaxTree != method.SyntaxTree), method.Identifier.Text))),
        ("another method", "asked for each line", () => new Toy((context, method) =>
            Toy.Report(context, AllMethods(context).First(other => other.SyntaxTree == method.SyntaxTree && other != method), "", method.Identifier.Text == "P"))),
    ];

    public static TheoryData<string, string> Faults
    {
        get
        {
            var faults = new TheoryData<string, string>();
            foreach (var (fault, shown, _) in s_faults)
            {
                faults.Add(fault, shown);
            }

            return faults;
        }
    }

    public static TheoryData<string> AllVariations => [.. Variations.All.Select(variation => variation.Name)];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Analyzer_whose_findings_depend_on_it_is_caught(string fault, string shown)
    {
        var (_, _, make) = s_faults.Single(entry => (entry.Fault, entry.Shown) == (fault, shown));

        var differences = await FindDifferencesAsync(make, shown);

        Assert.NotEmpty(differences);
        Assert.All(differences, difference => Assert.Contains("only ", difference.Text));
    }

    [Theory]
    [MemberData(nameof(AllVariations))]
    public async Task Analyzer_that_depends_on_nothing_passes(string variation) =>
        Assert.Empty(await FindDifferencesAsync(() => new Toy((context, method) => Toy.Report(context, method, method.Identifier.Text)), variation));

    [Fact]
    public void Each_variation_is_shown_to_catch_something() =>
        Assert.Empty(Variations.All.Select(variation => variation.Name).Except(s_faults.Select(fault => fault.Shown)));

    [Fact]
    public async Task Difference_names_the_program_the_variation_the_seed_and_the_findings()
    {
        var (_, shown, make) = s_faults[0];

        var text = (await FindDifferencesAsync(make, shown))[0].ToString();

        Assert.StartsWith("Toy, members shuffled, seed ", text);
        Assert.Contains("only as it is: TOY1 Warning at A.void M ( ) +5 'M'", text);
    }

    private static async Task<List<OrderDifference>> FindDifferencesAsync(Func<DiagnosticAnalyzer> make, string variation)
    {
        var differences = new List<OrderDifference>();
        for (var seed = 0; seed < Seeds; seed++)
        {
            differences.AddRange(await new OrderHarness(() => [make()]).FindDifferencesAsync(
                s_program, seed, [Variations.All.Single(one => one.Name == variation)], TestContext.Current.CancellationToken));
        }

        return differences;
    }

    private static IEnumerable<MethodDeclarationSyntax> AllMethods(SyntaxNodeAnalysisContext context) =>
        context.Compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()).OrderBy(method => method.Identifier.Text);
}
