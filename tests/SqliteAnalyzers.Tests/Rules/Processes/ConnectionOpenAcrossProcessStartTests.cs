using Microsoft.CodeAnalysis.Testing;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Processes;

/// <summary>SQLITE1004 where a connection or its pool is certainly open at the start of a worker, and nowhere else.</summary>
public sealed class ConnectionOpenAcrossProcessStartTests
{
    [Theory]
    [InlineData("using var connection = Db.Open(); [|Process.Start(\"worker\")|];")]
    [InlineData("var connection = Db.Open(); connection.Close(); [|Process.Start(\"worker\")|];")]
    [InlineData("var connection = Db.Open(); Db.Write(connection); connection.Dispose(); [|Process.Start(\"worker\", Db.Path)|];")]
    [InlineData("using var connection = Db.Open(); [|Db.Start()|];")]
    [InlineData("using var connection = new SqliteConnection(Db.Text); connection.Open(); [|Process.Start(Environment.ProcessPath!)|];")]
    public Task Open(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("Process.Start(\"worker\");")]
    [InlineData("var connection = new SqliteConnection(Db.Text); Process.Start(\"worker\");")]
    [InlineData("var connection = Db.Open(); connection.Close(); SqliteConnection.ClearAllPools(); Process.Start(\"worker\");")]
    [InlineData("var connection = Db.Open(); connection.Close(); SqliteConnection.ClearPool(connection); Process.Start(\"worker\");")]
    [InlineData("using (var connection = new SqliteConnection(\"Data Source=app.db;Pooling=False\")) { connection.Open(); } Process.Start(\"worker\");")]
    [InlineData("using var connection = new SqliteConnection(\"Data Source=:memory:\"); connection.Open(); Process.Start(\"worker\");")]
    [InlineData("using var connection = Db.Open(); Process.Start(new ProcessStartInfo(\"https://example.org\") { UseShellExecute = true });")]
    [InlineData("using var connection = Db.Open(); Process.Start(\"git\", \"status\");")]
    [InlineData("Process.Start(\"worker\"); using var connection = Db.Open();")]
    public Task Clean(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("SqliteConnection.ClearPool(connection); connection.Close();")]
    [InlineData("SqliteConnection.ClearPool(connection); connection.Dispose();")]
    [InlineData("SqliteConnection.ClearAllPools(); connection.Dispose();")]
    [InlineData("if (flag) SqliteConnection.ClearAllPools(); else SqliteConnection.ClearPool(connection); connection.Close();")]
    [InlineData("Clear(); connection.Close();")]
    [InlineData("ClearPoolOf(connection); connection.Close();")]
    [InlineData("SqliteConnection.ClearPool(connection); CloseIt(connection);")]
    [InlineData("connection.Close(); connection.Open(); SqliteConnection.ClearPool(connection); connection.Close();")]
    public Task Clean_where_the_pool_was_cleared_before_the_connection_is_closed(string statements) => VerifyAsync($"var connection = Db.Open(); {statements} Process.Start(\"worker\");");

    [Theory]
    [InlineData("SqliteConnection.ClearPool(connection);")]
    [InlineData("SqliteConnection.ClearAllPools(); connection.Close(); connection.Open();")]
    [InlineData("SqliteConnection.ClearAllPools(); connection.Close(); connection.Open(); connection.Close();")]
    [InlineData("SqliteConnection.ClearPool(connection); connection.Close(); Reopen(connection); connection.Close();")]
    [InlineData("SqliteConnection.ClearAllPools(); connection.Close(); connection = Db.Open(); connection.Close();")]
    public Task Opened_or_still_open_after_the_pool_was_cleared(string statements) => VerifyAsync($"var connection = Db.Open(); {statements} [|Process.Start(\"worker\")|];");

    [Theory]
    [InlineData("{|#1:connection.Open()|};", "one is open")]
    [InlineData("connection.Open(); {|#1:connection.Close()|};", "the pool keeps one open that was closed")]
    public Task The_message_says_which(string statements, string which) => RuleVerifier.VerifyAsync(
        Descriptors.ConnectionOpenAcrossProcessStart,
        Source($"var connection = new SqliteConnection(Db.Text); {statements} {{|#0:Process.Start(\"worker\")|}};"),
        test => test.ExpectedDiagnostics.Add(new DiagnosticResult(Descriptors.ConnectionOpenAcrossProcessStart).WithLocation(0).WithLocation(1).WithArguments(which)));

    private static Task VerifyAsync(string statements) => RuleVerifier.VerifyAsync(Descriptors.ConnectionOpenAcrossProcessStart, Source(statements));

    private static string Source(string statements) => RuleSource.Members(
        $$"""
        static void Run(bool flag)
        {
            {{statements}}
        }

        static void Clear() => SqliteConnection.ClearAllPools();

        static void ClearPoolOf(SqliteConnection connection) => SqliteConnection.ClearPool(connection);

        static void CloseIt(SqliteConnection connection) => connection.Close();

        static void Reopen(SqliteConnection connection) => connection.Open();
        """);
}
