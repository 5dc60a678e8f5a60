using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Rules;

/// <summary>A rule about a word of PRAGMA statements that SQLite does not know, and passes over without an error.</summary>
internal abstract class PragmaWordRule : TextRule
{
    public sealed override IEnumerable<Diagnostic> Analyze(SqlSource text) =>
        from statement in text.Text.IndexOf("PRAGMA", StringComparison.OrdinalIgnoreCase) < 0 ? Enumerable.Empty<SqlStatement>() : text.Script.Statements
        let word = statement.Pragma is { } pragma ? UnknownWord(pragma) : null
        where word is not null
        select ToDiagnostic(text, word);

    /// <summary>The word that SQLite does not know, or null.</summary>
    protected abstract SqlToken? UnknownWord(SqlPragma pragma);

    /// <summary>The word that was probably meant, or null.</summary>
    protected abstract string? NearestTo(string word);

    private Diagnostic ToDiagnostic(SqlSource text, SqlToken word)
    {
        var nearest = NearestTo(word.Text);
        var properties = text.IsWrittenAsIs(word.Span)
            ? ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Replacement, nearest)
            : ImmutableDictionary<string, string?>.Empty;
        return Diagnostic.Create(Descriptor, text.GetLocation(word.Span), properties, word.Text, nearest is null ? "" : $"; did you mean '{nearest}'?");
    }
}
