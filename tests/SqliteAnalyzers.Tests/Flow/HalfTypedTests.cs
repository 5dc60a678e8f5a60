using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Flow;

/// <summary>An editor analyses what is being typed: whatever is missing, no analyzer of the package throws.</summary>
public sealed class HalfTypedTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Cases", "Programs");

    public static TheoryData<string> Programs =>
    [
        "AcrossMethods.cs", "AsyncAndDelegates.cs", "Checkpoints.cs", "DapperCalls.cs", "Doppelgangers.cs", "ManyDatabases.cs",
        "NothingConfigured.cs", "ProcessStarts.cs", "SqlTexts.cs", "Transactions.cs",
    ];

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Text_that_ends_anywhere_is_survived(string program)
    {
        var text = Read(program);
        const int Cuts = 6;
        var step = text.Length / Cuts;

        for (var cut = 0; cut < Cuts; cut++)
        {
            // Not at the same place of each step, so that all kinds of tokens are cut.
            await AssertNoAnalyzerThrows(text[..((cut * step) + (cut * 53 % step))]);
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Text_without_some_of_its_tokens_is_survived(string program)
    {
        var tokens = CSharpSyntaxTree.ParseText(Read(program), TestCompilation.ParseOptions, cancellationToken: TestContext.Current.CancellationToken)
            .GetRoot(TestContext.Current.CancellationToken).DescendantTokens().Select(token => token.ToFullString()).ToArray();
        var random = new Random(tokens.Length);

        foreach (var oneIn in new[] { 300, 60, 15, 5 })
        {
            await AssertNoAnalyzerThrows(string.Concat(tokens.Where(_ => random.Next(oneIn) != 0)));
        }
    }

    /// <summary>Roslyn throws where it is asked for the operations of these: an interpolated text in a list whose end is not typed yet.</summary>
    [Theory]
    [InlineData("string[] all = [$\"PRAGMA {connection}\n\n = await Make(connection);")]
    [InlineData("string[] some = [\"\"]; string[] all = [.. some, $\"a {connection}\", $\"b {connection}\n\n = await Make(connection);\n foreach (var one in all) { }")]
    public async Task Code_without_operations_is_survived_and_other_methods_keep_their_findings(string body)
    {
        var code = Source.Class($$"""
            static Task<SqliteConnection> Make(SqliteConnection connection) => Task.FromResult(connection);

            static async Task Other(SqliteConnection connection) { {{body}} connection.Execute("INSERT INTO t VALUES (1)"); }

            static void Run(SqliteConnection connection)
            {
                connection.Execute("PRAGMA journal_mode=WAL");
                connection.Execute("INSERT INTO t VALUES (1)");
                Process.Start("worker");
            }
            """);

        await AssertNoAnalyzerThrows(code);

        Assert.Contains((await FlowRun.Of(FlowRun.Compile(code), TestContext.Current.CancellationToken)).Findings, finding => finding.Id == "SQLITE1001");
    }

    /// <summary>A method alone is short enough to be cut in many places.</summary>
    [Fact]
    public async Task Method_without_one_token_or_its_end_is_survived()
    {
        const string Method = """
            static async Task Run(SqliteConnection? connection, bool flag)
            {
                connection ??= new SqliteConnection($"Data Source={Environment.MachineName}.db");
                await using var transaction = connection.BeginTransaction(deferred: true);
                try
                {
                    foreach (var name in new[] { "a", "b" }) connection.Execute($"INSERT INTO {name} VALUES (@name)", new { name });
                    void Save() => connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
                    Save();
                    if (flag is true && connection is { State: System.Data.ConnectionState.Open } open) transaction.Commit();
                }
                catch (SqliteException e) when (e.SqliteErrorCode == 5)
                {
                    transaction?.Rollback();
                }
                finally
                {
                    Action start = () => Process.Start(new ProcessStartInfo("worker") { UseShellExecute = false });
                    start();
                }
            }
            """;
        var whole = Source.Class(Method);
        var root = await CSharpSyntaxTree.ParseText(whole, TestCompilation.ParseOptions, cancellationToken: TestContext.Current.CancellationToken).GetRootAsync(TestContext.Current.CancellationToken);
        var first = whole.IndexOf("static async", StringComparison.Ordinal);

        foreach (var token in root.DescendantTokens().Where((token, number) => token.SpanStart >= first && number % 5 == 0))
        {
            await AssertNoAnalyzerThrows(whole[..token.Span.End]);
            await AssertNoAnalyzerThrows(whole[..token.SpanStart] + whole[token.Span.End..]);
        }
    }

    [Theory]
    [InlineData("abstract")]
    [InlineData("virtual")]
    [InlineData("static")]
    public Task Property_without_accessors_is_survived(string modifier) => AssertNoAnalyzerThrows($$"""
        using Microsoft.Data.Sqlite;
        abstract class Source
        {
            protected {{modifier}} SqliteConnection Current { }

            void Run()
            {
                Current.Open();
                new SqliteCommand("DELETE FROM a", Current).ExecuteNonQuery();
            }
        }
        """);

    private static string Read(string program) => File.ReadAllText(Path.Combine(Folder, program));

    private static async Task AssertNoAnalyzerThrows(string text)
    {
        var findings = await FlowRun.With(FlowRun.Compile(text), PackageParts.Analyzers()).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        var crash = findings.FirstOrDefault(finding => finding.Id == FlowRun.AnalyzerThrew);
        Assert.True(crash is null, $"{crash?.GetMessage()}\n{text}");
    }
}
