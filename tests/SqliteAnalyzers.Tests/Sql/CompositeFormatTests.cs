using System.Globalization;
using SqliteAnalyzers.Sql;
using Xunit;

namespace SqliteAnalyzers.Tests.Sql;

/// <summary>The oracle is <c>string.Format</c>.</summary>
public sealed class CompositeFormatTests
{
    private static readonly object[] s_arguments = ["first", "second", "third"];

    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("{0}")]
    [InlineData("a {1} b {0} c")]
    [InlineData("{{{0}}}")]
    [InlineData("}}{{")]
    [InlineData("{0 }")]
    [InlineData("{00}{1}")]
    public void The_parts_make_what_the_format_makes(string format)
    {
        Assert.All(CompositeFormat.Read(format)!, part => Assert.True(part.IsPlain));
        AssertMakesTheSame(format);
    }

    [Theory]
    [InlineData("{0,10}")]
    [InlineData("{0:N0}")]
    [InlineData("{0,-3:x}")]
    public void An_argument_with_a_format_of_its_own_is_not_plain(string format)
    {
        var part = Assert.Single(CompositeFormat.Read(format)!);
        Assert.Equal(0, part.Argument);
        Assert.False(part.IsPlain);
        Assert.Equal(format.Length, part.Span.Length);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("a{")]
    [InlineData("a}b")]
    [InlineData("{}")]
    [InlineData("{a}")]
    [InlineData("{-1}")]
    [InlineData("{ 0}")]
    [InlineData("{99999999999}")]
    public void What_is_no_format_has_no_parts(string format) => Assert.Null(CompositeFormat.Read(format));

    [Fact]
    public void Formats_are_those_that_string_Format_takes()
    {
        var random = new Random(20_261_128);
        for (var i = 0; i < 50_000; i++)
        {
            AssertMakesTheSame(new([.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => "ab{{{}}}012,:"[random.Next(13)])]));
        }
    }

    private static void AssertMakesTheSame(string format)
    {
        string? made;
        try
        {
            made = string.Format(CultureInfo.InvariantCulture, format, s_arguments);
        }
        catch (FormatException)
        {
            made = null;
        }

        var parts = CompositeFormat.Read(format);
        if (made is null)
        {
            // A part with a format of its own may be wrong in it, or there are too few arguments: neither is looked at.
            Assert.True(parts is null || parts.Any(part => !part.IsPlain || part.Argument >= s_arguments.Length), format);
            return;
        }

        Assert.NotNull(parts);
        if (parts.All(part => part.IsPlain))
        {
            Assert.Equal(made, string.Concat(parts.Select(part => part.Argument < 0 ? format.Substring(part.Span.Start, part.Span.Length) : (string)s_arguments[part.Argument])));
        }
    }
}
