using System.Text.Json;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Tests.Projects;

/// <summary>The reader of settings files, judged by System.Text.Json as Microsoft.Extensions.Configuration.Json asks it.</summary>
public sealed class JsonStringsTests
{
    private const int Generated = 3000;

    private static readonly JsonDocumentOptions s_options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly string[] s_parts =
        ["{", "}", "[", "]", ",", ":", "\"a\"", "\"b\\n\"", "\"\\u0041\"", "\"", "1", "-0.5e3", "true", "null", " ", "\n", "// c\n", "/* c */", "/*", "x", "\\"];

    private static readonly string[] s_values = ["1", "true", "\"a=b\"", "\"\"", "[]", "{}", "[\"a\",\"b\",]", "{\"x\":\"y\"}", "// c\n\"z\""];

    [Theory]
    [InlineData("""{ "ConnectionStrings": { "Default": "Data Source=a.db" } }""")]
    [InlineData("""{ "a": { "b": "c", }, "d": [ "e", { "f": "g" }, ], /* h */ "i": null // j""" + "\n}")]
    [InlineData("""{ "a": "x\"y\\z\/\b\f\n\r\t\u0041", "b": 1.5e-3, "c": true, "d": "" }""")]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{ \"a\": \"b }")]
    [InlineData("{ \"a\" \"b\" }")]
    [InlineData("{ \"a\": \"b\" } }")]
    [InlineData("{ \"a\": \"b\" \"c\": \"d\" }")]
    [InlineData("{ \"a\": \"\\x\" }")]
    [InlineData("{ \"a\": \"\\u12\" }")]
    [InlineData("{ \"a\": \"\n\" }")]
    [InlineData("{ \"a\": 01 }")]
    [InlineData("{ \"a\": \"b\" /* }")]
    [InlineData("{ , }")]
    [InlineData("{ 'a': 'b' }")]
    public void It_reads_what_the_configuration_reads(string json) => AssertSame(json);

    [Fact]
    public void It_reads_what_the_configuration_reads_of_any_text()
    {
        var random = new Random(1);
        for (var i = 0; i < Generated; i++)
        {
            AssertSame(string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => s_parts[random.Next(s_parts.Length)])));
            AssertSame("{" + string.Join(',', Enumerable.Range(0, random.Next(4)).Select(index => $"\"k{index}\":{s_values[random.Next(s_values.Length)]}")) + "}");
        }
    }

    [Fact]
    public void It_knows_where_each_character_stands()
    {
        const string json = """{ "a": "x\u0041\"=1;b" }""";
        var value = Assert.Single(JsonStrings.In(json));

        Assert.Equal("xA\"=1;b", value.Text);
        Assert.Equal("\\u0041\\\"", json.Substring(value.SpanOf(new TextSpan(1, 2)).Start, value.SpanOf(new TextSpan(1, 2)).Length));
        Assert.Equal("b", json.Substring(value.SpanOf(new TextSpan(6, 1)).Start, 1));
    }

    [Fact]
    public void Deep_nesting_is_survived() => Assert.Empty(JsonStrings.In(new string('[', 100_000) + "\"a\""));

    private static void AssertSame(string json)
    {
        var expected = new List<string>();
        try
        {
            using var document = JsonDocument.Parse(json, s_options);
            Collect("", document.RootElement, expected);
        }
        catch (JsonException)
        {
            expected.Clear();
        }

        var read = JsonStrings.In(json).Select(value => $"{value.Path}={value.Text}");
        Assert.True(expected.SequenceEqual(read), $"{json}\n{string.Join('|', expected)}\n{string.Join('|', read)}");
    }

    private static void Collect(string path, JsonElement element, List<string> strings)
    {
        var prefix = path.Length == 0 ? "" : path + ":";
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    Collect(prefix + property.Name, property.Value, strings);
                }

                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in element.EnumerateArray().Index())
                {
                    Collect($"{prefix}{index}", item, strings);
                }

                break;
            case JsonValueKind.String:
                strings.Add($"{path}={element.GetString()}");
                break;
        }
    }
}
