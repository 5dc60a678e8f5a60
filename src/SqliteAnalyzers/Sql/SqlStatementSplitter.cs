using System;
using System.Collections.Generic;

namespace SqliteAnalyzers.Sql;

/// <summary>
/// Cuts a script at its semicolons, but not at those inside the body of <c>CREATE TRIGGER … BEGIN … END</c>.
/// </summary>
internal struct SqlStatementSplitter(string text)
{
    private SqlTokenizer _tokenizer = new(text);

    /// <summary>Reads the significant tokens of the next statement that has any, without its semicolon.</summary>
    public bool Read(List<Lexeme> lexemes)
    {
        lexemes.Clear();
        var trigger = new TriggerBody(text);
        while (_tokenizer.Read())
        {
            var lexeme = _tokenizer.Current;
            if (!lexeme.IsSignificant)
            {
                continue;
            }

            var isSemicolon = lexeme.Kind == SqlTokenKind.Punctuation && text[lexeme.Start] == ';';
            if (isSemicolon && !trigger.IsOpen)
            {
                if (lexemes.Count > 0)
                {
                    return true;
                }

                continue;
            }

            trigger.See(lexeme, isSemicolon);
            lexemes.Add(lexeme);
        }

        return lexemes.Count > 0;
    }

    /// <summary>Follows a statement to know whether it is inside the body of a trigger.</summary>
    private struct TriggerBody(string text)
    {
        private State _state;
        private int _openCases;
        private bool _isAfterSemicolon;
        private bool _isAfterHole;

        private enum State
        {
            Start,
            AfterExplain,
            AfterCreate,
            Header,
            Body,
            Other,
        }

        public readonly bool IsOpen => _state == State.Body;

        public void See(Lexeme lexeme, bool isSemicolon)
        {
            _state = _state switch
            {
                State.Start or State.AfterExplain when Is(lexeme, "CREATE") => State.AfterCreate,
                State.Start when Is(lexeme, "EXPLAIN") => State.AfterExplain,
                State.AfterExplain when Is(lexeme, "QUERY") || Is(lexeme, "PLAN") => State.AfterExplain,
                State.AfterCreate when Is(lexeme, "TEMP") || Is(lexeme, "TEMPORARY") || lexeme.Kind == SqlTokenKind.Hole => State.AfterCreate,
                State.AfterCreate when Is(lexeme, "TRIGGER") => State.Header,
                State.Header when Is(lexeme, "BEGIN") => State.Body,
                State.Header => State.Header,
                State.Body when EndsBody(lexeme) => State.Other,
                State.Body => State.Body,
                _ => State.Other,
            };
            _isAfterSemicolon = isSemicolon;
            _isAfterHole = lexeme.Kind == SqlTokenKind.Hole;
        }

        /// <summary>
        /// Every statement of the body ends with a semicolon, and no CASE … END holds one: the END after a semicolon is the body's.
        /// A hole may be all the statements, semicolon included.
        /// </summary>
        private bool EndsBody(Lexeme lexeme)
        {
            if (Is(lexeme, "CASE"))
            {
                _openCases++;
                return false;
            }

            if (!Is(lexeme, "END"))
            {
                return false;
            }

            if (_isAfterSemicolon || (_isAfterHole && _openCases == 0))
            {
                return true;
            }

            _openCases = Math.Max(0, _openCases - 1);
            return false;
        }

        private readonly bool Is(Lexeme lexeme, string word) => lexeme.IsWord(text, word);
    }
}
