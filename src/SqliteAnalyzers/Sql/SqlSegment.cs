using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace SqliteAnalyzers.Sql;

/// <summary>A run of characters of an SQL text, and the C# source that they come from.</summary>
/// <param name="Start">Where the run starts in the SQL text.</param>
/// <param name="Length">How many characters of the SQL text it holds.</param>
/// <param name="Tree">Null where the source is not known.</param>
/// <param name="Source">The source that stands for the whole run.</param>
/// <param name="IsExact">Whether each character is one character of the source; otherwise the run stands for <paramref name="Source"/> as a whole.</param>
internal readonly record struct SqlSegment(int Start, int Length, SyntaxTree? Tree, TextSpan Source, bool IsExact)
{
    public int End => Start + Length;

    public SqlSegment MovedBy(int distance) => this with { Start = Start + distance };

    /// <summary>What of the run lies in this part of the SQL text.</summary>
    public SqlSegment Within(TextSpan span)
    {
        var start = Math.Max(Start, span.Start);
        var length = Math.Min(End, span.End) - start;
        return this with { Start = start, Length = length, Source = IsExact ? new TextSpan(SourceStart(start), length) : Source };
    }

    /// <summary>Where the source of the character at this place of the SQL text starts.</summary>
    public int SourceStart(int position) => IsExact ? Source.Start + position - Start : Source.Start;

    /// <summary>Where the source of the characters before this place of the SQL text ends.</summary>
    public int SourceEnd(int position) => IsExact ? Source.Start + position - Start : Source.End;
}
