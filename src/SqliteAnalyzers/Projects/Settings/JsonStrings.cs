using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SqliteAnalyzers.Projects;

/// <summary>
/// Reads the strings of a JSON file, with comments and trailing commas as Microsoft.Extensions.Configuration.Json takes them, and where
/// each of their characters stands.
/// </summary>
/// <remarks>
/// System.Text.Json is no part of netstandard2.0, and which version of it a compiler's host has, if any, nobody promises: an analyzer that
/// brings its own, or needs another, fails to load. It also does not say where the characters of a string stand.
/// </remarks>
internal sealed class JsonStrings
{
    private const int MaxDepth = 64;

    private static readonly Regex s_word = new(
        @"^(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private readonly string _json;
    private readonly ImmutableArray<JsonString>.Builder _strings = ImmutableArray.CreateBuilder<JsonString>();
    private int _position;

    private JsonStrings(string json) => _json = json;

    /// <summary>Those that are values, in the order of the file; none of a file that is broken.</summary>
    public static ImmutableArray<JsonString> In(string json)
    {
        var reader = new JsonStrings(json);
        return reader.ReadValue("", MaxDepth) && reader.SkipTrivia() && reader.IsAtEnd ? reader._strings.ToImmutable() : ImmutableArray<JsonString>.Empty;
    }

    private bool IsAtEnd => _position >= _json.Length;

    private bool IsAt(char character) => !IsAtEnd && _json[_position] == character;

    private bool Take(char character)
    {
        var isThere = IsAt(character);
        _position += isThere ? 1 : 0;
        return isThere;
    }

    private bool ReadValue(string path, int depth)
    {
        if (!SkipTrivia() || IsAtEnd || depth == 0)
        {
            return false;
        }

        switch (_json[_position])
        {
            case '{':
                return ReadList('}', _ => ReadProperty(path, depth));
            case '[':
                return ReadList(']', index => ReadValue(Join(path, index.ToString(CultureInfo.InvariantCulture)), depth - 1));
            case '"':
                if (ReadString() is not { } value)
                {
                    return false;
                }

                _strings.Add(value with { Path = path });
                return true;
            default:
                return ReadWord();
        }
    }

    /// <summary>What stands between braces or brackets, with commas between, and one behind the last if need be.</summary>
    private bool ReadList(char end, Func<int, bool> readItem)
    {
        _position++;
        for (var index = 0; ; index++)
        {
            if (!SkipTrivia())
            {
                return false;
            }

            if (Take(end))
            {
                return true;
            }

            if (!readItem(index) || !SkipTrivia())
            {
                return false;
            }

            if (!Take(','))
            {
                return Take(end);
            }
        }
    }

    private bool ReadProperty(string path, int depth) =>
        IsAt('"') && ReadString() is { } name && SkipTrivia() && Take(':') && ReadValue(Join(path, name.Text), depth - 1);

    /// <summary>A number, true, false or null.</summary>
    private bool ReadWord()
    {
        var start = _position;
        while (!IsAtEnd && (char.IsLetterOrDigit(_json[_position]) || _json[_position] is '+' or '-' or '.'))
        {
            _position++;
        }

        return s_word.IsMatch(_json.Substring(start, _position - start));
    }

    private JsonString? ReadString()
    {
        var text = new StringBuilder();
        var starts = ImmutableArray.CreateBuilder<int>();
        for (_position++; !IsAtEnd && _json[_position] >= ' '; _position++)
        {
            starts.Add(_position);
            switch (_json[_position])
            {
                case '"':
                    _position++;
                    return new("", text.ToString(), starts.ToImmutable());
                case '\\' when ReadEscape() is { } escaped:
                    text.Append(escaped);
                    break;
                case '\\':
                    return null;
                case var character:
                    text.Append(character);
                    break;
            }
        }

        return null;
    }

    /// <summary>The character that an escape stands for; its last character is the current one then.</summary>
    private char? ReadEscape()
    {
        if (++_position >= _json.Length)
        {
            return null;
        }

        var letter = _json[_position];
        if (letter == 'u')
        {
            if (_position + 4 >= _json.Length || !ushort.TryParse(_json.Substring(_position + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                return null;
            }

            _position += 4;
            return (char)code;
        }

        return letter switch
        {
            '"' or '\\' or '/' => letter,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => null,
        };
    }

    /// <summary>False at a comment that does not end.</summary>
    private bool SkipTrivia()
    {
        while (!IsAtEnd)
        {
            if (_json[_position] is ' ' or '\t' or '\r' or '\n')
            {
                _position++;
            }
            else if (_json[_position] == '/')
            {
                var isBlock = _position + 1 < _json.Length && _json[_position + 1] == '*';
                var isLine = _position + 1 < _json.Length && _json[_position + 1] == '/';
                var end = isBlock ? _json.IndexOf("*/", _position + 2, StringComparison.Ordinal) : isLine ? _json.IndexOfAny(['\r', '\n'], _position) : -1;
                if (end < 0 && !isLine)
                {
                    return false;
                }

                _position = isBlock ? end + 2 : end < 0 ? _json.Length : end;
            }
            else
            {
                return true;
            }
        }

        return true;
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}:{name}";
}
