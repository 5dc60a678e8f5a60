using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Configuration;

/// <summary>SQLITE3006, the rule and its fix together.</summary>
public sealed class SynchronousOffEndToEndTests
{
    [Theory]
    [InlineData("connection.ExecuteScalar<string>(\"PRAGMA synchronous = ", "OFF", "\");")]
    [InlineData("connection.ExecuteScalar<string>(@\"PRAGMA synchronous(", "'off'", "); -- \"\"now\"\"\");")]
    [InlineData("connection.ExecuteScalar<string>(\"PRAGMA synchronous = \" + \"", "0", "\");")]
    [InlineData("connection.ExecuteScalar<string>($\"PRAGMA user_version = {Environment.ProcessId}; PRAGMA main.synchronous=", "FALSE", "\");")]
    public Task NORMAL_is_written(string before, string value, string after) =>
        VerifyAsync($"-{before}[|{value}|]{after}\n+{before}NORMAL{after}");

    [Fact]
    public Task All_at_once() => VerifyAsync(
        """
        -connection.ExecuteScalar("PRAGMA journal_mode = WAL; PRAGMA synchronous = [|OFF|]");
        +connection.ExecuteScalar("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
        -connection.ExecuteScalar("PRAGMA synchronous([|0|])");
        +connection.ExecuteScalar("PRAGMA synchronous(NORMAL)");
        """);

    private static Task VerifyAsync(string body) => FixVerifier.VerifyAsync(
        Descriptors.SynchronousOff, "SynchronousOff.Plain", ChangeSource.Program(body, runtime: false));
}
