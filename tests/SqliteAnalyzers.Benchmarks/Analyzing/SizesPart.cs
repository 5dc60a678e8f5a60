using SqliteAnalyzers.Benchmarks.Compiling;
using SqliteAnalyzers.Benchmarks.Programs;

namespace SqliteAnalyzers.Benchmarks.Analyzing;

/// <summary>What the analyzers add to a compilation, by the size of the program and by how much of it uses SQLite.</summary>
internal static class SizesPart
{
    private static readonly ProgramSize s_warmUp = new(Methods: 1_000, StoreFiles: 20);

    public static void Run(PartContext context)
    {
        var bench = new AnalysisBench(context);
        var columns = new ProgramColumns(bench.Lineup);
        bench.WarmUp([s_warmUp.Create()]);
        var results = ProgramSize.All(context.Quick).Select(s => bench.Measure(s.Title, s.Create(), s.Methods)).ToArray();

        context.Page.Heading(2, "Compiling with the analyzers");
        context.Page.Paragraph($"""
            Generated programs, compiled in this process as a build does, to the point where all errors and warnings are known: by the compiler {Lineup.CompilerVersion} alone, with an empty
            analyzer that is shown string literals and does nothing, with our {bench.Lineup.Ours.Analyzers.Length}, with those that the SDK brings to every project, and with these and ours.
            {bench.DescriptionOfTheSdk}
            """);
        context.Page.Paragraph($"""
            Files without SQLite have {OrderFile.Methods} methods that compute and call each other; some of these are named Open, Execute and Close. The files with SQLite have eight methods each: they
            open, configure, write in transactions, query, make a checkpoint and start a process, and two of the eight have a fault. "CPU" is processor time of the process
            in user and system mode, garbage collection included, and "time" is by the clock; reading and parsing the source is not part of either. "Held" is what is on the
            heap afterwards beyond the parsed files, as long as somebody has the compilation in hand.
            """);
        context.Page.Table([ProgramColumns.Title, .. columns.CpuRatios, .. columns.OtherRatios, columns.Findings], results);
        context.Page.Table([ProgramColumns.Title, .. columns.CpuMilliseconds, .. columns.MiBAllocated, .. columns.MiBHeld, columns.Rounds], results);
    }
}
