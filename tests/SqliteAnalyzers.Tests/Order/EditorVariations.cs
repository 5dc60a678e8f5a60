using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.Tests.Order.Analyses;
using SqliteAnalyzers.Tests.Order.Programs;
using SqliteAnalyzers.Tests.Order.Shuffling;

namespace SqliteAnalyzers.Tests.Order;

/// <summary>The ways in which an editor asks: it must be told what a build is told.</summary>
internal static class EditorVariations
{
    private const int MaxLines = 8;

    public static async Task<string?> AskForDocumentsAsync(Trial trial)
    {
        var session = Start(trial);
        var asked = await session.AskAsync(trial.Cancellation);
        return await ExpectedAsync(trial, session) is { } expected ? Difference(expected, asked) : null;
    }

    /// <summary>Each document is the first that is asked for.</summary>
    public static async Task<string?> AskForDocumentsAnewAsync(Trial trial)
    {
        var session = Start(trial);
        var diagnostics = new List<Diagnostic>();
        foreach (var document in session.Open)
        {
            diagnostics.AddRange((await new EditorSession(session.Source, [document], trial.NewAnalyzers()).AskAsync(trial.Cancellation)).Diagnostics);
        }

        return await ExpectedAsync(trial, session) is { } expected ? Difference(expected, new(diagnostics)) : null;
    }

    /// <summary>Lines that have findings must have them when they are asked for by themselves.</summary>
    public static async Task<string?> AskForLinesAsync(Trial trial)
    {
        var session = Start(trial);
        if (await ExpectedAsync(trial, session) is not { } whole)
        {
            return null;
        }

        var lines = whole.Diagnostics.Select(session.LineOf).Distinct().ToArray();
        trial.Random.Shuffle(lines);
        lines = [.. lines.Take(MaxLines)];
        var expected = whole.Diagnostics.Where(finding => lines.Contains(session.LineOf(finding))).DistinctBy(ReportedFinding.Of);
        return Difference(new(expected), await session.AskAsync(lines, trial.Cancellation));
    }

    public static async Task<string?> EditAndUndoAsync(Trial trial)
    {
        var session = Start(trial);
        var source = session.Source;
        var edited = trial.Random.Next(source.Files.Length);
        await session.AskAsync(trial.Cancellation);
        session.Edit(edited, RandomEdit.Of(source.Files[edited], trial.Random));
        await session.AskAsync(trial.Cancellation);
        session.Edit(edited, source.Files[edited].Text);
        var asked = await session.AskAsync(trial.Cancellation);
        return await ExpectedAsync(trial, session) is { } expected ? Difference(expected, asked) : null;
    }

    public static Task<string?> EditAsync(Trial trial)
    {
        var source = trial.Shuffled(Shuffles.All);
        var edited = trial.Random.Next(source.Files.Length);
        return EditAsync(trial, source, edited, RandomEdit.Of(source.Files[edited], trial.Random));
    }

    /// <summary>An edit after the program has been analysed; the document that is typed in is asked for first.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="source">The program before the edit.</param>
    /// <param name="document">The number of the document that is edited.</param>
    /// <param name="text">Its text after the edit.</param>
    public static async Task<string?> EditAsync(Trial trial, ProgramSource source, int document, string text)
    {
        var session = new EditorSession(source, [document, .. Shuffled(trial, source).Where(other => other != document)], trial.NewAnalyzers());
        await session.AskAsync(trial.Cancellation);
        session.Edit(document, text);
        var asked = await session.AskAsync(trial.Cancellation);
        var expected = await Analysis.OfAllAsync(CompiledProgram.Of(session.Source), trial.NewAnalyzers(), concurrent: false, trial.Cancellation);
        return Difference(session.InOpenDocuments(expected), asked);
    }

    private static EditorSession Start(Trial trial)
    {
        var source = trial.Shuffled(Shuffles.All);
        return new(source, Shuffled(trial, source), trial.NewAnalyzers());
    }

    /// <summary>What a build says of the open documents; null where it need not say the same as of the original program.</summary>
    private static async Task<Analysis?> ExpectedAsync(Trial trial, EditorSession session)
    {
        var source = session.Source;
        var whole = await Analysis.OfAllAsync(CompiledProgram.Of(source), trial.NewAnalyzers(), concurrent: false, trial.Cancellation);
        return trial.IsStillTheSame(source, whole) ? session.InOpenDocuments(whole) : null;
    }

    private static string? Difference(Analysis expected, Analysis asked) => Analysis.Difference("all at once", expected, "in the editor", asked);

    private static int[] Shuffled(Trial trial, ProgramSource source)
    {
        int[] documents = [.. Enumerable.Range(0, source.Files.Length)];
        trial.Random.Shuffle(documents);
        return documents;
    }
}
