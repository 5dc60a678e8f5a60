using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Tests.Model.Parts;

/// <summary>The body of an iterator runs where it is enumerated, and not where it is called.</summary>
public sealed class DeferredIteratorTests
{
    [Theory]
    [InlineData("foreach (var row in Rows(connection))\n{\n    Console.WriteLine(row);\n}", "Open")]
    [InlineData("var rows = Rows(connection);\nconnection.Dispose();\nforeach (var row in rows)\n{\n    Console.WriteLine(row);\n}", "Closed")]
    [InlineData("var rows = Rows(connection);\nconnection.Dispose();\nConsole.WriteLine(rows.ToList().Count);", "Closed")]
    [InlineData("var rows = Rows(connection).ToList();\nconnection.Dispose();\nConsole.WriteLine(rows.Count);", "Open")]
    [InlineData("foreach (var row in Below(connection))\n{\n    Console.WriteLine(row);\n}", "Open")]
    [InlineData("var rows = Below(connection);\nconnection.Dispose();\nforeach (var row in rows)\n{\n    Console.WriteLine(row);\n}", "Closed")]
    [InlineData("var rows = Rows(connection);\nusing (connection)\n{\n    Console.WriteLine(rows.Count());\n}", "Open")]
    public void Runs_when_enumerated(string body, string expected) => Assert.Equal([expected], Run(body));

    [Theory]
    [InlineData("Rows(connection);\nconnection.Dispose();")]
    [InlineData("var rows = Rows(connection);\nconnection.Dispose();\nConsole.WriteLine(rows is null);")]
    [InlineData("_ = Below(connection);")]
    public void Does_not_run_when_called_only(string body) => Assert.Empty(Run(body));

    [Fact]
    public void Connection_of_a_method_that_gives_back_the_rows_is_closed_when_they_are_read() =>
        Assert.Equal(
            ["Closed"],
            Run(
                "foreach (var row in Load())\n{\n    Console.WriteLine(row);\n}",
                """
                static IEnumerable<int> Load()
                {
                    using var own = new SqliteConnection("Data Source=app.db");
                    own.Open();
                    return Rows(own);
                }
                """));

    [Fact]
    public void Iterator_that_opens_its_own_connection_has_it_open() =>
        Assert.Equal(
            ["Open"],
            PartRun.In(
                "Load",
                Rule(),
                """
                static IEnumerable<int> Load()
                {
                    using var own = new SqliteConnection("Data Source=app.db");
                    own.Open();
                    own.Execute("DELETE FROM t");
                    yield return 1;
                }
                """));

    private static IReadOnlyList<string> Run(string body, string members = "") =>
        PartRun.In(
            "Run",
            Rule(),
            $$"""
            static void Run()
            {
                var connection = new SqliteConnection("Data Source=app.db");
                connection.Open();
                {{body}}
            }

            static IEnumerable<int> Rows(SqliteConnection connection)
            {
                connection.Execute("DELETE FROM t");
                yield return 1;
            }

            static IEnumerable<int> Below(SqliteConnection connection) => Rows(connection);

            {{members}}
            """);

    private static PartRule Rule() => new(
        (e, before) => e is Executes { Verb: "DELETE", Connection: MadeObject connection }
            ? before[connection].Must(Component.Opening, Typestate.Closed) ? "Closed" : before[connection].Must(Component.Opening, Typestate.Open) ? "Open" : "Unknown"
            : null,
        dependsOnCaller: e => e is Executes);
}
