using System.Reflection;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>The keywords that SQLITE3007 takes for known, judged by the builder of the version under test.</summary>
public sealed class ConnectionStringKeywordTests
{
    /// <summary>As the analyzer reads them off the referenced builder.</summary>
    private static readonly SqliteKeywords s_keywords = new(
        typeof(SqliteConnectionStringBuilder).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(property => property.CanWrite && property.GetIndexParameters().Length == 0)
            .Select(property => property.Name));

    /// <summary>Those of this version, of others, of other providers, and some that are no keyword at all.</summary>
    public static TheoryData<string> Candidates { get; } =
    [
        "Data Source", "DataSource", "Filename", "Mode", "Cache", "Password", "Foreign Keys", "Recursive Triggers", "Default Timeout", "Command Timeout",
        "Pooling", "Vfs", "data source", "FOREIGN KEYS", "ForeignKeys", "RecursiveTriggers", "DefaultTimeout", "CommandTimeout", "Data_Source", "File Name",
        "Version", "New", "Journal Mode", "Synchronous", "Timeout", "BusyTimeout", "Busy Timeout", "Read Only", "FailIfMissing", "Max Pool Size", "Min Pool Size",
        "Extensions", "Database", "FullUri", "Uri", "Cache Size", "Page Size", "Compress", "UTF8Encoding", "Server", "User Id", "Name",
    ];

    [Theory]
    [MemberData(nameof(Candidates))]
    public void A_keyword_is_known_if_the_builder_takes_it(string keyword)
    {
        var refusal = Record.Exception(() => new SqliteConnectionStringBuilder(keyword + "=").ConnectionString)
            ?? Record.Exception(() => new SqliteConnectionStringBuilder()[keyword]);

        Assert.True(refusal is null or ArgumentException, refusal?.ToString());
        Assert.Equal(refusal is null, s_keywords.NameOf(keyword) is not null);
    }

    [Fact]
    public void Each_keyword_of_the_builder_is_known_by_its_name()
    {
        var names = s_keywords.All.Select(keyword => s_keywords.NameOf(keyword)!).Distinct();

        Assert.Equal(new SqliteConnectionStringBuilder().Keys.Cast<string>().Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Data Source=a.db;Version=")]
    [InlineData("Data Source='Version=3'")]
    public void A_keyword_without_a_value_is_not_refused(string text) => Assert.NotNull(new SqliteConnectionStringBuilder(text).DataSource);
}
