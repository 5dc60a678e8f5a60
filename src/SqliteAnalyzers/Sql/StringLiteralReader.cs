using System;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace SqliteAnalyzers.Sql;

/// <summary>Reads a C# string literal character by character, to know where each one stands.</summary>
internal static class StringLiteralReader
{
    /// <summary>Adds the text of a string literal or of the text between two holes; false for other nodes.</summary>
    public static bool TryRead(SyntaxNode literal, SqlSourceBuilder builder)
    {
        switch (literal)
        {
            case LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } expression:
                Read(expression.Token, builder);
                return true;
            case InterpolatedStringTextSyntax { Parent: InterpolatedStringExpressionSyntax parent } text:
                Read(text, parent, builder);
                return true;
            default:
                return false;
        }
    }

    private static void Read(SyntaxToken token, SqlSourceBuilder builder)
    {
        var text = token.Text;
        var piece = new Piece(token, token.ValueText, builder);
        switch (token.Kind())
        {
            case SyntaxKind.StringLiteralToken when text.StartsWith("@\"", StringComparison.Ordinal) && text.Length >= 3:
                piece.ReadVerbatim(2, text.Length - 1, isInterpolated: false);
                break;
            case SyntaxKind.StringLiteralToken when text.Length >= 2:
                piece.ReadRegular(1, text.Length - 1, isInterpolated: false);
                break;
            case SyntaxKind.SingleLineRawStringLiteralToken when CountQuotes(text) is var quotes && text.Length >= 2 * quotes:
                piece.ReadAsIs(quotes, text.Length - quotes);
                break;
            case SyntaxKind.MultiLineRawStringLiteralToken when CountQuotes(text) is var quotes && text.IndexOf('\n') is > 0 and var firstLine:
                var indentation = Indentation(text, text.Length - quotes);
                var end = LineEndBefore(text, text.Length - quotes - indentation.Length);
                piece.ReadLines(firstLine + 1, end, indentation, startsLine: true);
                break;
        }

        piece.Finish();
    }

    private static void Read(InterpolatedStringTextSyntax text, InterpolatedStringExpressionSyntax parent, SqlSourceBuilder builder)
    {
        var token = text.TextToken;
        var start = parent.StringStartToken.Kind();
        var isRaw = start is SyntaxKind.InterpolatedSingleLineRawStringStartToken or SyntaxKind.InterpolatedMultiLineRawStringStartToken;
        var piece = new Piece(token, isRaw ? token.ValueText : token.ValueText.Replace("{{", "{").Replace("}}", "}"), builder);
        switch (start)
        {
            case SyntaxKind.InterpolatedStringStartToken:
                piece.ReadRegular(0, token.Text.Length, isInterpolated: true);
                break;
            case SyntaxKind.InterpolatedVerbatimStringStartToken:
                piece.ReadVerbatim(0, token.Text.Length, isInterpolated: true);
                break;
            case SyntaxKind.InterpolatedSingleLineRawStringStartToken:
                piece.ReadAsIs(0, token.Text.Length);
                break;
            case SyntaxKind.InterpolatedMultiLineRawStringStartToken:
                var end = parent.StringEndToken.Text;
                var indentation = Indentation(end, end.IndexOf('"') is >= 0 and var quote ? quote : end.Length);
                piece.ReadLines(0, token.Text.Length, indentation, startsLine: parent.Contents[0] == text);
                break;
        }

        piece.Finish();
    }

    private static int CountQuotes(string text)
    {
        var count = 0;
        while (count < text.Length && text[count] == '"')
        {
            count++;
        }

        return count;
    }

    /// <summary>The white space between the start of the line and this place.</summary>
    private static string Indentation(string text, int end)
    {
        var start = Math.Max(0, end);
        while (start > 0 && text[start - 1] is not ('\r' or '\n') && char.IsWhiteSpace(text[start - 1]))
        {
            start--;
        }

        return text.Substring(start, Math.Max(0, end) - start);
    }

    /// <summary>Where the line that ends just before this place ends, without its line break.</summary>
    private static int LineEndBefore(string text, int position)
    {
        var end = position > 0 && text[position - 1] == '\n' ? position - 1 : position;
        return end > 0 && text[end - 1] == '\r' ? end - 1 : end;
    }

    /// <summary>One token, read into the builder. Where the reading does not give the value that the compiler gives, as in half-typed code, the token stands for it as a whole.</summary>
    private readonly struct Piece(SyntaxToken token, string value, SqlSourceBuilder builder)
    {
        private readonly string _text = token.Text;
        private readonly int _start = builder.Length;

        public void Finish()
        {
            if (builder.TextFrom(_start) != value)
            {
                builder.CutTo(_start);
                builder.Add(value, token.SyntaxTree!, token.Span);
            }
        }

        public void ReadAsIs(int start, int end) => AddExact(start, end);

        public void ReadVerbatim(int start, int end, bool isInterpolated)
        {
            var position = start;
            for (var i = start; i < end; i++)
            {
                if ((_text[i] == '"' || (isInterpolated && _text[i] is '{' or '}')) && i + 1 < end && _text[i + 1] == _text[i])
                {
                    AddExact(position, i);
                    AddEscape(_text[i].ToString(), i, 2);
                    position = ++i + 1;
                }
            }

            AddExact(position, end);
        }

        public void ReadRegular(int start, int end, bool isInterpolated)
        {
            var position = start;
            for (var i = start; i < end; i++)
            {
                var isBrace = isInterpolated && _text[i] is '{' or '}' && i + 1 < end && _text[i + 1] == _text[i];
                if (!isBrace && _text[i] != '\\')
                {
                    continue;
                }

                var (value, length) = isBrace ? (_text[i].ToString(), 2) : ReadEscape(i, end);
                AddExact(position, i);
                AddEscape(value, i, length);
                position = i + length;
                i = position - 1;
            }

            AddExact(position, end);
        }

        /// <summary>Lines of a raw literal, without the indentation of its last line.</summary>
        public void ReadLines(int start, int end, string indentation, bool startsLine)
        {
            var position = start;
            var isLineStart = startsLine;
            while (position < end)
            {
                if (isLineStart)
                {
                    position = SkipIndentation(position, end, indentation);
                }

                var lineBreak = _text.IndexOf('\n', position, end - position);
                var lineEnd = lineBreak < 0 ? end : lineBreak + 1;
                AddExact(position, lineEnd);
                position = lineEnd;
                isLineStart = true;
            }
        }

        private int SkipIndentation(int position, int end, string indentation)
        {
            for (var i = 0; i < indentation.Length && position < end && _text[position] == indentation[i]; i++)
            {
                position++;
            }

            return position;
        }

        private (string Value, int Length) ReadEscape(int start, int end)
        {
            var letter = start + 1 < end ? _text[start + 1] : '\\';
            return letter switch
            {
                '0' => ("\0", 2),
                'a' => ("\a", 2),
                'b' => ("\b", 2),
                'e' => ("\u001B", 2),
                'f' => ("\f", 2),
                'n' => ("\n", 2),
                'r' => ("\r", 2),
                't' => ("\t", 2),
                'v' => ("\v", 2),
                'u' => ReadCodePoint(start, end, fewestDigits: 4, mostDigits: 4),
                'U' => ReadCodePoint(start, end, fewestDigits: 8, mostDigits: 8),
                'x' => ReadCodePoint(start, end, fewestDigits: 1, mostDigits: 4),
                _ => (letter.ToString(), 2),
            };
        }

        private (string Value, int Length) ReadCodePoint(int start, int end, int fewestDigits, int mostDigits)
        {
            var digits = start + 2;
            var digitsEnd = digits;
            while (digitsEnd < end && digitsEnd - digits < mostDigits && Uri.IsHexDigit(_text[digitsEnd]))
            {
                digitsEnd++;
            }

            var isCodePoint = int.TryParse(_text.Substring(digits, digitsEnd - digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                && digitsEnd - digits >= fewestDigits
                && code is >= 0 and <= 0x10FFFF;
            var value = !isCodePoint ? string.Empty
                : code <= char.MaxValue ? ((char)code).ToString()
                : char.ConvertFromUtf32(code);
            return (value, digitsEnd - start);
        }

        private void AddExact(int start, int end) =>
            builder.AddExact(_text, start, Math.Max(0, end - start), token.SyntaxTree!, token.SpanStart + start);

        private void AddEscape(string value, int start, int length) =>
            builder.Add(value, token.SyntaxTree!, new TextSpan(token.SpanStart + start, length));
    }
}
