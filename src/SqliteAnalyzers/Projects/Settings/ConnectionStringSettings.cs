using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Projects;

/// <summary>The settings that one connection string writes.</summary>
/// <param name="text">The connection string, with holes for what is not known.</param>
/// <param name="pairs">What it consists of.</param>
/// <param name="keywords">Those that the referenced version knows.</param>
/// <param name="locationOf">Where characters of the text stand.</param>
/// <param name="isWrittenAsIs">Whether characters stand next to each other, one to one.</param>
internal sealed class ConnectionStringSettings(
    string text, ImmutableArray<ConnectionStringPair> pairs, SqliteKeywords keywords, Func<TextSpan, Location> locationOf, Func<TextSpan, bool> isWrittenAsIs)
{
    private const string SharedCacheOfUri = "cache=shared";

    public ImmutableArray<ConnectionSetting> Read()
    {
        var settings = ImmutableArray.CreateBuilder<ConnectionSetting>();
        for (var i = 0; i < pairs.Length; i++)
        {
            var pair = pairs[i];
            if (pair is not { Keyword: { } keyword, Value: not null } || keyword.IndexOf(Sql.SqlSource.Hole) >= 0)
            {
                continue;
            }

            var name = keywords.NameOf(keyword);
            settings.Add(new(SettingForm.Text, keyword, name, pair.Value, locationOf(pair.KeywordSpan), locationOf(pair.ValueSpan))
            {
                IsEffective = IsLast(i, name ?? keyword),
                IsWrittenAsIs = isWrittenAsIs(pair.KeywordSpan),
                Whole = LocationIfWritten(RemovalOf(pair)),
                Written = LocationIfWritten(pair.Span),
            });
            if (name == SqliteKeywords.DataSource && SharedCacheIn(pair) is { } shared)
            {
                settings.Add(shared with { IsEffective = IsLast(i, name) });
            }
        }

        return settings.ToImmutable();
    }

    /// <summary>The value of a keyword, of which the last counts; null where it is not written.</summary>
    public ConnectionStringPair? Find(string name) =>
        pairs.LastOrDefault(pair => pair.Keyword is { } keyword && keywords.NameOf(keyword) == name) is { Value: not null } last ? last : null;

    private bool IsLast(int index, string name)
    {
        for (var i = index + 1; i < pairs.Length; i++)
        {
            if (pairs[i].Keyword is { } later && string.Equals(keywords.NameOf(later) ?? later, name, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary><c>Data Source=file:app.db?cache=shared</c>, as https://sqlite.org/uri.html has it.</summary>
    private ConnectionSetting? SharedCacheIn(ConnectionStringPair pair)
    {
        var value = text.Substring(pair.ValueSpan.Start, pair.ValueSpan.Length);
        var query = value.IndexOf('?');
        var start = query < 0 || !value.TrimStart('"', '\'').StartsWith("file:", StringComparison.Ordinal) ? -1 : value.IndexOf(SharedCacheOfUri, query, StringComparison.Ordinal);
        var end = start + SharedCacheOfUri.Length;
        if (start < 0 || value[start - 1] is not ('?' or '&') || (end < value.Length && value[end] is not ('&' or '#' or '"' or '\'')))
        {
            return null;
        }

        var keyword = new TextSpan(pair.ValueSpan.Start + start, "cache".Length);
        var shared = TextSpan.FromBounds(keyword.End + 1, pair.ValueSpan.Start + end);
        var removal = end < value.Length && value[end] == '&'
            ? TextSpan.FromBounds(keyword.Start, shared.End + 1)
            : TextSpan.FromBounds(keyword.Start - 1, shared.End);
        return new(SettingForm.Text, "cache", SqliteKeywords.Cache, "shared", locationOf(keyword), locationOf(shared)) { Whole = LocationIfWritten(removal) };
    }

    /// <summary>A pair with the semicolon that parts it from the one before; of the first, with the one behind it.</summary>
    private TextSpan RemovalOf(ConnectionStringPair pair)
    {
        var (start, end) = (pair.Span.Start, pair.Span.End);
        for (var i = start - 1; i >= 0 && (text[i] == ';' || char.IsWhiteSpace(text[i])); i--)
        {
            start = text[i] == ';' ? i : start;
        }

        if (start < pair.Span.Start)
        {
            return TextSpan.FromBounds(start, end);
        }

        while (end < text.Length && char.IsWhiteSpace(text[end]))
        {
            end++;
        }

        for (var isFirst = true; end < text.Length && (isFirst ? text[end] == ';' : char.IsWhiteSpace(text[end])); isFirst = false)
        {
            end++;
        }

        return TextSpan.FromBounds(start, end);
    }

    private Location? LocationIfWritten(TextSpan span) => isWrittenAsIs(span) ? locationOf(span) : null;
}
