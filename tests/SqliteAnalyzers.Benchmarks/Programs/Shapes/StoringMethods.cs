namespace SqliteAnalyzers.Benchmarks.Programs.Shapes;

/// <summary>Methods that each open a connection, write in a transaction and start a process, and call none of the others.</summary>
internal static class StoringMethods
{
    private const int MethodsPerFile = 50;

    public static ProgramShape Shape { get; } = new("methods", "methods that do everything themselves", [125, 250, 500, 1_000], Files, () => Files(10));

    private static IEnumerable<SourceFile> Files(int methods) => Enumerable.Range(0, methods).Chunk(MethodsPerFile).Select((numbers, file) => new SourceFile($"Storing{file}.cs", $$"""
        using Microsoft.Data.Sqlite;

        public sealed class Storing{{file}}
        {{{string.Concat(numbers.Select(Method))}}
        }

        """));

    private static string Method(int number) => $$"""

            public void Store{{number}}(string path, IEnumerable<string> words, bool aggregate)
            {
                using var connection = new SqliteConnection("Data Source=" + path);
                connection.Open();
                using (var pragmas = connection.CreateCommand())
                {
                    pragmas.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=30000";
                    pragmas.ExecuteNonQuery();
                }

                using (var transaction = connection.BeginTransaction())
                {
                    using var insert = connection.CreateCommand();
                    insert.Transaction = transaction;
                    insert.CommandText = "INSERT INTO word{{number}} (text) VALUES (@text)";
                    var text = insert.Parameters.Add("@text", SqliteType.Text);
                    foreach (var word in words)
                    {
                        text.Value = word;
                        insert.ExecuteNonQuery();
                    }

                    transaction.Commit();
                }

                if (aggregate)
                {
                    using var worker = Process.Start("aggregate", path);
                    worker.WaitForExit();
                }
            }

        """;
}
