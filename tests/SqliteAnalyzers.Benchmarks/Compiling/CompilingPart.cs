using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Benchmarks.Measuring;
using SqliteAnalyzers.Benchmarks.Report;

namespace SqliteAnalyzers.Benchmarks.Compiling;

/// <summary>What the analyzers add to a compilation.</summary>
internal static class CompilingPart
{
    private const int MostRounds = 5;

    private static readonly ImmutableArray<MetadataReference> s_platform =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(f => Path.GetFileName(f).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(f) is "netstandard.dll" or "mscorlib.dll")
            .Where(f => !Path.GetFileName(f).Contains("SQLite", StringComparison.OrdinalIgnoreCase))
            .Select(f => MetadataReference.CreateFromFile(f)),
    ];

    private static readonly MetadataReference s_sqlite = MetadataReference.CreateFromFile(typeof(SqliteConnection).Assembly.Location);

    private static readonly ImmutableArray<DiagnosticAnalyzer> s_analyzers =
    [
        .. typeof(Rules.SqliteFlowAnalyzer).Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !t.IsAbstract)
            .Select(t => (DiagnosticAnalyzer)Activator.CreateInstance(t)!),
    ];

    private static readonly GeneratedProgram[] s_programs =
    [
        new("no SQLite library referenced, 10,000 methods", ReferencesSqlite: false, OtherMethods: 10_000, SqliteMethods: 0),
        new("SQLite referenced and not used, 10,000 methods", ReferencesSqlite: true, OtherMethods: 10_000, SqliteMethods: 0),
        new("10,000 methods, and 100 with SQLite", ReferencesSqlite: true, OtherMethods: 10_000, SqliteMethods: 100),
        new("100 methods with SQLite and no others", ReferencesSqlite: true, OtherMethods: 0, SqliteMethods: 100),
        new("1,000 methods with SQLite and no others", ReferencesSqlite: true, OtherMethods: 0, SqliteMethods: 1_000),
    ];

    public static void Run(PartContext context)
    {
        var rounds = Math.Min(context.Rounds, MostRounds);
        context.Page.Heading(2, "Compiling with the analyzers");
        context.Page.Paragraph($"""
            Generated programs, compiled in this process to the point where all errors and warnings are known, by the clock ({rounds} rounds): with the
            {s_analyzers.Length} analyzers, and with one that does nothing, because the SDK brings analyzers of its own to every project. Reading the source text is not part
            of it. A method with SQLite opens a connection, writes in a transaction and starts a process.
            """);
        context.Page.Table(["", "time × without", "ms without", "ms with", "findings"], s_programs.Select(p => Row(p, rounds)).ToArray());
    }

    private static IReadOnlyList<string> Row(GeneratedProgram program, int rounds)
    {
        PartContext.Progress($"compiling: {program.Title}");
        SyntaxTree[] trees = [.. program.Sources().Select(s => CSharpSyntaxTree.ParseText(s))];
        MetadataReference[] references = program.ReferencesSqlite ? [.. s_platform, s_sqlite] : [.. s_platform];
        var findings = 0;
        (string Title, Action Run)[] contenders =
        [
            ("without", () => Analyze([new IdleAnalyzer()])),
            ("with", () => findings = Analyze(s_analyzers).Count(d => d.Id.StartsWith("SQLITE", StringComparison.Ordinal))),
        ];
        var results = Repetition.InTurns(contenders, rounds, times: 1, uncountedRounds: 1);
        return
        [
            program.Title,
            Numbers.Ratio(results[1].RatioTo(results[0])),
            Numbers.Whole(results[0].Microseconds.Median / 1_000),
            Numbers.Whole(results[1].Microseconds.Median / 1_000),
            Numbers.Whole(findings),
        ];

        ImmutableArray<Diagnostic> Analyze(ImmutableArray<DiagnosticAnalyzer> analyzers)
        {
            var compilation = CSharpCompilation.Create("Generated", trees, references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
            var all = compilation.WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]),
                (exception, _, _) => throw exception,
                concurrentAnalysis: true,
                logAnalyzerExecutionTime: false)).GetAllDiagnosticsAsync().GetAwaiter().GetResult();
            return all.FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error) is { } error
                ? throw new InvalidOperationException($"The generated program does not compile: {error}")
                : all;
        }
    }
}
