using System.Collections.Generic;
using System.Globalization;
using Microsoft.CodeAnalysis.Text;

namespace SqliteAnalyzers.Sql;

/// <summary>A part of a format as <c>string.Format</c> takes it (https://learn.microsoft.com/dotnet/standard/base-types/composite-formatting).</summary>
/// <param name="Span">Where its characters stand in the format; of a doubled brace the first.</param>
/// <param name="Argument">Which argument stands there; -1 for text.</param>
/// <param name="IsPlain">Whether the argument stands there as it is, without an alignment or a format of its own.</param>
internal readonly record struct CompositeFormat(TextSpan Span, int Argument, bool IsPlain)
{
    /// <summary>The parts in their order; null for what is no format.</summary>
    public static IReadOnlyList<CompositeFormat>? Read(string format)
    {
        var parts = new List<CompositeFormat>();
        for (var i = 0; i < format.Length;)
        {
            var character = format[i];
            if (character is not ('{' or '}'))
            {
                var end = format.IndexOfAny(['{', '}'], i);
                end = end < 0 ? format.Length : end;
                parts.Add(new(TextSpan.FromBounds(i, end), -1, IsPlain: true));
                i = end;
            }
            else if (i + 1 < format.Length && format[i + 1] == character)
            {
                parts.Add(new(new TextSpan(i, 1), -1, IsPlain: true));
                i += 2;
            }
            else if (format.IndexOf('}', i) is var end && end > i
                && format.Substring(i + 1, end - i - 1) is var item
                && int.TryParse(item.Split(',', ':')[0], NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var argument))
            {
                parts.Add(new(TextSpan.FromBounds(i, end + 1), argument, item.IndexOfAny([',', ':']) < 0));
                i = end + 1;
            }
            else
            {
                return null;
            }
        }

        return parts;
    }
}
