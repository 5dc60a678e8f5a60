using System.Collections.Immutable;
using SqliteAnalyzers.Tests.Order.Analyses;
using SqliteAnalyzers.Tests.Order.Programs;
using SqliteAnalyzers.Tests.Order.Shuffling;

namespace SqliteAnalyzers.Tests.Order;

/// <summary>The table of all variations.</summary>
internal static class Variations
{
    public static ImmutableArray<Variation> All { get; } =
    [
        new("analysed again", trial => RunAsync(trial, Shuffles.None, concurrent: false)),
        new("analysed by several threads", trial => RunAsync(trial, Shuffles.None, concurrent: true)),
        new("analysed again by the same analyzers", RunTwiceAsync),
        new("members shuffled", trial => RunAsync(trial, Shuffles.Members, concurrent: false)),
        new("types shuffled", trial => RunAsync(trial, Shuffles.Types, concurrent: false)),
        new("one type a file", trial => RunAsync(trial, Shuffles.Split, concurrent: false)),
        new("files shuffled", trial => RunAsync(trial, Shuffles.Files, concurrent: false)),
        new("all shuffled", trial => RunAsync(trial, Shuffles.All, concurrent: false)),
        new("all shuffled, analysed by several threads", trial => RunAsync(trial, Shuffles.All, concurrent: true)),
        new("all shuffled, analysed by fresh copies of the analyzers", RunCopiesAsync, IsCostly: true),
        new("namesakes beside it", Namesakes.FindDifferenceAsync),
        new("asked for each document", EditorVariations.AskForDocumentsAsync),
        new("asked for each document anew", EditorVariations.AskForDocumentsAnewAsync),
        new("asked for each line", EditorVariations.AskForLinesAsync),
        new("after an edit and its undo", EditorVariations.EditAndUndoAsync),
        new("after an edit", EditorVariations.EditAsync),
    ];

    /// <summary>Those that can be tried with hundreds of programs.</summary>
    public static ImmutableArray<Variation> Cheap { get; } = [.. All.Where(variation => !variation.IsCostly)];

    private static async Task<string?> RunAsync(Trial trial, Shuffles shuffles, bool concurrent)
    {
        var source = trial.Shuffled(shuffles);
        return shuffles != Shuffles.None && source.Files.SequenceEqual(trial.Program.Files)
            ? null
            : Compare(trial, source, await Analysis.OfAllAsync(CompiledProgram.Of(source), trial.NewAnalyzers(), concurrent, trial.Cancellation));
    }

    private static async Task<string?> RunTwiceAsync(Trial trial)
    {
        var analyzers = trial.NewAnalyzers();
        await Analysis.OfAllAsync(CompiledProgram.Of(trial.Shuffled(Shuffles.All)), analyzers, concurrent: false, trial.Cancellation);
        return Compare(
            trial, trial.Program, await Analysis.OfAllAsync(CompiledProgram.Of(trial.Program), analyzers, concurrent: false, trial.Cancellation));
    }

    private static async Task<string?> RunCopiesAsync(Trial trial)
    {
        using var copies = new AnalyzerCopies();
        var source = trial.Shuffled(Shuffles.All);
        var analyzers = copies.Of(trial.NewAnalyzers());
        return Compare(trial, source, await Analysis.OfAllAsync(CompiledProgram.Of(source), analyzers, concurrent: false, trial.Cancellation));
    }

    private static string? Compare(Trial trial, ProgramSource source, Analysis analysis) =>
        trial.IsStillTheSame(source, analysis) ? Analysis.Difference("as it is", trial.Expected, "then", analysis) : null;
}
