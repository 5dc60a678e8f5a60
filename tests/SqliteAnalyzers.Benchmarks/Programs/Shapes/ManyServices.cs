namespace SqliteAnalyzers.Benchmarks.Programs.Shapes;

/// <summary>Services with primary constructors that take the connection among others, all made and called in one method.</summary>
internal static class ManyServices
{
    public static ProgramShape Shape { get; } = new("services", "services made and called in one method", [40, 80, 160, 320], Files, () => Files(10));

    private static IEnumerable<SourceFile> Files(int services) =>
    [
        SharedHelper.File,
        .. Enumerable.Range(0, services).Select(Service),
        new("Composition.cs", $$"""
            public static class Composition
            {
                public static void Run(string path, TimeSpan patience)
                {
                    using var connection = Db.Open(path);
            {{Lines(services, n => $"var service{n} = new Service{n}(connection, patience, \"service{n}\");")}}
            {{Lines(services, n => $"service{n}.Store(path);")}}
                    using var worker = Process.Start("aggregate", path);
                    worker.WaitForExit();
                }
            }

            """),
    ];

    private static string Lines(int services, Func<int, string> line) => string.Join('\n', Enumerable.Range(0, services).Select(n => $"        {line(n)}"));

    private static SourceFile Service(int number) => new($"Service{number}.cs", $$"""
        using Microsoft.Data.Sqlite;

        public sealed class Service{{number}}(SqliteConnection connection, TimeSpan patience, string source)
        {
            public void Store(string name)
            {
                using var command = connection.CreateCommand();
                command.CommandText = "INSERT INTO service{{number}} (name, source) VALUES ($name, $source)";
                command.CommandTimeout = (int)patience.TotalSeconds;
                command.Parameters.AddWithValue("$name", name);
                command.Parameters.AddWithValue("$source", source);
                command.ExecuteNonQuery();
            }
        }

        """);
}
