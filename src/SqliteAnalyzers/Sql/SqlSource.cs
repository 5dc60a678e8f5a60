using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace SqliteAnalyzers.Sql;

/// <summary>An SQL text as C# code writes it, and where each of its characters stands in that code.</summary>
/// <remarks>Two are equal if the text and the places in the source are.</remarks>
internal sealed class SqlSource : IEquatable<SqlSource>
{
    /// <summary>Stands in <see cref="Text"/> for each part that is not known, like the value of <c>{table}</c>.</summary>
    public const char Hole = SqlTokenizer.Hole;

    private SqlScript? _script;

    internal SqlSource(string text, ImmutableArray<SqlSegment> segments)
    {
        Text = text;
        Segments = segments;
    }

    /// <summary>A text of which nothing is known.</summary>
    public static SqlSource Unknown { get; } = new(Hole.ToString(), ImmutableArray.Create(new SqlSegment(0, 1, null, default, IsExact: false)));

    public string Text { get; }

    /// <summary>Where the characters of the text come from, in their order.</summary>
    internal ImmutableArray<SqlSegment> Segments { get; }

    public bool HasHoles => Text.IndexOf(Hole) >= 0;

    /// <summary>The statements of the text, parsed once, when first asked for.</summary>
    public SqlScript Script => _script ?? Interlocked.CompareExchange(ref _script, SqlScript.Parse(Text), null) ?? _script;

    /// <summary>A string literal of any form, or the text between the holes of an interpolated string; null for other nodes.</summary>
    public static SqlSource? FromLiteral(SyntaxNode literal)
    {
        var builder = new SqlSourceBuilder();
        return StringLiteralReader.TryRead(literal, builder) ? builder.ToSource() : null;
    }

    /// <summary>A text that the compiler knows but that is written elsewhere: a constant, <c>nameof</c>.</summary>
    /// <param name="value">The text.</param>
    /// <param name="where">What stands for all of it in the source.</param>
    public static SqlSource FromConstant(string value, SyntaxNode where)
    {
        var builder = new SqlSourceBuilder();
        builder.Add(value, where);
        return builder.ToSource();
    }

    /// <summary>
    /// The text of an expression: literals, interpolated strings, constants and what <c>+</c> joins of them; a hole for each part that is not known.
    /// Null if no part is.
    /// </summary>
    public static SqlSource? FromExpression(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellationToken) =>
        StringExpressionReader.Read(expression, model, cancellationToken);

    /// <summary>Each text that an expression can make, where it chooses among several by <c>? :</c>, <c>??</c> or <c>switch</c>.</summary>
    public static IEnumerable<SqlSource> AllFromExpression(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellationToken) =>
        StringExpressionReader.ReadAll(expression, model, cancellationToken);

    /// <summary>The text in which each part that is not known is a parameter.</summary>
    public SqlSource WithParameters() => new(Text.Replace(Hole, '?'), Segments);

    /// <summary>Some characters of the text.</summary>
    public SqlSource Part(TextSpan span) => new(Text.Substring(span.Start, span.Length), SegmentsIn(span).ToImmutableArray());

    /// <summary>A text of which nothing is known, in the place of these characters.</summary>
    public SqlSource HoleAt(TextSpan span) => new(Hole.ToString(), SegmentsIn(span).Take(1).Select(segment => segment with { Length = 1, IsExact = false }).ToImmutableArray());

    public SqlSource Concat(SqlSource other) =>
        new(Text + other.Text, Segments.AddRange(other.Segments.Select(segment => segment.MovedBy(Text.Length))));

    /// <summary>
    /// The source of these characters. Where they come from several places of one expression, all from the first to the last;
    /// where the places have no expression in common, the first. Never throws; <see cref="Location.None"/> where the source is not known.
    /// </summary>
    public Location GetLocation(TextSpan spanInText)
    {
        var start = Math.Min(Math.Max(spanInText.Start, 0), Text.Length);
        var end = Math.Min(Math.Max(spanInText.End, start), Text.Length);
        var firstIndex = FindSegment(start);
        if (firstIndex < 0)
        {
            return Location.None;
        }

        var first = Segments[firstIndex];
        var last = end > first.End ? Segments[FindSegment(end - 1)] : first;
        if (first.Tree is null)
        {
            return Location.None;
        }

        var sourceStart = first.SourceStart(start);
        var sourceEnd = last.SourceEnd(end);
        return first != last && sourceEnd > sourceStart && last.Tree == first.Tree && IsOneExpression(first.Tree, TextSpan.FromBounds(sourceStart, sourceEnd))
            ? Location.Create(first.Tree, TextSpan.FromBounds(sourceStart, sourceEnd))
            : Location.Create(first.Tree, TextSpan.FromBounds(sourceStart, Math.Max(sourceStart, first.SourceEnd(Math.Min(end, first.End)))));
    }

    /// <summary>Whether these characters stand next to each other, one to one, in the source, so that a fix can replace just them.</summary>
    public bool IsWrittenAsIs(TextSpan spanInText)
    {
        var index = spanInText.IsEmpty || spanInText.End > Text.Length ? -1 : FindSegment(spanInText.Start);
        return index >= 0 && Segments[index].IsExact && spanInText.End <= Segments[index].End;
    }

    public bool Equals(SqlSource? other) =>
        ReferenceEquals(this, other) || (other is not null && Text == other.Text && Segments.SequenceEqual(other.Segments));

    public override bool Equals(object? obj) => Equals(obj as SqlSource);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);

    public override string ToString() => Text;

    private IEnumerable<SqlSegment> SegmentsIn(TextSpan span) =>
        from segment in Segments
        where segment.End > span.Start && segment.Start < span.End
        select segment.Within(span).MovedBy(-span.Start);

    private static bool IsOneExpression(SyntaxTree tree, TextSpan span) =>
        tree.GetRoot().FindNode(span, getInnermostNodeForTie: true) is ExpressionSyntax or InterpolatedStringContentSyntax;

    /// <summary>The segment of the character at this position, or the last one at the end of the text; negative if there is none.</summary>
    private int FindSegment(int position)
    {
        var low = 0;
        var high = Segments.Length - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = Segments[middle].Start <= position ? (middle, high) : (low, middle - 1);
        }

        return high < 0 ? -1 : low;
    }
}
