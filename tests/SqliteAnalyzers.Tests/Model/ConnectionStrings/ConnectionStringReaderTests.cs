using System.Data.Common;
using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Tests.Model.ConnectionStrings;

/// <summary>The reader of connection strings, judged by the builders of .NET and of Microsoft.Data.Sqlite.</summary>
public sealed class ConnectionStringReaderTests
{
    private const int Generated = 4000;

    private static readonly string[] s_parts =
        ["Cache", "data source", "a", "=", "==", ";", ";;", " ", "\t", "\n", "'", "''", "\"", "\"\"", "Shared", "b c", "\u0001", "{", "x=1;"];

    [Theory]
    [InlineData("")]
    [InlineData("Data Source=a.db")]
    [InlineData(" ; Data Source = a.db ; Cache = Shared ; ")]
    [InlineData("Data Source='a;b';Cache=\"Shared\"")]
    [InlineData("Data Source='it''s';Cache=\"a\"\"b\" ")]
    [InlineData("a==b=1;c=d=e;f==g==h=i")]
    [InlineData("Cache=Shared;cache=Default")]
    [InlineData("Cache=;Data Source=''")]
    [InlineData("Cache")]
    [InlineData("Cache;Data Source=a")]
    [InlineData("=a")]
    [InlineData("a='b")]
    [InlineData("a='b'c")]
    [InlineData("a=b'")]
    [InlineData("a=b'c")]
    [InlineData("Data\nSource=a\nb;c=d")]
    public void It_reads_what_the_builder_of_NET_reads(string text) => AssertSame(text);

    [Fact]
    public void It_reads_what_the_builder_of_NET_reads_of_any_text()
    {
        var random = new Random(1);
        for (var i = 0; i < Generated; i++)
        {
            AssertSame(string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => s_parts[random.Next(s_parts.Length)])));
        }
    }

    [Theory]
    [InlineData("Data Source=a.db; Cache = 'Shared' ;x=1", 1, "Cache", "'Shared'")]
    [InlineData(" Data  Source =  a b  ", 0, "Data  Source", "a b")]
    [InlineData("x==y=1", 0, "x==y", "1")]
    [InlineData("x=", 0, "x", "")]
    public void It_knows_where_everything_stands(string text, int index, string keyword, string value)
    {
        var pair = ConnectionStringReader.Read(text)!.Value[index];

        Assert.Equal(keyword, text.Substring(pair.KeywordSpan.Start, pair.KeywordSpan.Length));
        Assert.Equal(value, text.Substring(pair.ValueSpan.Start, pair.ValueSpan.Length));
    }

    [Theory]
    [InlineData("\uFFFC;Cache=Shared", "?;Cache")]
    [InlineData("Data Source=\uFFFC;Cache=Shared;\uFFFC", "Data Source;Cache;?")]
    [InlineData("Data Source=a;\uFFFC ;\uFFFC\uFFFC", "Data Source;?;?")]
    [InlineData("\uFFFCCache=Shared", "\uFFFCCache")]
    public void What_is_not_known_may_be_any_number_of_pairs(string text, string keywords) =>
        Assert.Equal(keywords, string.Join(';', ConnectionStringReader.Read(text)!.Value.Select(pair => pair.Keyword ?? "?")));

    [Fact]
    public void It_knows_the_keywords_of_Microsoft_Data_Sqlite()
    {
        var properties = typeof(SqliteConnectionStringBuilder).GetProperties(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.DeclaredOnly)
            .Where(property => property.CanWrite && property.GetIndexParameters().Length == 0);
        var keywords = new SqliteKeywords(properties.Select(property => property.Name));

        Assert.Equal(
            new SqliteConnectionStringBuilder().Keys.Cast<string>().Order(StringComparer.Ordinal),
            keywords.All.Select(keyword => keywords.NameOf(keyword)!).Distinct().Order(StringComparer.Ordinal));
    }

    private static void AssertSame(string text)
    {
        var builder = new DbConnectionStringBuilder();
        var isTaken = true;
        try
        {
            builder.ConnectionString = text;
        }
        catch (ArgumentException)
        {
            isTaken = false;
        }

        var read = ConnectionStringReader.Read(text);
        Assert.True(isTaken == read is not null, $"{text}: {isTaken}");
        if (read is null)
        {
            return;
        }

        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in read.Value)
        {
            values.Remove(pair.Keyword!);
            if (pair.Value is not null)
            {
                values[pair.Keyword!] = pair.Value;
            }
        }

        Assert.Equal(
            builder.Keys.Cast<string>().Select(key => $"{key.ToLowerInvariant()}={builder[key]}").Order(StringComparer.Ordinal),
            values.Select(pair => $"{pair.Key.ToLowerInvariant()}={pair.Value}").Order(StringComparer.Ordinal));
    }
}
