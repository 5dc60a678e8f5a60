using CsCheck;
using SqliteAnalyzers.Sql;
using Xunit;

namespace SqliteAnalyzers.Tests.Sql;

/// <summary>SQLite itself says where each statement of a script ends.</summary>
public sealed class SplittingOracleTests
{
    private static readonly Gen<string> Separators = Gen.OneOfConst("", " ", "\n", ";", "-- a;b\n", "/* ; */", "\t;;\r\n", "\uFEFF", "--\n;");

    private static readonly Gen<string> Scripts = Gen.Select(Gen.OneOfConst(Corpus.Plain), Separators, Separators)
        .Select((statement, before, after) => $"{before}{statement}\n{after};")
        .Array[0, 6]
        .Select(string.Concat);

    [Fact]
    public void Script_is_cut_where_SQLite_cuts_it()
    {
        using var engine = Engine.InMemory();
        engine.Run(Corpus.Schema);

        Scripts.Sample(script => Assert.Equal(CutBySqlite(engine, script), Cut(script)), iter: 2_000, threads: 1);
    }

    private static List<string> Cut(string script) =>
        [.. SqlScript.Parse(script).Statements.Select(statement => script.Substring(statement.Span.Start, statement.Span.Length))];

    private static List<string> CutBySqlite(Engine engine, string script)
    {
        var statements = new List<string>();
        for (var rest = script; ;)
        {
            var prepared = engine.Prepare(rest);
            Assert.Null(prepared.Error);
            if (prepared.IsEmpty)
            {
                return statements;
            }

            statements.Add(WithoutSurroundings(rest[..^prepared.Tail.Length]));
            rest = prepared.Tail;
        }
    }

    /// <summary>From the first token that counts to the last before the semicolon at the end.</summary>
    private static string WithoutSurroundings(string statement)
    {
        var tokenizer = new SqlTokenizer(statement);
        var significant = new List<Lexeme>();
        while (tokenizer.Read())
        {
            if (tokenizer.Current.IsSignificant)
            {
                significant.Add(tokenizer.Current);
            }
        }

        var first = significant.FindIndex(lexeme => statement[lexeme.Start] != ';');
        var last = significant.FindLastIndex(lexeme => statement[lexeme.Start] != ';' || lexeme.End < significant[^1].End);
        return statement[significant[first].Start..significant[last].End];
    }
}
