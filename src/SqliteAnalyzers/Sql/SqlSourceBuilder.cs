using System.Collections.Immutable;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace SqliteAnalyzers.Sql;

/// <summary>Puts a text together run by run.</summary>
internal sealed class SqlSourceBuilder
{
    private readonly StringBuilder _text = new();
    private readonly ImmutableArray<SqlSegment>.Builder _segments = ImmutableArray.CreateBuilder<SqlSegment>();

    /// <summary>Where the next characters will stand.</summary>
    public int Length => _text.Length;

    /// <summary>Adds characters that stand in the source as they are.</summary>
    public void AddExact(string from, int start, int length, SyntaxTree tree, int sourceStart)
    {
        if (length == 0)
        {
            return;
        }

        if (_segments.Count > 0 && _segments[_segments.Count - 1] is { IsExact: true } last && last.Tree == tree && last.Source.End == sourceStart)
        {
            _segments[_segments.Count - 1] = last with { Length = last.Length + length, Source = new TextSpan(last.Source.Start, last.Source.Length + length) };
        }
        else
        {
            _segments.Add(new SqlSegment(_text.Length, length, tree, new TextSpan(sourceStart, length), IsExact: true));
        }

        _text.Append(from, start, length);
    }

    /// <summary>Adds characters that some other source stands for, like an escape sequence.</summary>
    public void Add(string value, SyntaxTree tree, TextSpan source)
    {
        if (value.Length > 0)
        {
            _segments.Add(new SqlSegment(_text.Length, value.Length, tree, source, IsExact: false));
            _text.Append(value);
        }
    }

    public void Add(string value, SyntaxNode where) => Add(value, where.SyntaxTree, where.Span);

    public void Add(SqlSource text)
    {
        _segments.AddRange(text.Segments.Select(segment => segment.MovedBy(_text.Length)));

        _text.Append(text.Text);
    }

    public string TextFrom(int start) => _text.ToString(start, _text.Length - start);

    /// <summary>Takes back what was added since the text had this length, which was the end of a segment then.</summary>
    public void CutTo(int length)
    {
        _text.Length = length;
        while (_segments.Count > 0 && _segments[_segments.Count - 1].Start >= length)
        {
            _segments.RemoveAt(_segments.Count - 1);
        }
    }

    public SqlSource ToSource() => new(_text.ToString(), _segments.ToImmutable());
}
