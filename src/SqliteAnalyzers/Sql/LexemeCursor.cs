using System.Collections.Generic;

namespace SqliteAnalyzers.Sql;

/// <summary>Walks over the significant tokens of one statement.</summary>
internal struct LexemeCursor(string text, List<Lexeme> lexemes)
{
    private int _index;

    public readonly bool IsAtEnd => _index >= lexemes.Count;

    public readonly bool IsAtHole => !IsAtEnd && Current.Kind == SqlTokenKind.Hole;

    public readonly Lexeme Current => lexemes[_index];

    public void Skip() => _index++;

    public readonly bool IsAt(string word) => !IsAtEnd && Current.IsWord(text, word);

    public readonly bool IsAt(char punctuation) => !IsAtEnd && Current.Kind == SqlTokenKind.Punctuation && text[Current.Start] == punctuation;

    public bool Take(string word)
    {
        var taken = IsAt(word);
        _index += taken ? 1 : 0;
        return taken;
    }

    public bool Take(char punctuation)
    {
        var taken = IsAt(punctuation);
        _index += taken ? 1 : 0;
        return taken;
    }

    /// <summary>Takes an optional word for which a hole may stand.</summary>
    public bool TakeOrHole(string word)
    {
        if (Take(word))
        {
            return true;
        }

        SkipHoles();
        return Take(word);
    }

    public void SkipHoles()
    {
        while (IsAtHole)
        {
            Skip();
        }
    }

    /// <summary>Moves on to this word outside parentheses, or to the end.</summary>
    public bool SkipTo(string word)
    {
        for (var depth = 0; !IsAtEnd; Skip())
        {
            if (depth == 0 && IsAt(word))
            {
                return true;
            }

            depth += IsAt('(') ? 1 : IsAt(')') ? -1 : 0;
        }

        return false;
    }

    /// <summary>A name, quoted or not; SQLite takes a text in its place as well.</summary>
    public SqlToken? TakeName() =>
        !IsAtEnd && Current.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName or SqlTokenKind.String or SqlTokenKind.Hole ? TakeToken() : null;

    /// <summary><c>name</c> or <c>schema.name</c>.</summary>
    public (SqlToken? Schema, SqlToken? Name) TakeQualifiedName()
    {
        var name = TakeName();
        return name is not null && Take('.') ? (name, TakeName()) : (null, name);
    }

    public SqlToken TakeToken()
    {
        var token = LexemeText.ToToken(text, Current);
        Skip();
        return token;
    }
}
