using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Diagnostics;
using SqliteAnalyzers.Fuzz.Pieces;
using SqliteAnalyzers.Fuzz.Runs;
using SqliteAnalyzers.Tests.Order.Programs;
using SqliteAnalyzers.Tests.Order.Toys;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Fuzzing;

/// <summary>The run of mutants: it finds analyzers that throw, hang or depend on an order, and the package's do not throw and do not hang.</summary>
public sealed class FuzzRunTests : IDisposable
{
    private static readonly ImmutableArray<Piece> s_toyPieces =
    [
        new(new ProgramSource("Toy", "class A { void M() { int i = 1; int j = 2; } void N() { } }\nclass B { void O() { } }") { References = TestReferences.Net }),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("sqlite-fuzz-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Analyzers_of_the_package_survive_mutants()
    {
        ImmutableArray<Piece> pieces = [.. ProgramCatalog.Written.SelectMany(PieceCutter.Cut)];

        var result = await RunAsync(pieces, PackageParts.Analyzers, "--seed", "1", "--count", "500", "--limit", "30");

        Assert.True(result.Failures.Count == 0, string.Join('\n', result.Failures.Select(failure => $"{failure.Number} {failure.Mutant}: {failure.Verdict.Text}")));
    }

    [Fact]
    public async Task Analyzer_that_throws_is_found_and_its_mutants_are_kept_without_what_they_do_not_need()
    {
        var result = await RunAsync(s_toyPieces, ThrowsAtTwo, "--seed", "1", "--count", "100");

        Assert.NotEmpty(result.Failures);
        Assert.All(result.Failures, failure => Assert.Equal(Verdict.Exception, failure.Verdict.Kind));
        Assert.All(result.Failures, failure => Assert.Contains("thrown by the toy", failure.Verdict.Signature));
        Assert.Contains(result.Failures, failure => failure.Mutant.Mutations.Length == 1);
        var kept = Directory.GetFiles(_folder);
        Assert.Equal(5, kept.Length);
        Assert.Contains("// --seed 1 --first ", await File.ReadAllTextAsync(kept[0], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Mutant_comes_again_by_its_number()
    {
        var all = await RunAsync(s_toyPieces, ThrowsAtTwo, "--seed", "1", "--count", "100");
        var failure = all.Failures[0];

        var one = await RunAsync(s_toyPieces, ThrowsAtTwo, "--seed", "1", "--first", $"{failure.Number}", "--count", "1");

        Assert.Equal((1, failure.Mutant.ToString()), (one.Mutants, Assert.Single(one.Failures).Mutant.ToString()));
    }

    [Fact]
    public async Task Analyzer_that_hangs_is_found()
    {
        using var end = new ManualResetEventSlim();

        var result = await RunAsync(s_toyPieces, () => [new Toy((_, _) => end.Wait())], "--seed", "1", "--count", "1", "--limit", "1");
        end.Set();

        Assert.Equal(Verdict.Hang, Assert.Single(result.Failures).Verdict.Kind);
    }

    [Fact]
    public async Task Analyzer_that_depends_on_the_order_is_found()
    {
        var result = await RunAsync(
            s_toyPieces,
            () => [new ToyWithMemory((context, method, seen) => Toy.Report(context, method, $"{seen.Count}"))],
            "--seed", "1", "--count", "20", "--order-every", "2");

        Assert.Equal(10, result.Reordered);
        Assert.Contains(
            result.Failures,
            failure => failure.Verdict is { Kind: Verdict.Order, Text: var text } && text.Contains("members shuffled, seed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Analyzer_that_remembers_what_a_mutant_was_before_is_found()
    {
        var result = await RunAsync(s_toyPieces, () => [new ToyThatRemembers()], "--seed", "1", "--count", "10", "--order-every", "1");

        Assert.Contains(result.Failures, failure => failure.Verdict.Signature.Contains("analysed as an edit", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Time_ends_the_run()
    {
        var result = await RunAsync(s_toyPieces, () => [new Toy((_, _) => { })], "--time", "1");

        Assert.InRange(result.Mutants, 1, 99_999);
    }

    private static ImmutableArray<DiagnosticAnalyzer> ThrowsAtTwo() => [new Toy((_, method) =>
    {
        if (method.ToString().Split("int i").Length > 2)
        {
            throw new InvalidOperationException("thrown by the toy");
        }
    })];

    private async Task<FuzzResult> RunAsync(ImmutableArray<Piece> pieces, Func<ImmutableArray<DiagnosticAnalyzer>> newAnalyzers, params string[] options)
    {
        var arguments = await FuzzArguments.ParseAsync(["mutants", "--output", _folder, .. options]);
        return await new FuzzRun(pieces, new Examiner(newAnalyzers, arguments.Limit), arguments, _ => { }).RunAsync();
    }
}
