using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Tests.Model.Parts;

/// <summary>Which objects of libraries a delegate takes along that runs beside the code that made it.</summary>
public sealed class DetachmentTests
{
    [Theory]
    [InlineData("Task.Run(() => connection.Execute(\"DELETE FROM t\"));", "Beside Connection")]
    [InlineData("await Task.Run(() => connection.Execute(\"DELETE FROM t\"));", "Awaited Connection")]
    [InlineData("await Task.Run(() => connection.Execute(\"DELETE FROM t\")).ConfigureAwait(false);", "Awaited Connection")]
    [InlineData("Task.Run(() => connection.Execute(\"DELETE FROM t\")).Wait();", "Awaited Connection")]
    [InlineData("await Task.WhenAll(Task.Run(() => connection.Execute(\"DELETE FROM t\")));", "Beside Connection")]
    [InlineData("new System.Threading.Thread(() => connection.Execute(\"DELETE FROM t\")).Start();", "Beside Connection")]
    [InlineData("System.Threading.ThreadPool.QueueUserWorkItem(_ => connection.Execute(\"DELETE FROM t\"));", "Beside Connection")]
    [InlineData("using var timer = new System.Threading.Timer(_ => connection.Execute(\"DELETE FROM t\"), null, 0, 1000);", "Repeated Connection")]
    [InlineData("Parallel.ForEach(items, item => connection.Execute(\"DELETE FROM t\"));", "Together Connection")]
    [InlineData("await Parallel.ForEachAsync(items, async (item, _) => await connection.ExecuteAsync(\"DELETE FROM t\"));", "Together Connection")]
    [InlineData("AppDomain.CurrentDomain.ProcessExit += (_, _) => connection.Execute(\"DELETE FROM t\");", "OnEvent Connection")]
    [InlineData("using var transaction = connection.BeginTransaction();\nTask.Run(() => transaction.Commit());", "Beside Connection, Transaction")]
    [InlineData("using var command = new SqliteCommand(\"DELETE FROM t\", connection);\nTask.Run(() => command.ExecuteNonQuery());", "Beside Command, Connection")]
    [InlineData("void Delete() => connection.Execute(\"DELETE FROM t\");\nTask.Run(Delete);", "Beside Connection")]
    [InlineData("Task.Run(() => Delete(connection));", "Beside Connection")]
    public void Takes_along(string body, string expected) => Assert.Equal([expected], Run(body));

    [Theory]
    [InlineData("Task.Run(() => Console.WriteLine(items.Count));", "Beside ")]
    [InlineData("Task.Run(() =>\n{\n    using var own = new SqliteConnection(\"Data Source=app.db\");\n    own.Open();\n});", "Beside ")]
    [InlineData("Parallel.ForEach(items, item =>\n{\n    using var own = Open();\n    Delete(own);\n});", "Together ")]
    [InlineData("Parallel.ForEach(new[] { connection }, each => each.Execute(\"DELETE FROM t\"));", "Together ")]
    public void Takes_nothing_along(string body, string expected) => Assert.Equal([expected], Run(body));

    [Theory]
    [InlineData("items.ForEach(item => connection.Execute(\"DELETE FROM t\"));")]
    [InlineData("Do(() => connection.Execute(\"DELETE FROM t\"));")]
    [InlineData("Delete(connection);")]
    public void Runs_here(string body) => Assert.Empty(Run(body));

    [Fact]
    public void Field_is_taken_along_with_the_receiver() =>
        Assert.Equal(
            ["Beside Connection"],
            PartRun.Of(
                Rule(),
                """
                private readonly SqliteConnection _connection = new("Data Source=app.db");

                void Run() => Task.Run(() => _connection.Execute("DELETE FROM t"));
                """));

    [Fact]
    public void Method_group_takes_the_fields_of_its_receiver() =>
        Assert.Equal(
            ["Repeated Connection"],
            PartRun.Of(
                Rule(),
                """
                private readonly SqliteConnection _connection = new("Data Source=app.db");

                System.Threading.Timer Run() => new(Delete, null, 0, 1000);

                void Delete(object? state) => _connection.Execute("DELETE FROM t");
                """));

    [Fact]
    public void Caller_sees_its_own_connection() =>
        Assert.Equal(
            ["Beside Made"],
            PartRun.Of(
                new(
                    (e, _) => e is Detaches { When: var when, Captured: var captured } && captured.Any.Atoms.OfType<MadeObject>().Any() ? $"{when} Made" : null,
                    dependsOnCaller: e => e is Detaches),
                """
                static void Run()
                {
                    using var connection = new SqliteConnection("Data Source=app.db");
                    connection.Open();
                    Start(connection);
                }

                static void Start(SqliteConnection connection) => Task.Run(() => connection.Execute("DELETE FROM t"));
                """));

    private static PartRule Rule() => new((e, _) => e is Detaches detaches
        ? $"{detaches.When} {string.Join(", ", detaches.Captured.Values.SelectMany(value => value.Atoms).OfType<AbstractObject>().Select(item => item.Kind.ToString()).Order(StringComparer.Ordinal))}"
        : null);

    private static IReadOnlyList<string> Run(string body) =>
        PartRun.Of(
            Rule(),
            $$"""
            static async Task Run(SqliteConnection connection, List<string> items)
            {
                {{body}}
                await Task.CompletedTask;
            }

            static void Delete(SqliteConnection connection) => connection.Execute("DELETE FROM t");

            static SqliteConnection Open()
            {
                var connection = new SqliteConnection("Data Source=app.db");
                connection.Open();
                return connection;
            }

            static void Do(Action action) => action();
            """);
}
