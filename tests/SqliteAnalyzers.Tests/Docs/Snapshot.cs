using Xunit;

namespace SqliteAnalyzers.Tests.Docs;

/// <summary>
/// Checked-in text that is made from the code. With the environment variable UPDATE_SNAPSHOTS=1 the tests write it anew.
/// </summary>
internal static class Snapshot
{
    private static readonly bool s_update = Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1";

    /// <summary>Checks that the file holds exactly this text.</summary>
    public static void Match(string path, string expected)
    {
        if (s_update)
        {
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, File.Exists(path) ? Read(path) : "");
    }

    /// <summary>Checks that the file holds exactly this text between the comments that begin and end the named part.</summary>
    public static void MatchPart(string path, string name, string expected)
    {
        if (s_update)
        {
            string text = Read(path);
            var (start, end) = Find(text, name);
            File.WriteAllText(path, text[..start] + expected + text[end..]);
        }

        Assert.Equal(expected, Part(path, name));
    }

    /// <summary>The text between the comments that begin and end the named part.</summary>
    public static string Part(string path, string name)
    {
        string text = Read(path);
        var (start, end) = Find(text, name);
        return text[start..end];
    }

    private static (int Start, int End) Find(string text, string name)
    {
        string begin = $"<!-- begin {name} -->\n";
        int start = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        int end = text.IndexOf($"<!-- end {name} -->", StringComparison.Ordinal);
        Assert.True(start >= begin.Length && end >= start, $"There is no part '{name}'.");
        return (start, end);
    }

    private static string Read(string path) => File.ReadAllText(path).ReplaceLineEndings("\n");
}
