using SqliteAnalyzers.Sql;
using Xunit;

namespace SqliteAnalyzers.Tests.Sql;

public sealed class NearestWordTests
{
    /// <summary>How many letters may be wrong goes by the length of the candidate.</summary>
    [Theory]
    [InlineData("AB", "ab", true)]
    [InlineData("ax", "ab", false)]
    [InlineData("abx", "abc", true)]
    [InlineData("axx", "abc", false)]
    [InlineData("abxde", "abcde", true)]
    [InlineData("abxxe", "abcde", false)]
    [InlineData("abxxef", "abcdef", true)]
    [InlineData("abxxxf", "abcdef", false)]
    [InlineData("abcxxfghi", "abcdefghi", true)]
    [InlineData("abxxxfghi", "abcdefghi", false)]
    [InlineData("abxxxfghij", "abcdefghij", true)]
    [InlineData("abxxxxghij", "abcdefghij", false)]
    [InlineData("bacde", "abcde", true)]
    [InlineData("abced", "abcde", true)]
    [InlineData("badce", "abcde", false)]
    [InlineData("acde", "abcde", true)]
    [InlineData("abbcde", "abcde", true)]
    public void Few_letters_may_be_wrong(string word, string candidate, bool isNear) =>
        Assert.Equal(isNear ? candidate : null, NearestWord.Find(word, [candidate]));

    [Theory]
    [InlineData("abc", "abcdefghijkl", true)]
    [InlineData("ab", "abcdefghijkl", false)]
    [InlineData("ABCdefghijkl", "abc", true)]
    [InlineData("abcdefghijkl", "ab", false)]
    [InlineData("bcdefg", "abcdefghijkl", false)]
    public void A_word_may_begin_the_other(string word, string candidate, bool isNear) =>
        Assert.Equal(isNear ? candidate : null, NearestWord.Find(word, [candidate]));

    [Theory]
    [InlineData("abx", "abc,abd", "abc")]
    [InlineData("abcdex", "abcxyz,abcdef,abcdey", "abcdef")]
    [InlineData("abcd", "abcdefghij,abce", "abce")]
    [InlineData("abcd", "abcdefghij,abcdefghijk", "abcdefghij")]
    [InlineData("abcd", "zzzz,yyyy", null)]
    public void The_nearest_wins_then_the_first(string word, string candidates, string? expected) =>
        Assert.Equal(expected, NearestWord.Find(word, candidates.Split(',')));

    [Theory]
    [InlineData(0, false)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Only_words_of_a_name_s_length_are_compared(int length, bool isFound) =>
        Assert.Equal(isFound, NearestWord.Find(new string('a', length), [new string('a', length)]) is not null);

    [Fact]
    public void Few_letters_are_few_by_the_definition()
    {
        var random = new Random(20_261_128);
        for (var i = 0; i < 5_000; i++)
        {
            var (word, candidate) = (Word(random), Word(random));
            var mayBeWrong = candidate.Length switch { <= 2 => 0, <= 5 => 1, <= 9 => 2, _ => 3 };
            var begins = Math.Min(word.Length, candidate.Length) >= 3 && (candidate.StartsWith(word, StringComparison.Ordinal) || word.StartsWith(candidate, StringComparison.Ordinal));
            Assert.Equal(Distance(word, candidate) <= mayBeWrong || begins, NearestWord.Find(word, [candidate]) is not null);
        }
    }

    private static string Word(Random random) => new([.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => "abc"[random.Next(3)])]);

    // As it is defined: from the ends of the words.
    private static int Distance(ReadOnlySpan<char> from, ReadOnlySpan<char> to)
    {
        if (from.IsEmpty || to.IsEmpty)
        {
            return from.Length + to.Length;
        }

        if (from[^1] == to[^1])
        {
            return Distance(from[..^1], to[..^1]);
        }

        var distance = 1 + Math.Min(Distance(from[..^1], to[..^1]), Math.Min(Distance(from[..^1], to), Distance(from, to[..^1])));
        return from.Length > 1 && to.Length > 1 && from[^1] == to[^2] && from[^2] == to[^1] ? Math.Min(distance, 1 + Distance(from[..^2], to[..^2])) : distance;
    }
}
