using System.Collections.Immutable;
using System.Text;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Model;

/// <summary>A part of a text that is not known.</summary>
/// <param name="Value">What stands there, if that is known by where it was found.</param>
/// <param name="Site">Where it stands, if that is all that is known.</param>
internal readonly record struct TextHole(AccessPath? Value, Place? Site)
{
    /// <remarks>The same in every process.</remarks>
    public override int GetHashCode() => StableHash.Combine(Value?.GetHashCode() ?? 0, Site?.GetHashCode() ?? 0);

    public override string ToString() => Value?.ToString() ?? Site?.ToString() ?? "?";
}

/// <summary>A text, with holes for what is not known.</summary>
internal sealed record Text : Atom
{
    /// <summary>Frames in which a text was put together from texts that the caller had handed in; it does not grow further in a recursion.</summary>
    public const int MaxDepth = 4;

    /// <summary>Of a longer text only this is looked at.</summary>
    private const int MaxHoles = 100;

    private readonly int _hash;
    private SqlScript? _script;

    private Text(string flat, ImmutableArray<TextHole> holes, bool isFromCaller, int depth)
    {
        Flat = flat;
        Holes = holes;
        IsFromCaller = isFromCaller;
        Depth = depth;
        _hash = StableHash.Combine(StableHash.Of(flat), holes.Length, isFromCaller ? 1 : 0);
        foreach (var hole in holes)
        {
            _hash = StableHash.Combine(_hash, hole.GetHashCode());
        }
    }

    /// <summary>The text, with <see cref="SqlSource.Hole"/> for each part that is not known.</summary>
    public string Flat { get; }

    /// <summary>The parts that are not known, in their order.</summary>
    public ImmutableArray<TextHole> Holes { get; }

    /// <summary>Whether the caller of the code that is looked at handed in a part of it.</summary>
    public bool IsFromCaller { get; }

    public int Depth { get; }

    public bool HasHoles => !Holes.IsEmpty;

    /// <summary>Whether a caller may know more of it.</summary>
    public bool IsHandedIn => Holes.Any(static hole => hole.Value is { IsHandedIn: true });

    /// <summary>The statements of the text, parsed once, when first asked for.</summary>
    public SqlScript Script => _script ?? Interlocked.CompareExchange(ref _script, SqlScript.Parse(Flat), null) ?? _script;

    public static Text Of(string text) => text.IndexOf(SqlSource.Hole) < 0
        ? new(text, ImmutableArray<TextHole>.Empty, isFromCaller: false, depth: 0)
        : new(text.Replace(SqlSource.Hole, ' '), ImmutableArray<TextHole>.Empty, isFromCaller: false, depth: 0);

    public static Text OfHole(TextHole hole) => new(SqlSource.Hole.ToString(), ImmutableArray.Create(hole), isFromCaller: false, depth: 0);

    /// <summary>The same text, as the code sees it that got it from its caller.</summary>
    public Text HandedIn() => IsFromCaller ? this : new(Flat, Holes, isFromCaller: true, Depth);

    /// <summary>The same text, as the code sees it that wrote it.</summary>
    public Text Own() => IsFromCaller ? new(Flat, Holes, isFromCaller: false, Depth) : this;

    /// <summary>The two joined. What is put together from a part that the caller handed in is one deeper than that part.</summary>
    public Text Concat(Text other)
    {
        var depth = Math.Max(
            IsFromCaller && other.Flat.Length > 0 ? Depth + 1 : Depth,
            other.IsFromCaller && Flat.Length > 0 ? other.Depth + 1 : other.Depth);
        return Holes.Length + other.Holes.Length > MaxHoles
            ? this
            : new(Flat + other.Flat, Holes.AddRange(other.Holes), IsFromCaller || other.IsFromCaller, depth);
    }

    /// <summary>The text with its unknown parts called by other names.</summary>
    public Text WithHoles(Func<TextHole, int, TextHole> rename) =>
        Holes.IsEmpty ? this : new(Flat, Holes.Select(rename).ToImmutableArray(), IsFromCaller, Depth);

    /// <summary>Some of its characters.</summary>
    public Text Part(int start, int length)
    {
        var skipped = CountHoles(0, start);
        return new(Flat.Substring(start, length), ImmutableArray.Create(Holes, skipped, CountHoles(start, length)), IsFromCaller, Depth);
    }

    /// <summary>The text with other texts in its holes.</summary>
    public Value Fill(Func<TextHole, Value> fill)
    {
        if (Holes.IsEmpty)
        {
            return Value.Of(this);
        }

        var results = Value.Of(new Text("", ImmutableArray<TextHole>.Empty, IsFromCaller, Depth));
        var start = 0;
        foreach (var hole in Holes)
        {
            var end = Flat.IndexOf(SqlSource.Hole, start);
            var piece = Of(Flat.Substring(start, end - start));
            results = Append(Append(results, Value.Of(piece)), fill(hole));
            start = end + 1;
        }

        return Append(results, Value.Of(Of(Flat.Substring(start))));
    }

    /// <summary>Every text of the one followed by every text of the other.</summary>
    public static Value Append(Value texts, Value others)
    {
        var result = default(Value);
        foreach (var left in texts.Atoms)
        {
            foreach (var right in others.Atoms)
            {
                var whole = left is Text first && right is Text second ? Value.Of(first.Concat(second)) : Value.Unknown;
                result = result?.Join(whole) ?? whole;
            }
        }

        return result ?? Value.Unknown;
    }

    private int CountHoles(int start, int length)
    {
        var count = 0;
        for (var i = start; i < start + length; i++)
        {
            count += Flat[i] == SqlSource.Hole ? 1 : 0;
        }

        return count;
    }

    public bool Equals(Text? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && _hash == other._hash
            && IsFromCaller == other.IsFromCaller
            && Depth == other.Depth
            && Flat == other.Flat
            && Holes.SequenceEqual(other.Holes));

    public override int GetHashCode() => _hash;

    public override string ToString()
    {
        var text = new StringBuilder();
        var hole = 0;
        foreach (var character in Flat)
        {
            text.Append(character == SqlSource.Hole ? $"{{{Holes[hole++]}}}" : character.ToString());
        }

        return text.ToString();
    }
}
