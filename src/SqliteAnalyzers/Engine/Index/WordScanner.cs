using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>
/// Reads the words of a piece of source text, those in strings too, without making tokens or nodes of it: a program has a thousand
/// times as many of these as an analysis looks at.
/// </summary>
/// <remarks>
/// Of comments only those that have a line of their own are left out: whether another is one could only be told by making tokens. A
/// line of a longer string that begins like a comment is left out too; in SQL it would be none.
/// </remarks>
internal sealed class WordScanner
{
    private const ulong HashBasis = 14695981039346656037;

    private const ulong HashPrime = 1099511628211;

    [ThreadStatic]
    private static WordScanner? s_current;

    private readonly HashSet<int> _names = [];
    private char[] _text = [];
    private int _length;

    private WordScanner()
    {
    }

    /// <summary>The scanner of this thread, with the text loaded.</summary>
    public static WordScanner Load(SourceText text)
    {
        var scanner = s_current ??= new();
        scanner._length = text.Length;
        if (scanner._text.Length < text.Length)
        {
            scanner._text = new char[Math.Max(text.Length, 4096)];
        }

        text.CopyTo(0, scanner._text, 0, text.Length);
        return scanner;
    }

    /// <summary>What the words of a piece of text say.</summary>
    /// <param name="Names">The hashes of all words, sorted, each once.</param>
    /// <param name="Words">The words that the sieve knows.</param>
    public readonly record struct Scan(int[] Names, Words Words);

    /// <param name="span">The text.</param>
    /// <param name="sieve">The words to tell of.</param>
    public Scan Read(TextSpan span, WordSieve sieve)
    {
        _names.Clear();
        var words = Words.None;
        var previous = 0;
        var end = Math.Min(span.End, _length);
        for (var i = span.Start; i < end;)
        {
            var character = _text[i];
            if (!IsStart(character))
            {
                i += character == '\\' ? LengthOfEscape(i, end) : character == '/' && IsLineOfComment(i, end) ? LengthOfLine(i, end) : 1;
                continue;
            }

            var (name, word) = (NameHash.Basis, NameHash.Basis);
            var start = i;
            for (; i < end && IsPart(_text[i]); i++)
            {
                name = NameHash.Add(name, _text[i]);
                word = NameHash.Add(word, ToLower(_text[i]));
            }

            _names.Add(name);
            words |= sieve.Of(word);
            if (sieve.IsType(name))
            {
                words |= sieve.OfType(name, IsTypeMention(start, i, end));
            }

            if (sieve.IsPair(previous, word))
            {
                words |= sieve.OfPair(previous, word);
            }

            previous = word;
        }

        var names = new int[_names.Count];
        _names.CopyTo(names);
        Array.Sort(names);
        return new(names, words);
    }

    /// <summary>What the words mean with which the statements of a text begin that the program has at run time: those that follow the start of it, a line's, a semicolon or a comment.</summary>
    public static Words StatementWordsIn(string text, WordSieve sieve)
    {
        var words = Words.None;
        var begins = true;
        for (var i = 0; i < text.Length; i++)
        {
            var (start, word) = (i, NameHash.Basis);
            for (; i < text.Length && IsPart(text[i]); i++)
            {
                word = NameHash.Add(word, ToLower(text[i]));
            }

            words |= begins && i > start ? sieve.Of(word) : Words.None;
            begins = i < text.Length && (text[i] is ';' or '\n' or '\r' or '/' || (begins && i == start && char.IsWhiteSpace(text[i])));
        }

        return words;
    }

    /// <summary>A hash of the characters as they stand.</summary>
    public ulong HashOf(TextSpan span, ulong hash = HashBasis)
    {
        var end = Math.Min(span.End, _length);
        for (var i = span.Start; i < end; i++)
        {
            hash = (hash ^ _text[i]) * HashPrime;
        }

        return hash;
    }

    /// <summary>A hash of the characters without white space.</summary>
    public ulong HashWithoutSpace(TextSpan span, ulong hash)
    {
        var end = Math.Min(span.End, _length);
        for (var i = span.Start; i < end; i++)
        {
            if (!char.IsWhiteSpace(_text[i]))
            {
                hash = (hash ^ _text[i]) * HashPrime;
            }
        }

        return hash;
    }

    private bool IsLineOfComment(int start, int end)
    {
        if (start + 1 >= end || _text[start + 1] != '/')
        {
            return false;
        }

        var before = start - 1;
        while (before >= 0 && _text[before] is (' ' or '\t'))
        {
            before--;
        }

        return before < 0 || _text[before] is '\n' or '\r';
    }

    private int LengthOfLine(int start, int end)
    {
        var length = 1;
        while (start + length < end && _text[start + length] is not ('\n' or '\r'))
        {
            length++;
        }

        return length;
    }

    /// <summary>The characters of an escape sequence, which are no part of the word after it: <c>"\nPRAGMA"</c> says PRAGMA.</summary>
    private int LengthOfEscape(int start, int end)
    {
        var digits = start + 1 >= end ? 0 : _text[start + 1] switch { 'u' => 4, 'U' => 8, 'x' => 4, _ => 0 };
        var length = 2;
        while (length < digits + 2 && start + length < end && Uri.IsHexDigit(_text[start + length]))
        {
            length++;
        }

        return length;
    }

    /// <summary>Whether the word can stand for a type, with the names of namespaces before it or none, and is not the name of a method that is declared or called here.</summary>
    private bool IsTypeMention(int start, int wordEnd, int end)
    {
        var next = wordEnd;
        while (next < end && char.IsWhiteSpace(_text[next]))
        {
            next++;
        }

        if (next >= end || _text[next] != '(')
        {
            return true;
        }

        var before = BeforeSpace(start - 1);
        while (before >= 0 && _text[before] is '.' or ':')
        {
            before = BeforeSpace(before - 1);
            while (before >= 0 && (IsPart(_text[before]) || _text[before] == ':'))
            {
                before--;
            }

            start = before + 1;
            before = BeforeSpace(before);
        }

        return before >= 2 && _text[before] == 'w' && _text[before - 1] == 'e' && _text[before - 2] == 'n' && before < start - 1;
    }

    private int BeforeSpace(int end)
    {
        while (end >= 0 && char.IsWhiteSpace(_text[end]))
        {
            end--;
        }

        return end;
    }

    private static bool IsStart(char character) => character is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or '_' || (character > 127 && char.IsLetter(character));

    private static bool IsPart(char character) => IsStart(character) || character is >= '0' and <= '9' || (character > 127 && char.IsLetterOrDigit(character));

    private static char ToLower(char character) => character is >= 'A' and <= 'Z' ? (char)(character | 0x20) : character;
}
