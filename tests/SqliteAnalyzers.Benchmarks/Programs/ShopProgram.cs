namespace SqliteAnalyzers.Benchmarks.Programs;

/// <summary>A program as many are: most files compute, and some store what was computed.</summary>
internal static class ShopProgram
{
    public static GeneratedProgram Create(int orderFiles, int storeFiles, bool referencesSqlite = true) => GeneratedProgram.Of(
        [
            .. Enumerable.Range(0, orderFiles).Select(OrderFile.Create),
            .. Enumerable.Range(0, storeFiles).Select(n => OrderStoreFile.Create(n, n % orderFiles, (n + 1) % storeFiles)),
        ],
        referencesSqlite);
}
