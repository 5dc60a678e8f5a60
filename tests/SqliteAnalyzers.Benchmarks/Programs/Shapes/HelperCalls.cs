namespace SqliteAnalyzers.Benchmarks.Programs.Shapes;

/// <summary>One helper that is called with many texts.</summary>
internal static class HelperCalls
{
    private const int TextsPerMethod = 10;
    private const int MethodsPerFile = 10;

    private static readonly string[] s_statements =
    [
        "INSERT INTO word{0} (text) VALUES ('a')", "UPDATE word{0} SET text = 'b'", "DELETE FROM word{0} WHERE text = 'c'", "CREATE TABLE IF NOT EXISTS word{0} (text TEXT)",
    ];

    public static ProgramShape Shape { get; } = new("helper", "texts for one helper", [500, 1_000, 2_000, 4_000], Files, () => Files(10));

    private static IEnumerable<SourceFile> Files(int texts) =>
    [
        SharedHelper.File,
        .. Enumerable.Range(0, texts / TextsPerMethod).Chunk(MethodsPerFile).Select((methods, file) => new SourceFile($"Words{file}.cs", $$"""
            public static class Words{{file}}
            {{{string.Concat(methods.Select(Method))}}
            }

            """)),
    ];

    private static string Method(int number) => $$"""

            public static void Change{{number}}(string path)
            {
                using var connection = Db.Open(path);
                {{string.Join("\n        ", Enumerable.Range(number * TextsPerMethod, TextsPerMethod).Select(Call))}}
                using var worker = Process.Start("aggregate", path);
                worker.WaitForExit();
            }

        """;

    private static string Call(int text) => $"Db.Execute(connection, \"{s_statements[text % s_statements.Length].Replace("{0}", $"{text}", StringComparison.Ordinal)}\");";
}
