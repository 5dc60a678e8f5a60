using CsCheck;
using SqliteAnalyzers.Sql;
using Xunit;

namespace SqliteAnalyzers.Tests.Sql;

/// <summary>Whatever the text is, reading it neither fails nor takes more than time in proportion to its length.</summary>
public sealed class MalformedSqlTests
{
    private const int Megabyte = 1 << 20;

    private static readonly Gen<string> Inserted = Gen.OneOf(
        Gen.OneOfConst("'", "\"", "`", "[", "]", "(", ")", ";", "--", "/*", "*/", "\uFFFC", "\0", "\uD800", "x'", "0x", "BEGIN", "END", "CASE", "CREATE TRIGGER", "EXPLAIN", "WITH", "PRAGMA", "=", "-", "$a(", "::", "."),
        Gen.String);

    private static readonly Gen<string> Mutated =
        from statements in Gen.OneOfConst(Corpus.Plain).Array[1, 4]
        from changes in Gen.Select(Gen.Double[0, 1], Gen.Int[0, 10], Inserted).Array[0, 6]
        select changes.Aggregate(string.Join(";", statements), (text, change) => Change(text, change.Item1, change.Item2, change.Item3));

    /// <summary>Texts that read on and on, or that open what they do not close.</summary>
    public static TheoryData<string> Repeated =>
    [
        "a", "1", "_", "'", "''", "\"", "[", "[]", "`", "x'", "(", ")", ";", ",", "-", "--\n", "/*", "/**/", "$a(", "$a::", "?", ":", "\uFFFC", "\uFFFC ", "\uD83D", " ", "\n", "e+", "1e", "0x", ".",
        "CREATE TRIGGER g BEGIN ", "CASE ", "BEGIN;", "END ", "CREATE ", "EXPLAIN ", "WITH a AS (", "PRAGMA a.", "SELECT 1;", "INSERT INTO t VALUES ('", "WITH ", "UPDATE OR ",
    ];

    [Fact]
    public void Mutated_statements_do_no_harm() => Mutated.Sample(Check, iter: 20_000);

    [Fact]
    public void Any_text_does_no_harm() => Gen.String.Sample(Check, iter: 20_000);

    [Theory(Timeout = 20_000)]
    [MemberData(nameof(Repeated))]
    public async Task Megabyte_is_read(string part) =>
        await Task.Run(() => Check(string.Concat(Enumerable.Repeat(part, Megabyte / part.Length))), TestContext.Current.CancellationToken);

    [Fact(Timeout = 20_000)]
    public async Task Megabyte_in_one_literal_is_read() =>
        await Task.Run(() => Check("INSERT INTO t VALUES ('" + new string('a', Megabyte) + "')"), TestContext.Current.CancellationToken);

    private static string Change(string text, double place, int dropped, string inserted)
    {
        var start = (int)(place * text.Length);
        return text[..start] + inserted + text[Math.Min(text.Length, start + dropped)..];
    }

    private static void Check(string text)
    {
        CheckTiles(text);
        var end = 0;
        foreach (var statement in SqlScript.Parse(text).Statements)
        {
            Assert.True(statement.Span.Start >= end && statement.Span.Length > 0 && statement.Span.End <= text.Length);
            end = statement.Span.End;
            foreach (var token in new[] { statement.Table, statement.Schema, statement.SavepointName, statement.AttachedFile, statement.Pragma?.Name, statement.Pragma?.Schema, statement.Pragma?.Value })
            {
                Assert.True(token is null || statement.Span.Contains(token.Span));
            }
        }
    }

    /// <summary>Every character belongs to exactly one token.</summary>
    private static void CheckTiles(string text)
    {
        var tokenizer = new SqlTokenizer(text);
        var end = 0;
        while (tokenizer.Read() && tokenizer.Current.Start == end && tokenizer.Current.Length > 0)
        {
            end = tokenizer.Current.End;
        }

        Assert.Equal(text.Length, end);
    }
}
