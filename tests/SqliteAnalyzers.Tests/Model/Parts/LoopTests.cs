using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Tests.Model.Parts;

/// <summary>Whether a write is executed in a loop, and what that waits for.</summary>
public sealed class LoopTests
{
    private const string Insert = "connection.Execute(\"INSERT INTO t VALUES (1)\");";

    [Theory]
    [InlineData("foreach (var item in items)\n{\n    WRITE\n}")]
    [InlineData("for (var i = 0; i < items.Count; i++)\n{\n    WRITE\n}")]
    [InlineData("while (items.Count > 0)\n{\n    WRITE\n    items.RemoveAt(0);\n}")]
    [InlineData("do\n{\n    WRITE\n}\nwhile (items.Remove(\"\"));")]
    [InlineData("foreach (var item in items)\n{\n    if (item == \"stop\")\n    {\n        break;\n    }\n\n    WRITE\n}")]
    [InlineData("foreach (var item in items)\n{\n    try\n    {\n        WRITE\n    }\n    finally\n    {\n        Console.WriteLine();\n    }\n}")]
    [InlineData("foreach (var item in items)\n{\n    try\n    {\n        Console.WriteLine();\n    }\n    finally\n    {\n        WRITE\n    }\n}")]
    [InlineData("items.ForEach(item =>\n{\n    WRITE\n});")]
    [InlineData("foreach (var item in items)\n{\n    Write();\n}\n\nvoid Write()\n{\n    WRITE\n}")]
    [InlineData("foreach (var item in items)\n{\n    Do(() => { WRITE });\n}")]
    public void In_a_loop(string body) => Assert.Equal(["loop"], InMethod(body));

    [Theory]
    [InlineData("WRITE")]
    [InlineData("foreach (var item in items)\n{\n    Console.WriteLine(item);\n}\n\nWRITE")]
    [InlineData("foreach (var item in items)\n{\n    WRITE\n    break;\n}")]
    [InlineData("foreach (var item in items)\n{\n    WRITE\n    return;\n}")]
    [InlineData("while (true)\n{\n    try\n    {\n        WRITE\n        return;\n    }\n    catch (SqliteException)\n    {\n        Console.WriteLine();\n    }\n}")]
    [InlineData("for (var i = connection.Execute(\"INSERT INTO t VALUES (1)\"); i < 10; i++)\n{\n    Console.WriteLine(i);\n}")]
    [InlineData("Do(() => { WRITE });")]
    public void In_no_loop(string body) => Assert.Equal(["once"], InMethod(body));

    [Fact]
    public void Caller_has_the_loop() =>
        Assert.Equal(
            ["loop"],
            Run(
                """
                static void Run(SqliteConnection connection, List<string> items)
                {
                    foreach (var item in items)
                    {
                        Save(connection, item);
                    }
                }

                static void Save(SqliteConnection connection, string item) => Insert(connection, item);

                static void Insert(SqliteConnection connection, string item) => connection.Execute("INSERT INTO t VALUES (@item)", new { item });
                """,
                isLeftToCaller: true));

    [Fact]
    public void Caller_has_no_loop() =>
        Assert.Empty(
            Run(
                """
                static void Run(SqliteConnection connection) => Insert(connection);

                static void Insert(SqliteConnection connection) => connection.Execute("INSERT INTO t VALUES (1)");
                """,
                isLeftToCaller: true));

    [Fact]
    public void Innermost_loop_counts() =>
        Assert.Equal(
            ["loop"],
            Run(
                """
                static async Task Run(SqliteConnection connection, List<List<string>> lists)
                {
                    foreach (var list in lists)
                    {
                        await Task.Delay(10);
                        foreach (var item in list)
                        {
                            connection.Execute("INSERT INTO t VALUES (1)");
                        }
                    }
                }
                """));

    [Fact]
    public void Outer_loop_counts_where_the_inner_one_is_left() =>
        Assert.Equal(
            ["waiting loop"],
            Run(
                """
                static async Task Run(SqliteConnection connection, List<List<string>> lists)
                {
                    foreach (var list in lists)
                    {
                        await Task.Delay(10);
                        foreach (var item in list)
                        {
                            connection.Execute("INSERT INTO t VALUES (1)");
                            break;
                        }
                    }
                }
                """));

