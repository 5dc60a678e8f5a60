using System;

namespace SqliteAnalyzers.Sql;

/// <summary>
/// Cuts an SQL text into tokens as SQLite does (https://www.sqlite.org/src/file/src/tokenize.c): every character belongs to exactly one token.
/// </summary>
/// <remarks>
/// Two things differ. Operators come one character at a time, because nothing here depends on them.
/// A hole counts as a letter, so that <c>table_{n}</c> is one word.
/// </remarks>
internal struct SqlTokenizer(string text)
{
    /// <summary>Stands in a text for each part of it that is not known.</summary>
    public const char Hole = '\uFFFC';

    private int _position;

    /// <summary>The token that <see cref="Read"/> found last.</summary>
    public Lexeme Current { get; private set; }

    /// <summary>Moves to the next token; false at the end of the text.</summary>
    public bool Read()
    {
        if (_position >= text.Length)
        {
            return false;
        }

        var start = _position;
        var kind = ReadToken(text[start]);
        Current = new Lexeme(kind, start, _position - start);
        return true;
    }

    private SqlTokenKind ReadToken(char first)
    {
        switch (first)
        {
            case '\uFEFF':
                _position++;
                return SqlTokenKind.Whitespace;

            // A vertical tab goes on with white space, but does not begin it.
            case var space when IsSpace(space) && space != '\v':
                ReadWhile(IsSpace);
                return SqlTokenKind.Whitespace;
            case '-' when Peek(1) == '-':
                ReadWhile(static c => c != '\n');
                return SqlTokenKind.Comment;
            case '/' when Peek(1) == '*':
                var end = text.IndexOf("*/", Math.Min(_position + 2, text.Length), StringComparison.Ordinal);
                _position = end < 0 ? text.Length : end + 2;
                return SqlTokenKind.Comment;
            case '\'':
                return ReadQuoted('\'') ? SqlTokenKind.String : SqlTokenKind.Invalid;
            case '"' or '`':
                return ReadQuoted(first) ? SqlTokenKind.QuotedName : SqlTokenKind.Invalid;
            case '[':
                return ReadTo(']') ? SqlTokenKind.QuotedName : SqlTokenKind.Invalid;
            case 'x' or 'X' when Peek(1) == '\'':
                return ReadBlob();
            case '?':
                _position++;
                ReadWhile(static c => IsDigit(c) || c == Hole);
                return SqlTokenKind.Parameter;
            case ':' or '@' or '$' or '#':
                return ReadParameter();
            case var digit when IsDigit(digit) || (digit == '.' && IsDigit(Peek(1))):
                return ReadNumber();
            case var letter when IsNamePart(letter):
                return ReadWord();
            case '(' or ')' or ',' or ';' or '.' or '+' or '-' or '*' or '/' or '%' or '=' or '<' or '>' or '|' or '&' or '~':
            case '!' when Peek(1) == '=':
                _position++;
                return SqlTokenKind.Punctuation;
            default:
                _position++;
                return SqlTokenKind.Invalid;
        }
    }

    private SqlTokenKind ReadWord()
    {
        var onlyHoles = true;
        do
        {
            onlyHoles &= text[_position] == Hole;
            _position++;
        }
        while (_position < text.Length && IsNamePart(text[_position]));
        return onlyHoles ? SqlTokenKind.Hole : SqlTokenKind.Word;
    }

    /// <summary>Reads up to the closing quote; a doubled one is part of the text.</summary>
    private bool ReadQuoted(char quote)
    {
        _position++;
        while (ReadTo(quote))
        {
            if (Peek(0) != quote)
            {
                return true;
            }

            _position++;
        }

        return false;
    }

    /// <summary>Reads up to and including the next such character, or to the end of the text.</summary>
    private bool ReadTo(char last)
    {
        var index = _position < text.Length ? text.IndexOf(last, _position) : -1;
        _position = index < 0 ? text.Length : index + 1;
        return index >= 0;
    }

    private SqlTokenKind ReadBlob()
    {
        var digits = _position + 2;
        _position = digits;
        ReadWhile(static c => IsHexDigit(c) || c == Hole);
        var evenCount = (_position - digits) % 2 == 0 || text.IndexOf(Hole, digits, _position - digits) >= 0;
        if (Peek(0) == '\'' && evenCount)
        {
            _position++;
            return SqlTokenKind.Blob;
        }

        ReadTo('\'');
        return SqlTokenKind.Invalid;
    }

    /// <summary>A name after its sign; <c>$name::suffix(text)</c> is one parameter too.</summary>
    private SqlTokenKind ReadParameter()
    {
        var hasName = false;
        _position++;
        while (_position < text.Length)
        {
            if (IsNamePart(text[_position]))
            {
                hasName = true;
                _position++;
            }
            else if (text[_position] == ':' && Peek(1) == ':')
            {
                _position += 2;
            }
            else
            {
                break;
            }
        }

        if (hasName && Peek(0) == '(')
        {
            ReadWhile(static c => c != ')' && !IsSpace(c));
            if (Peek(0) != ')')
            {
                return SqlTokenKind.Invalid;
            }

            _position++;
        }

        return hasName ? SqlTokenKind.Parameter : SqlTokenKind.Invalid;
    }

    private SqlTokenKind ReadNumber()
    {
        var start = _position;
        var isHex = text[_position] == '0' && Peek(1) is 'x' or 'X' && IsHexDigit(Peek(2));
        if (isHex)
        {
            _position += 2;
            ReadWhile(static c => IsHexDigit(c) || c is '_' or Hole);
        }
        else
        {
            ReadDigits();
            if (Peek(0) == '.')
            {
                _position++;
                ReadDigits();
            }

            if (Peek(0) is 'e' or 'E' && (IsDigit(Peek(1)) || (Peek(1) is '+' or '-' && IsDigit(Peek(2)))))
            {
                _position += 2;
                ReadDigits();
            }
        }

        if (_position < text.Length && IsNamePart(text[_position]))
        {
            ReadWhile(IsNamePart);
            return SqlTokenKind.Invalid;
        }

        return HasSeparatorsInPlace(start, isHex ? IsHexDigit : IsDigit) ? SqlTokenKind.Number : SqlTokenKind.Invalid;
    }

    /// <summary>Whether each <c>_</c> of the number stands between two digits.</summary>
    private readonly bool HasSeparatorsInPlace(int start, Func<char, bool> isDigit)
    {
        for (var i = start + 1; i < _position; i++)
        {
            if (text[i] == '_' && !(IsDigitOrHole(text[i - 1]) && i + 1 < _position && IsDigitOrHole(text[i + 1])))
            {
                return false;
            }
        }

        return true;

        bool IsDigitOrHole(char c) => isDigit(c) || c == Hole;
    }

    private void ReadDigits() => ReadWhile(static c => IsDigit(c) || c is '_' or Hole);

    private void ReadWhile(Func<char, bool> condition)
    {
        while (_position < text.Length && condition(text[_position]))
        {
            _position++;
        }
    }

    private readonly char Peek(int distance) => _position + distance < text.Length ? text[_position + distance] : '\0';

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\v' or '\f' or '\r';

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    private static bool IsHexDigit(char c) => IsDigit(c) || c is >= 'a' and <= 'f' or >= 'A' and <= 'F';

    /// <summary>SQLite takes everything outside ASCII for a letter.</summary>
    private static bool IsNamePart(char c) => IsDigit(c) || c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or '_' or '$' or >= '\u0080';
}
