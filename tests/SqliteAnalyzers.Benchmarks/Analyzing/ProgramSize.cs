using SqliteAnalyzers.Benchmarks.Programs;
using SqliteAnalyzers.Benchmarks.Report;

namespace SqliteAnalyzers.Benchmarks.Analyzing;

/// <summary>How big a program is, and how much of it uses SQLite.</summary>
/// <param name="Methods">How many methods have nothing to do with SQLite.</param>
/// <param name="StoreFiles">How many files use SQLite; null if no SQLite library is referenced.</param>
internal sealed record ProgramSize(int Methods, int? StoreFiles)
{
    public string Title => $"{Numbers.Whole(Methods)} methods, {StoreFiles switch
    {
        null => "no SQLite library referenced",
        1 => "1 file with SQLite",
        { } files => $"{files} files with SQLite",
    }}";

    public static IEnumerable<ProgramSize> All(bool quick) => quick
        ? [new(100, 1)]
        :
        [
            .. With(1_000, 0, 1, 20, 200),
            .. With(10_000, null, 0, 1, 20, 200),
            .. With(100_000, 200),
        ];

    private static IEnumerable<ProgramSize> With(int methods, params int?[] storeFiles) => storeFiles.Select(n => new ProgramSize(methods, n));

    public GeneratedProgram Create() => ShopProgram.Create(Methods / OrderFile.Methods, StoreFiles ?? 0, referencesSqlite: StoreFiles is not null);
}
