using SqliteAnalyzers.CodeFixes.Configuration;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Configuration;

/// <summary>SQLITE3011's own: the values of others. How edits are made is that of SQLITE3001.</summary>
public sealed class PerConnectionPragmaMissingFixTests
{
    private readonly FixHarness _fix = new(
        new PerConnectionPragmaMissingFix(), Descriptors.PerConnectionPragmaMissing, nameof(Descriptors.PerConnectionPragmaMissing));

    [Theory]
    [InlineData("synchronous,busy_timeout", "NORMAL,30000", "new SqliteConnectionOptions { JournalMode = null }")]
    [InlineData("synchronous,busy_timeout", "normal,5000", "new SqliteConnectionOptions { BusyTimeout = TimeSpan.FromMilliseconds(5000), JournalMode = null }")]
    [InlineData("synchronous", "1", "new SqliteConnectionOptions { BusyTimeout = null, JournalMode = null }")]
    [InlineData("synchronous", "OFF", "new SqliteConnectionOptions { BusyTimeout = null, JournalMode = null, Synchronous = SqliteSynchronous.Off }")]
    [InlineData("synchronous", "3", "new SqliteConnectionOptions { BusyTimeout = null, JournalMode = null, Synchronous = SqliteSynchronous.Extra }")]
    [InlineData("busy_timeout", "250", "new SqliteConnectionOptions { BusyTimeout = TimeSpan.FromMilliseconds(250), JournalMode = null, Synchronous = null }")]
    public Task The_helper_sets_the_values_of_others_and_leaves_the_mode(string missing, string values, string options) => _fix.VerifyAsync(
        "Helper",
        Source.Method("[|connection.Open()|];"),
        Source.Method($"connection.OpenConfigured({options});", runtime: true),
        Properties(missing, values));

    [Theory]
    [InlineData("synchronous,busy_timeout", "1,100", "PRAGMA busy_timeout = 100; PRAGMA synchronous = NORMAL;")]
    [InlineData("busy_timeout", "2147483647", "PRAGMA busy_timeout = 2147483647;")]
    [InlineData("synchronous", "extra", "PRAGMA synchronous = EXTRA;")]
    public Task Without_the_helper_too(string missing, string values, string pragmas) => _fix.VerifyAsync(
        "Plain",
        Source.Method("[|connection.Open()|];"),
        Source.Method($$"""
            connection.Open();
            using (var pragmas = connection.CreateCommand())
            {
                pragmas.CommandText = "{{pragmas}}";
                pragmas.ExecuteNonQuery();
            }
            """),
        Properties(missing, values));

    [Theory]
    [InlineData("synchronous,busy_timeout", ",5000")]
    [InlineData("busy_timeout", "")]
    [InlineData("busy_timeout", "99999999999")]
    [InlineData("synchronous", "FASTER")]
    public Task A_value_that_is_guessed_is_for_the_user_to_choose(string missing, string values) =>
        _fix.VerifyForOneOnlyAsync("Helper", Source.Method("[|connection.Open()|];"), Properties(missing, values));

    [Fact]
    public async Task Titles_say_the_values() => Assert.Equal(
        ["Use OpenConfigured() (OFF, 250 ms timeout)", "Set busy_timeout, synchronous after opening (ADO.NET only)"],
        await _fix.TitlesAsync(Source.Method("[|connection.Open()|];"), Properties("synchronous,busy_timeout", "OFF,250")));

    [Fact]
    public async Task What_Dapper_opens_for_one_call_is_left_alone() => Assert.Empty(
        await _fix.OfferedAsync(Source.Method("[|connection.Execute(\"SELECT 1\")|];"), Properties("synchronous", "NORMAL")));

    private static (string, string)[] Properties(string missing, string values) =>
        [(DiagnosticProperties.Missing, missing), (DiagnosticProperties.Values, values)];
}
