using CsCheck;
using SqliteAnalyzers.Sql;
using Xunit;

namespace SqliteAnalyzers.Tests.Sql;

/// <summary>SQLite says which characters make no token.</summary>
public sealed class TokenizerOracleTests
{
    private const string Unrecognized = "unrecognized token: \"";

    private static readonly Gen<string> Pieces = Gen.OneOfConst(
        "1", "12", "0x", "0x1g", "1e", "1e5", "1e+5", "1.5.2", "1_0", "1__0", "_1", ".5", ".", "30s", "5ms", "abc", "é", "\U0001F600", "x'", "x'0'", "x'00'", "X'zz'", "'", "''", "\"", "[", "]", "`",
        "?", "?1", "?a", ":", ":a", "@", "@a", "$a", "$a::b", "$a(", "$a(b)", "@a(b c)", "#", "#1", "!", "!=", "=", "==", "<>", "<<", "||", "|", "&", "~", "^", "\\", "{", "}", "->", "->>", "-", "--", "/", "/*", "*/", "(", ")", ",", ";", "+", "%",
        " ", "\n", "\t", "\v", "\f", "\u0001", "\u007F", "\u00A0", "\uFEFF", "NULL", "AS", "SELECT");

    private static readonly Gen<string> Texts = Pieces.Array[0, 8].Select(pieces => "SELECT " + string.Concat(pieces));

    [Fact]
    public void Invalid_tokens_are_those_that_SQLite_does_not_recognize()
    {
        using var engine = Engine.InMemory();

        Texts.Sample(
            text =>
            {
                var error = engine.Prepare(text).Error;
                var invalid = FirstInvalid(text, out var firstStatementEnd);
                if (error is null)
                {
                    Assert.True(invalid is null || invalid.Value.Start >= firstStatementEnd, text);
                }
                else if (error.StartsWith(Unrecognized, StringComparison.Ordinal))
                {
                    Assert.NotNull(invalid);
                    var expected = text.Substring(invalid.Value.Start, invalid.Value.Length);

                    // SQLite has moved the digits of a number by the time it finds a misplaced separator.
                    Assert.True(expected.Contains('_') || expected == error[Unrecognized.Length..^1], text);
                }
            },
            iter: 50_000,
            threads: 1);
    }

    private static Lexeme? FirstInvalid(string text, out int firstStatementEnd)
    {
        firstStatementEnd = text.Length;
        var tokenizer = new SqlTokenizer(text);
        while (tokenizer.Read())
        {
            if (tokenizer.Current.Kind == SqlTokenKind.Invalid)
            {
                return tokenizer.Current;
            }

            if (text[tokenizer.Current.Start] == ';')
            {
                firstStatementEnd = Math.Min(firstStatementEnd, tokenizer.Current.Start);
            }
        }

        return null;
    }
}
