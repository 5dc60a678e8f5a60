using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Model;

/// <summary>
/// Reads a connection string as <see cref="System.Data.Common.DbConnectionStringBuilder"/> does, and keeps where everything stands.
/// Unknown parts are <see cref="SqlSource.Hole"/>.
/// </summary>
internal sealed class ConnectionStringReader
{
    private readonly string _text;
    private int _position;

    private ConnectionStringReader(string text) => _text = text;

    /// <summary>The pairs in the order in which they are written; null where the builder would refuse the text.</summary>
    public static ImmutableArray<ConnectionStringPair>? Read(string text)
    {
        var reader = new ConnectionStringReader(text);
        var pairs = ImmutableArray.CreateBuilder<ConnectionStringPair>();
        while (reader.SkipToPair())
        {
            if (reader.ReadPair() is not { } pair)
            {
                return null;
            }

            pairs.Add(pair);
        }

        return pairs.ToImmutable();
    }

    private bool IsAtEnd => _position >= _text.Length;

    private char Current => _text[_position];

    private bool SkipToPair()
    {
        while (!IsAtEnd && (Current == ';' || char.IsWhiteSpace(Current)))
        {
            _position++;
        }

        return !IsAtEnd;
    }

    private ConnectionStringPair? ReadPair()
    {
        var start = _position;
        var keyword = new StringBuilder();
        while (true)
        {
            if (IsAtEnd || (Current == ';' && IsHoles(keyword)))
            {
                return IsHoles(keyword) ? new(null, Trimmed(start, _position), null, default) : null;
            }

            if (Current == '=')
            {
                if (_position + 1 >= _text.Length || _text[_position + 1] != '=')
                {
                    break;
                }

                _position++;
            }
            else if (char.IsControl(Current) && !char.IsWhiteSpace(Current))
            {
                return null;
            }

            keyword.Append(Current);
            _position++;
        }

        var name = keyword.ToString().Trim();
        var keywordSpan = Trimmed(start, _position++);
        if (name.Length == 0 || ReadValue() is not { } value)
        {
            return null;
        }

        // What has no value is not kept, so nobody looks at its name.
        return value.Text is not null && name.Any(char.IsControl) ? null : new(name, keywordSpan, value.Text, value.Span);
    }

    /// <summary>Null where it is none; a value without text where there is none.</summary>
    private (string? Text, TextSpan Span)? ReadValue()
    {
        var end = _position;
        while (!IsAtEnd && char.IsWhiteSpace(Current))
        {
            _position++;
        }

        if (IsAtEnd || Current == ';')
        {
            return (null, new(end, 0));
        }

        return Current is '"' or '\'' ? ReadQuoted(Current) : ReadPlain();
    }

    private (string?, TextSpan)? ReadQuoted(char quote)
    {
        var start = _position++;
        var value = new StringBuilder();
        while (!IsAtEnd)
        {
            if (Current == quote)
            {
                if (_position + 1 >= _text.Length || _text[_position + 1] != quote)
                {
                    break;
                }

                _position++;
            }

            value.Append(Current);
            _position++;
        }

        if (IsAtEnd)
        {
            return null;
        }

        var span = TextSpan.FromBounds(start, ++_position);
        while (!IsAtEnd && char.IsWhiteSpace(Current))
        {
            _position++;
        }

        return IsAtEnd || Current == ';' ? (value.ToString(), span) : null;
    }

    private (string?, TextSpan)? ReadPlain()
    {
        var start = _position;
        while (!IsAtEnd && Current != ';' && (char.IsWhiteSpace(Current) || !char.IsControl(Current)))
        {
            _position++;
        }

        var span = Trimmed(start, _position);
        var value = _text.Substring(span.Start, span.Length);
        return value.Length == 0 || value[value.Length - 1] is '"' or '\'' || (!IsAtEnd && Current != ';') ? null : (value, span);
    }

    private static bool IsHoles(StringBuilder text)
    {
        var hasHole = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != SqlSource.Hole && !char.IsWhiteSpace(text[i]))
            {
                return false;
            }

            hasHole |= text[i] == SqlSource.Hole;
        }

        return hasHole;
    }

    private TextSpan Trimmed(int start, int end)
    {
        while (start < end && char.IsWhiteSpace(_text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(_text[end - 1]))
        {
            end--;
        }

        return TextSpan.FromBounds(start, end);
    }
}
