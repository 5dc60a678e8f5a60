namespace SqliteAnalyzers.Benchmarks.Programs.Shapes;

/// <summary>The process is started at the top and the write is at the bottom; all programs have as many methods, in many short chains or one long one.</summary>
internal static class CallChains
{
    private const int Methods = 1_000;

    public static ProgramShape Shape { get; } = new("chains", $"calls deep, {Methods} methods in all", [10, 100, 1_000], depth => Files(depth, Methods / depth), () => Files(depth: 10, chains: 1), Methods);

    private static IEnumerable<SourceFile> Files(int depth, int chains) => [SharedHelper.File, .. Enumerable.Range(0, chains).Select(chain => Chain(chain, depth))];

    private static SourceFile Chain(int number, int depth) => new($"Chain{number}.cs", $$"""
        using Microsoft.Data.Sqlite;

        public static class Chain{{number}}
        {
            public static void Run(string path)
            {
                using var connection = Db.Open(path);
                Step1(connection, 1);
                using var worker = Process.Start("aggregate", path);
                worker.WaitForExit();
            }
        {{string.Concat(Enumerable.Range(1, depth - 1).Select(Step))}}
            private static void Step{{depth}}(SqliteConnection connection, long value)
            {
                using var command = connection.CreateCommand();
                command.CommandText = "INSERT INTO chain{{number}} (value) VALUES ($value)";
                command.Parameters.AddWithValue("$value", value);
                command.ExecuteNonQuery();
            }
        }

        """);

    private static string Step(int step) => $$"""

            private static void Step{{step}}(SqliteConnection connection, long value)
            {
                if (value < {{step}})
                {
                    Step{{step + 1}}(connection, value * 2);
                }
                else
                {
                    Step{{step + 1}}(connection, value - 1);
                }
            }

        """;
}
