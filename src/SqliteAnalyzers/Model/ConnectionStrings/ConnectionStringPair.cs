using Microsoft.CodeAnalysis.Text;

namespace SqliteAnalyzers.Model;

/// <summary>One keyword of a connection string with its value, and where both stand in it.</summary>
/// <param name="Keyword">As it is written, but for doubled signs; null where an unknown part stands that may hold any number of pairs.</param>
/// <param name="KeywordSpan">Without white space around it.</param>
/// <param name="Value">Without quotes; null where there is none, which takes the keyword back.</param>
/// <param name="ValueSpan">With its quotes.</param>
internal sealed record ConnectionStringPair(string? Keyword, TextSpan KeywordSpan, string? Value, TextSpan ValueSpan)
{
    public TextSpan Span => TextSpan.FromBounds(KeywordSpan.Start, Math.Max(KeywordSpan.End, ValueSpan.End));
}
