using System.Collections.Immutable;
using SqliteAnalyzers.Tests.Docs;
using SqliteAnalyzers.Tests.Flow;

namespace SqliteAnalyzers.Tests.Order.Programs;

/// <summary>The programs that the repository has.</summary>
internal static class ProgramCatalog
{
    /// <summary>Those that are written by hand.</summary>
    public static ImmutableArray<ProgramSource> Written { get; } =
    [
        .. ProgramFolder.ProgramsIn(Repository.PathTo("tests", "SqliteAnalyzers.Tests", "Cases", "Programs")),
        .. ProgramFolder.ProgramsIn(Repository.PathTo("docs", "samples")),
        .. Directory.EnumerateFiles(Repository.PathTo("tests", "SqliteAnalyzers.Proofs"), "*.cs", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path) is "Bad.cs" or "Good.cs" or "GoodPlain.cs")
            .Order(StringComparer.Ordinal)
            .Select(path => ProgramFolder.OfFile(path) with { Name = string.Join('/', path.Split('/', '\\')[^2..]) }),
    ];

    /// <summary>Those that are made: the rewritten ones, and so many random ones.</summary>
    public static ImmutableArray<ProgramSource> Made(int random) =>
    [
        .. MetamorphicPrograms.Rewritings.Select(rewriting => new ProgramSource($"{rewriting.Name}.cs", MetamorphicPrograms.Write(rewriting.Members).Text)),
        .. Enumerable.Range(1, random).Select(GeneratedProgram.Make),
    ];

    public static ImmutableArray<ProgramSource> All(int random) => [.. Written, .. Made(random)];
}
