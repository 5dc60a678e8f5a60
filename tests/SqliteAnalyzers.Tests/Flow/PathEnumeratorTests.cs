using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Tests.Flow.Paths;

namespace SqliteAnalyzers.Tests.Flow;

/// <summary>The engine joins paths; the enumerator follows each. On random methods they must come to the same findings.</summary>
public sealed class PathEnumeratorTests
{
    private static readonly string[] s_ids = ["SQLITE1001", "SQLITE1002", "SQLITE2001"];

    private const string Head = """
        using System;
        using System.Diagnostics;
        using Dapper;
        using Microsoft.Data.Sqlite;
        static class Rows
        {
            public static bool Next() => Environment.TickCount > 0;
        }
        static class Settings
        {
            static void Apply()
            {
                using var connection = new SqliteConnection("Data Source=app.db");
                connection.Open();
                connection.Execute("PRAGMA journal_mode=WAL");
            }
        }

        """;

    /// <summary>One flag at most: the engine has states enough to keep its answers apart.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Engine_reports_what_a_path_shows_and_nothing_else(int seed)
    {
        var methods = await AnalyseRandomMethods(seed, flags: 1);

        AssertNone(methods, "misses", method => method.Missed);
        AssertNone(methods, "should not report", method => method.Reported.Except(method.Expected));
    }

    /// <summary>With more flags than the engine keeps apart it may see paths that are none, but it may not lose one.</summary>
    [Theory]
    [InlineData(5)]
    public async Task Engine_loses_no_path_where_it_has_to_join(int seed)
    {
        var methods = await AnalyseRandomMethods(seed, flags: 3);

        AssertNone(methods, "misses", method => method.Missed);
    }

    private static async Task<List<RandomMethod>> AnalyseRandomMethods(int seed, int flags)
    {
        const int Count = 100;
        var generator = new StatementGenerator(seed, flags);
        var methods = new List<RandomMethod>();
        var source = new System.Text.StringBuilder(Head);
        var line = Head.Count(character => character == '\n');
        while (methods.Count < Count)
        {
            var body = generator.Method();
            if (PathEnumerator.FindingsOf(body, flags) is not { Count: > 0 } expected)
            {
                continue;
            }

            var writer = new StatementWriter(line);
            writer.WriteClass($"Case{methods.Count}", flags, body);
            source.Append(writer);
            methods.Add(new(writer.ToString(), line, [.. expected.Select(finding => (finding.Id, writer.Lines[finding.At] - line))]));
            line = writer.Line;
        }

        foreach (var finding in (await FlowRun.Of(source.ToString())).Findings.Where(finding => s_ids.Contains(finding.Id)))
        {
            var found = finding.Location.GetLineSpan().StartLinePosition.Line;
            var method = methods.Last(method => method.FirstLine <= found);
            method.Reported.Add((finding.Id, found - method.FirstLine));
        }

        return methods;
    }

    /// <summary>Shows the shortest methods on which the two differ.</summary>
    private static void AssertNone(List<RandomMethod> methods, string what, Func<RandomMethod, IEnumerable<(string Id, int Line)>> differences)
    {
        var shortest = methods.Where(method => differences(method).Any()).OrderBy(method => method.Text.Length).Take(3)
            .Select(method => $"The engine {what} {string.Join(", ", differences(method))}:\n{Numbered(method.Text)}\n");
        Assert.True(!shortest.Any(), string.Concat(shortest));
    }

    private static string Numbered(string text) =>
        string.Join("\n", text.Split('\n').Select((line, number) => $"{number,3} {line}"));

    private sealed record RandomMethod(string Text, int FirstLine, HashSet<(string Id, int Line)> Expected)
    {
        public HashSet<(string Id, int Line)> Reported { get; } = [];

        /// <summary>Where two rules say the same of one place, the stronger speaks alone.</summary>
        public IEnumerable<(string Id, int Line)> Missed =>
            Expected.Except(Reported).Where(finding => finding.Id != "SQLITE1001" || !Reported.Contains(("SQLITE1002", finding.Line)));
    }
}
