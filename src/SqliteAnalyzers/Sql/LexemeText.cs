using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace SqliteAnalyzers.Sql;

/// <summary>What the characters of a lexeme say.</summary>
internal static class LexemeText
{
    public static bool HasHole(string text, Lexeme lexeme) => text.IndexOf(SqlSource.Hole, lexeme.Start, lexeme.Length) >= 0;

    public static SqlToken ToToken(string text, Lexeme lexeme) =>
        new(Unquote(text, lexeme), new TextSpan(lexeme.Start, lexeme.Length), lexeme.Kind);

    private static string Unquote(string text, Lexeme lexeme)
    {
        if (lexeme.Kind is not (SqlTokenKind.String or SqlTokenKind.QuotedName))
        {
            return text.Substring(lexeme.Start, lexeme.Length);
        }

        var inner = text.Substring(lexeme.Start + 1, lexeme.Length - 2);
        var quote = text[lexeme.Start];
        return quote == '[' || inner.IndexOf(quote) < 0 ? inner : new StringBuilder(inner).Replace(new string(quote, 2), new string(quote, 1)).ToString();
    }
}
