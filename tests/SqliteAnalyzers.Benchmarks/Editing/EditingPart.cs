using SqliteAnalyzers.Benchmarks.Compiling;
using SqliteAnalyzers.Benchmarks.Measuring;
using SqliteAnalyzers.Benchmarks.Programs;
using SqliteAnalyzers.Benchmarks.Report;

namespace SqliteAnalyzers.Benchmarks.Editing;

/// <summary>What the analyzers add to a keystroke.</summary>
internal static class EditingPart
{
    private const int OrderFiles = 180;
    private const int FewFiles = 6;
    private const int KeystrokesPerRound = 2;
    private const int UncountedKeystrokes = 3;
    private const int KeystrokesToWarmUp = 10;

    // What a kind of keystroke may take before its last round begins.
    private static readonly TimeSpan s_enough = TimeSpan.FromSeconds(15);

    private static readonly int[] s_storeFiles = [20, 205];

    private static readonly string s_store = OrderStoreFile.Name(1);
    private static readonly string s_otherStore = OrderStoreFile.Name(2);
    private static readonly string s_order = OrderFile.Name(5);

    private static readonly Keystroke[] s_keystrokes =
    [
        new("in SQL text", s_store, "DELETE FROM orders1", ' ', s_store),
        new("a space in a statement that starts a process", s_store, "using var worker = Process.Start(", ' ', s_store),
        new("a broken statement in a method that writes", s_store, "UPDATE orders1 SET amount = amount + 1\");\n        ", 'x', s_store),
        new("in another method with SQLite of the file", s_store, "return (long)command.ExecuteScalar()!", ' ', s_store),
        new("in another file with SQLite", s_otherStore, "using var worker = Process.Start(", ' ', s_store),
        new("in a file without SQLite", s_order, "long total = 0", '0', s_store),
        new("in a file without SQLite, which is watched", s_order, "long total = 0", '0', s_order),
    ];

    public static void Run(PartContext context)
    {
        var sdk = SdkAnalyzers.Find();
        var settings = ProjectSettings.Default(sdk);
        var lineup = Lineup.OfEditor(sdk);
        var keystrokes = context.Quick ? 1 : context.Rounds * KeystrokesPerRound;
        var uncounted = context.Quick ? 0 : UncountedKeystrokes;

        context.Page.Heading(2, "Editing with the analyzers");
        context.Page.Paragraph($"""
            The processor time from a keystroke until the squiggles of a file are known, in projects like those above that are held in this process as an editor holds them
            (up to {keystrokes} keystrokes for each line and contender, each with one more character at the same place): what was typed is parsed, a new compilation takes
            the file in, the compiler checks the watched file, and the analyzers are asked for its diagnostics, not concurrently. Where nothing else is said, the watched
            file is one with SQLite, {s_store}. {sdk?.Description ?? SdkAnalyzers.NotFound} All of them run, those for style too, as an editor shows hints. "Over the compiler" is what is added
            to the compiler alone: the middle of the keystrokes, and in brackets the cheapest less the compiler's cheapest.
            """);

        var few = ShopProgram.Create(FewFiles, FewFiles);
        if (!context.Quick)
        {
            Type(few, settings, lineup, uncounted: 0, KeystrokesToWarmUp);
        }

        foreach (var program in context.Quick ? [few] : s_storeFiles.Select(n => ShopProgram.Create(OrderFiles, n)))
        {
            context.Page.Heading(3, $"{program.Files.Count} files, {program.FilesWithSqlite} of them with SQLite");
            context.Page.Table(new KeystrokeColumns(lineup).All, Type(program, settings, lineup, uncounted, keystrokes));
        }
    }

    private static KeystrokeResult[] Type(GeneratedProgram program, ProjectSettings settings, Lineup lineup, int uncounted, int keystrokes)
    {
        var projects = lineup.All.ToDictionary(set => set, set => new EditedProject(settings, program, set));
        return [.. s_keystrokes.Select(Type)];

        KeystrokeResult Type(Keystroke keystroke)
        {
            PartContext.Progress($"editing, {program.Files.Count} files: {keystroke.Title}");
            foreach (var project in projects.Values)
            {
                project.GoTo(keystroke);
            }

            var costs = RoundCosts<AnalyzerSet, KeystrokeCost>.Measure(lineup.All, uncounted, keystrokes, set => projects[set].Type(keystroke), s_enough);
            PartContext.Progress("  CPU ms: " + string.Join(", ", lineup.All.Select(set => $"{set.Title} {Numbers.Whole(costs.Of(set, KeystrokeCost.CpuMilliseconds).Median)}")));
            return new(keystroke, costs);
        }
    }
}