    [Theory]
    [InlineData("await connection.ExecuteAsync(\"INSERT INTO t VALUES (1)\");", "loop")]
    [InlineData("await connection.ExecuteAsync(\"INSERT INTO t VALUES (1)\").ConfigureAwait(false);", "loop")]
    [InlineData("await using var command = new SqliteCommand(\"INSERT INTO t VALUES (1)\", connection);\nawait command.ExecuteNonQueryAsync();", "loop")]
    [InlineData("await Task.Delay(1);\nconnection.Execute(\"INSERT INTO t VALUES (1)\");", "waiting loop")]
    [InlineData("var text = await client.GetStringAsync(item);\nconnection.Execute(\"INSERT INTO t VALUES (1)\");", "waiting loop")]
    [InlineData("await SaveAsync(connection);", "loop")]
    [InlineData("await LoadAsync(client, item);\nawait SaveAsync(connection);", "waiting loop")]
    [InlineData("await LoadAndSaveAsync(client, connection);", "waiting loop")]
    public void What_the_loop_awaits(string round, string expected) =>
        Assert.Equal(
            [expected],
            Run(
                $$"""
                static async Task Run(SqliteConnection connection, System.Net.Http.HttpClient client, List<string> items)
                {
                    foreach (var item in items)
                    {
                        {{round}}
                    }
                }

                static async Task SaveAsync(SqliteConnection connection) => await connection.ExecuteAsync("INSERT INTO t VALUES (1)");

                static async Task<string> LoadAsync(System.Net.Http.HttpClient client, string item) => await client.GetStringAsync(item);

                static async Task LoadAndSaveAsync(System.Net.Http.HttpClient client, SqliteConnection connection)
                {
                    await client.GetStringAsync("http://localhost/");
                    await connection.ExecuteAsync("INSERT INTO t VALUES (1)");
                }
                """,
                isLeftToCaller: true));

    [Theory]
    [InlineData("foreach (var item in items)", true)]
    [InlineData("for (var i = 0; i < items.Count; i++)", true)]
    [InlineData("while (items.Remove(\"\"))", true)]
    [InlineData("while (!items.Remove(\"\") && items.Count > 0)", true)]
    [InlineData("for (;;)", false)]
    [InlineData("while (true)", false)]
    [InlineData("while (!stopped)", false)]
    [InlineData("while (!(stopped || failed))", false)]
    [InlineData("for (var attempt = 0; attempt < 3 && !stopped; attempt++)", false)]
    [InlineData("while (!System.Threading.CancellationToken.None.IsCancellationRequested)", false)]
    [InlineData("foreach (var item in items.Take(1))", false)]
    public void Whether_it_goes_over_items(string head, bool isOverItems) =>
        Assert.Equal([isOverItems.ToString()], Describe(head, loop => loop.IsOverItems.ToString()));

    [Theory]
    [InlineData("foreach (var item in items)", "?")]
    [InlineData("foreach (var item in new[] { 1, 2 })", "2")]
    [InlineData("foreach (var item in new List<int> { 1, 2, 3 })", "3")]
    [InlineData("int[] numbers = [1, 2]; foreach (var item in numbers)", "2")]
    [InlineData("for (var i = 0; i < 2; i++)", "2")]
    [InlineData("for (var i = 1; i <= 3; i++)", "3")]
    [InlineData("for (var i = 0; i < items.Count; i++)", "?")]
    public void How_many_rounds_it_has(string head, string rounds) =>
        Assert.Equal([rounds], Describe(head, loop => loop.Rounds?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"));

    private static IReadOnlyList<string> Describe(string head, Func<Loop, string> describe) =>
        PartRun.Of(
            new((e, _) => e is Executes { IsWrite: true, Loop: { } loop } ? describe(loop) : null),
            $$"""
            static void Run(SqliteConnection connection, List<string> items, bool stopped, bool failed)
            {
                {{head}}
                {
                    {{Insert}}
                }
            }
            """);

    [Fact]
    public void Loop_of_a_handler_is_not_that_of_the_code_that_subscribes() =>
        Assert.Equal(
            ["once"],
            Run(
                """
                static event Action? Happened;

                static void Run(SqliteConnection connection, List<string> items)
                {
                    foreach (var item in items)
                    {
                        Happened += () => connection.Execute("INSERT INTO t VALUES (1)");
                    }
                }
                """));

    private static IReadOnlyList<string> InMethod(string body) =>
        Run(
            $$"""
            static void Run(SqliteConnection connection, List<string> items)
            {
                {{body.Replace("WRITE", Insert, StringComparison.Ordinal)}}
            }

            static void Do(Action action) => action();
            """);

    /// <param name="members">Of the program.</param>
    /// <param name="isLeftToCaller">Whether code that has no loop says nothing.</param>
    private static IReadOnlyList<string> Run(string members, bool isLeftToCaller = false) =>
        PartRun.Of(
            new(
                (e, _) => e is not Executes { IsWrite: true } ? null
                    : e.Loop is not { } loop ? isLeftToCaller ? null : "once"
                    : loop.AwaitsOther ? "waiting loop"
                    : "loop",
                dependsOnCaller: _ => true),
            members);
}
