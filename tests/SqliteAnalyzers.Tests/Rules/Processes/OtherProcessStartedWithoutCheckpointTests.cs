using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Processes;

/// <summary>SQLITE1005 where the program comes from data, and nowhere else.</summary>
public sealed class OtherProcessStartedWithoutCheckpointTests
{
    [Theory]
    [InlineData("Process.Start(items[0])")]
    [InlineData("Process.Start(items[0], \"--all\")")]
    [InlineData("Process.Start(new ProcessStartInfo(items[0]) { UseShellExecute = false })")]
    [InlineData("new Process { StartInfo = { FileName = items[0] } }.Start()")]
    [InlineData("Process.Start(Path.Combine(AppContext.BaseDirectory, items[0]))")]
    [InlineData("Process.Start(Environment.GetEnvironmentVariable(\"EDITOR\"), \"notes.txt\")")]
    [InlineData("CliWrap.Cli.Wrap(items[0]).ExecuteAsync()")]
    [InlineData("Medallion.Shell.Command.Run(items[0])")]
    public Task A_program_that_comes_from_data(string start) => VerifyAsync($"Db.Write(connection); _ = [|{start}|];");

    [Theory]
    [InlineData("Process.Start(\"worker\")")]
    [InlineData("Process.Start(\"git\")")]
    [InlineData("Process.Start(\"explorer\", items[0])")]
    [InlineData("Process.Start(items[0], Db.Path)")]
    [InlineData("Process.Start(Environment.ProcessPath!)")]
    [InlineData("Process.Start(new ProcessStartInfo(items[0]) { UseShellExecute = true })")]
    [InlineData("Process.Start($\"https://sqlite.org/{items[0]}\")")]
    public Task Clean_what_is_known(string start) => VerifyAsync($"Db.Write(connection); _ = {start};");

    [Theory]
    [InlineData("static string? Find() => \"ffprobe\";")]
    [InlineData("static string? Find() { var path = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? \"ffmpeg.exe\" : \"ffmpeg\"); return File.Exists(path) ? path : null; }")]
    [InlineData("static string? Find() { var name = \"mediainfo\"; if (OperatingSystem.IsWindows()) { name += \".exe\"; } return Path.Combine(AppContext.BaseDirectory, name); }")]
    public Task Clean_where_a_method_finds_a_known_tool(string find) => VerifyFinderAsync(find, "Process.Start(path)");

    [Theory]
    [InlineData("static string? Find() => Environment.GetEnvironmentVariable(\"FFMPEG\");")]
    [InlineData("static string? Find() { Console.WriteLine(\"ffmpeg\"); return Console.ReadLine(); }")]
    public Task A_method_that_finds_any_program(string find) => VerifyFinderAsync(find, "[|Process.Start(path)|]");

    private static Task VerifyFinderAsync(string find, string start) => RuleVerifier.VerifyAsync(
        Descriptors.OtherProcessStartedWithoutCheckpoint,
        RuleSource.Members(
            $$"""
            {{find}}

            static void Run()
            {
                using var connection = Db.Open();
                Db.Write(connection);
                var path = Find();
                if (path is not null)
                {
                    {{start}};
                }
            }
            """));

    [Theory]
    [InlineData("Db.Checkpoint(connection);")]
    [InlineData("using var transaction = connection.BeginTransaction(); connection.Execute(\"DELETE FROM items\", transaction: transaction); transaction.Rollback();")]
    public Task Clean_where_nothing_is_left_to_checkpoint(string statements) => VerifyAsync(
        (statements.StartsWith("Db.", StringComparison.Ordinal) ? "Db.Write(connection); " : "") + statements + " Process.Start(items[0]);");

    [Fact]
    public Task Clean_without_WAL() => RuleVerifier.VerifyAsync(
        Descriptors.OtherProcessStartedWithoutCheckpoint,
        RuleSource.Alone(
            """
            class Program
            {
                static void Run(string program)
                {
                    using var connection = new SqliteConnection("Data Source=app.db");
                    connection.Open();
                    connection.Execute("DELETE FROM items");
                    Process.Start(program);
                }
            }
            """));

    [Fact]
    public Task The_transaction_is_said_alone() => RuleVerifier.VerifyAllRulesAsync(RuleSource.Statements(
        """
        Db.Write(connection);
        using var transaction = connection.BeginTransaction();
        connection.Execute("DELETE FROM items", transaction: transaction);
        {|SQLITE1002:Process.Start(items[0])|};
        {|SQLITE1002:Process.Start("worker")|};
        transaction.Commit();
        """));

    [Fact]
    public Task A_call_that_starts_a_worker_and_another_program_is_said_once() => RuleVerifier.VerifyAllRulesAsync(RuleSource.Members(
        """
        static void Run(string program)
        {
            using var connection = Db.Open();
            Db.Write(connection);
            {|SQLITE1001:StartBoth(program)|};
        }
        static void StartBoth(string program)
        {
            Process.Start("worker");
            Process.Start(program);
        }
        """));

    private static Task VerifyAsync(string statements) =>
        RuleVerifier.VerifyAsync(Descriptors.OtherProcessStartedWithoutCheckpoint, RuleSource.Statements(statements));
}
