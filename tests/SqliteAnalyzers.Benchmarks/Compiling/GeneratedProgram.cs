using System.Text;

namespace SqliteAnalyzers.Benchmarks.Compiling;

/// <summary>A program for the compiler, in files of 50 methods.</summary>
internal sealed record GeneratedProgram(string Title, bool ReferencesSqlite, int OtherMethods, int SqliteMethods)
{
    private const int MethodsPerFile = 50;

    public IEnumerable<string> Sources() =>
    [
        .. Files("Plain", OtherMethods, OtherMethod),
        .. Files("Storing", SqliteMethods, SqliteMethod),
    ];

    private static IEnumerable<string> Files(string name, int methods, Func<int, string> method)
    {
        for (var first = 0; first < methods; first += MethodsPerFile)
        {
            var source = new StringBuilder("using System;\nusing System.Collections.Generic;\nusing System.Diagnostics;\n");
            source.Append($"public sealed class {name}{first}\n{{\n    private readonly Dictionary<string, int> _counts = new();\n");
            for (var i = first; i < Math.Min(first + MethodsPerFile, methods); i++)
            {
                source.Append(method(i));
            }

            yield return source.Append("}\n").ToString();
        }
    }

    private static string OtherMethod(int number) => $$"""
            public int Count{{number}}(IEnumerable<string> words, int least)
            {
                var found = 0;
                foreach (var word in words)
                {
                    if (word.Length < least || string.IsNullOrWhiteSpace(word))
                    {
                        continue;
                    }

                    try
                    {
                        _counts[word] = _counts.TryGetValue(word, out var count) ? count + {{number}} : 1;
                        found += _counts[word] > least ? 2 : 1;
                    }
                    catch (OverflowException exception)
                    {
                        Console.Error.WriteLine($"{word}: {exception.Message}");
                    }
                }

                return found;
            }

        """;

    private static string SqliteMethod(int number) => $$"""
            public void Store{{number}}(string path, IEnumerable<string> words, bool aggregate)
            {
                using var connection = new Microsoft.Data.Sqlite.SqliteConnection("Data Source=" + path);
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
                    var text = insert.Parameters.Add("@text", Microsoft.Data.Sqlite.SqliteType.Text);
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
                    worker?.WaitForExit();
                }
            }

        """;
}
