using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Diagnostics;
using SqliteAnalyzers.Fuzz.Mutations;
using SqliteAnalyzers.Tests.Order;
using SqliteAnalyzers.Tests.Order.Analyses;
using SqliteAnalyzers.Tests.Order.Programs;

namespace SqliteAnalyzers.Fuzz.Runs;

/// <summary>Runs the analyzers over mutants and judges how that ends.</summary>
/// <param name="newAnalyzers">Analyzers that have seen nothing yet.</param>
/// <param name="limit">The time that one analysis may take.</param>
internal sealed class Examiner(Func<ImmutableArray<DiagnosticAnalyzer>> newAnalyzers, TimeSpan limit)
{
    private const string AnalyzerThrew = "AD0001";

    private const string TooLong = "The analysis takes too long.";

    /// <summary>Whether an analyzer throws or hangs.</summary>
    public Task<Verdict?> ExamineAsync(Mutant mutant) => WithinAsync(limit, async cancellation =>
    {
        var analysis = await Analysis.OfAllAsync(CompiledProgram.Of(mutant.ToProgram()), newAnalyzers(), concurrent: false, cancellation);
        return analysis.Findings.FirstOrDefault(finding => finding.Id == AnalyzerThrew) is { } thrown
            ? new Verdict(Verdict.Exception, SignatureOf(thrown.Message), thrown.Message)
            : null;
    });

    /// <summary>Whether something else is found in another order, or by analyzers that have seen the program before its mutations.</summary>
    public Task<Verdict?> ExamineOrderAsync(Mutant mutant, int seed) => WithinAsync(limit * Variations.All.Length, async cancellation =>
    {
        var program = mutant.ToProgram();
        var variations = Variations.All;
        var edited = Enumerable.Range(0, program.Files.Length).Where(file => program.Files[file] != mutant.Piece.Program.Files[file]).ToArray();
        if (edited is [var file])
        {
            variations = variations.Add(new(
                "analysed as an edit", trial => EditorVariations.EditAsync(trial, mutant.Piece.Program, file, program.Files[file].Text)));
        }

        var differences = await new OrderHarness(newAnalyzers).FindDifferencesAsync(program, seed, variations, cancellation);
        return differences.Count == 0
            ? null
            : new Verdict(Verdict.Order, string.Join(", ", differences.Select(found => found.Variation)), string.Join('\n', differences));
    });

    private static async Task<Verdict?> WithinAsync(TimeSpan limit, Func<CancellationToken, Task<Verdict?>> examine)
    {
        using var cancellation = new CancellationTokenSource();
        var work = Task.Run(() => examine(cancellation.Token));
        try
        {
            return await work.WaitAsync(limit);
        }
        catch (TimeoutException)
        {
            await cancellation.CancelAsync();
            return new(Verdict.Hang, TooLong, TooLong);
        }
#pragma warning disable CA1031 // Whatever is thrown is what is looked for.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new(Verdict.Exception, SignatureOf(exception.ToString()), exception.ToString());
        }
    }

    /// <summary>What was thrown, and the first place in the analyzers that the stack names.</summary>
    private static string SignatureOf(string message)
    {
        var lines = message.Split('\n', StringSplitOptions.TrimEntries);
        return $"{lines[0]} {lines.FirstOrDefault(line => line.StartsWith("at SqliteAnalyzers.", StringComparison.Ordinal))}".TrimEnd();
    }
}
