using System.Collections.Generic;
using System.Collections.Immutable;

namespace SqliteAnalyzers.Sql;

/// <summary>The statements of an SQL text, in their order. Empty statements and comments are left out.</summary>
internal sealed class SqlScript
{
    private SqlScript(ImmutableArray<SqlStatement> statements) => Statements = statements;

    public ImmutableArray<SqlStatement> Statements { get; }

    /// <summary>Never throws, whatever the text is; takes time in proportion to its length.</summary>
    public static SqlScript Parse(string text)
    {
        var statements = ImmutableArray.CreateBuilder<SqlStatement>();
        var lexemes = new List<Lexeme>();
        var splitter = new SqlStatementSplitter(text);
        while (splitter.Read(lexemes))
        {
            statements.Add(new SqlStatementParser(text, lexemes).Parse());
        }

        return new SqlScript(statements.ToImmutable());
    }
}
