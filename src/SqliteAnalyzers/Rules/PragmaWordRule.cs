using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Rules;

/// <summary>A rule about a word of PRAGMA statements that does not do what it says.</summary>
internal abstract class PragmaWordRule : TextRule
{
    public sealed override IEnumerable<Diagnostic> Analyze(SqlSource text, TextPlace place) =>
        from statement in text.Text.IndexOf("PRAGMA", StringComparison.OrdinalIgnoreCase) < 0 ? Enumerable.Empty<SqlStatement>() : text.Script.Statements
        let pragma = statement.Pragma
        let word = pragma is null ? null : WrongWord(pragma)
        where word is not null && Holds(place)
        select ToDiagnostic(text, pragma, word);

    /// <summary>The word that does not do what it says, or null.</summary>
    protected abstract SqlToken? WrongWord(SqlPragma pragma);

    /// <summary>Whether it matters where the text is written.</summary>
    protected virtual bool Holds(TextPlace place) => true;

    /// <summary>The word that was probably meant, or null.</summary>
    protected abstract string? NearestTo(SqlPragma pragma, string word);

    /// <summary>What the message says beside the word.</summary>
    /// <param name="pragma">The statement.</param>
    /// <param name="word">Its word.</param>
    /// <param name="nearest">The word that was probably meant, or null.</param>
    protected virtual IEnumerable<string> Explain(SqlPragma pragma, SqlToken word, string? nearest) => [DidYouMean(nearest)];

    protected static string DidYouMean(string? nearest) => nearest is null ? "" : $"; did you mean '{nearest}'?";

    private Diagnostic ToDiagnostic(SqlSource text, SqlPragma pragma, SqlToken word)
    {
        var nearest = NearestTo(pragma, word.Text);
        var properties = text.IsWrittenAsIs(word.Span)
            ? ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Replacement, nearest is null ? null : SqlName.Spell(nearest))
            : ImmutableDictionary<string, string?>.Empty;
        return Diagnostic.Create(
            Descriptor,
            text.GetLocation(word.Span),
            properties,
            [word.Text, .. Explain(pragma, word, nearest)]);
    }
}
