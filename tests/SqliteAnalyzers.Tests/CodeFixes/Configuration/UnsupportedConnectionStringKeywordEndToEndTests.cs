using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Configuration;

/// <summary>SQLITE3007, the rule and its fix together.</summary>
public sealed class UnsupportedConnectionStringKeywordEndToEndTests
{
    [Theory]
    [InlineData("\"Data Source=a.db;[|Version|]=3\"", "\"Data Source=a.db\"")]
    [InlineData("\"Data Source=a.db;[|Version|]=3;[|New|]=True;\"", "\"Data Source=a.db;\"")]
    [InlineData("\"Data Source=a.db;[|Max Pool Size|]=25;Pooling=True\"", "\"Data Source=a.db;Pooling=True\"")]
    [InlineData("\"Data Source=a.db;[|Timeout|]=5\"", "\"Data Source=a.db;Default Timeout=5\"")]
    [InlineData("\"Data Source=a.db;[|BusyTimeout|] = 3\"", "\"Data Source=a.db;Default Timeout=1\"")]
    [InlineData("\"Data Source=a.db;[|Busy Timeout|]='4001'\"", "\"Data Source=a.db;Default Timeout=5\"")]
    [InlineData("\"Data Source=a.db;[|Read Only|]=True\"", "\"Data Source=a.db;Mode=ReadOnly\"")]
    [InlineData("\"Data Source=a.db;[|Read Only|]=False\"", "\"Data Source=a.db\"")]
    [InlineData("\"Data Source=a.db;[|FailIfMissing|]=True\"", "\"Data Source=a.db;Mode=ReadWrite\"")]
    [InlineData("\"[|FullUri|]=file:a.db\"", "\"Data Source=file:a.db\"")]
    [InlineData("\"[|Database|]=a.db;Pooling=False\"", "\"Data Source=a.db;Pooling=False\"")]
    [InlineData("\"Data Source=a.db;[|ForeignKeys|]=True\"", "\"Data Source=a.db;Foreign Keys=True\"")]
    [InlineData("\"Data Source=a.db;[|Poling|]=True\"", "\"Data Source=a.db;Pooling=True\"")]
    [InlineData("new SqliteConnectionStringBuilder { [[|\"ForeignKeys\"|]] = true }.ToString()", "new SqliteConnectionStringBuilder { [\"Foreign Keys\"] = true }.ToString()")]
    public Task Written_anew_or_removed(string before, string after) => FixVerifier.VerifyAsync(
        Descriptors.UnsupportedConnectionStringKeyword,
        "UnsupportedConnectionStringKeyword.Plain",
        ChangeSource.Program($"-using var other = new SqliteConnection({before}); // one\n+using var other = new SqliteConnection({after}); // one", runtime: false));

    [Theory]
    [InlineData("\"Data Source=a.db;[|Journal Mode|]=WAL\"")]
    [InlineData("\"Data Source=a.db;[|Database|]=b.db\"")]
    [InlineData("\"Data Source=a.db;Mode=ReadOnly;[|FailIfMissing|]=True\"")]
    [InlineData("\"Data Source=a.db;[|Read Only|]=perhaps\"")]
    [InlineData("\"Data Source=a.db;[|Timeout|]=0\"")]
    [InlineData("$\"Data Source=a.db;[|Timeout|]={Environment.ProcessId}\"")]
    [InlineData("\"Data Source=a.db;[|Something Else|]=1\"")]
    public Task Nothing_is_offered_where_nothing_says_the_same(string text) => FixVerifier.VerifyNothingOfferedAsync(
        Descriptors.UnsupportedConnectionStringKeyword, $"static class Program {{ static void Main() {{ using var connection = new SqliteConnection({text}); }} }}");
}
