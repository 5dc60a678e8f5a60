using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Configuration;

/// <summary>SQLITE3008, the rule and its fix together.</summary>
public sealed class InfiniteLockWaitEndToEndTests
{
    [Theory]
    [InlineData("using var other = new SqliteConnection(\"Data Source=a.db;Default Timeout=", "0", ";Pooling=False\");", "30")]
    [InlineData("using var other = new SqliteConnection(\"Data Source=a.db;Default Timeout=", "'0'", "\"); // zero", "30")]
    [InlineData("connection.DefaultTimeout = ", "0", "; // zero", "30")]
    [InlineData("using var command = new SqliteCommand { CommandTimeout = ", "0", " };", "30")]
    [InlineData("var builder = new SqliteConnectionStringBuilder { [\"Command Timeout\"] = ", "\"0\"", " };", "\"30\"")]
    [InlineData("connection.Execute(\"VACUUM\", commandTimeout: ", "0", ");", "30")]
    public Task Thirty_seconds_are_written(string before, string value, string after, string written) => FixVerifier.VerifyAsync(
        Descriptors.InfiniteLockWait,
        "InfiniteLockWait.Plain",
        ChangeSource.Program($"-{before}[|{value}|]{after}\n+{before}{written}{after}", runtime: false));
}
