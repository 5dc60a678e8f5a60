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

        Assert.Equal(expected, File.Exists(path) ? Normalize(File.ReadAllText(path)) : "");
    }

    /// <summary>Checks that the file holds exactly this text between the comments that begin and end the named part.</summary>
    public static void MatchPart(string path, string name, string expected)
    {
        string begin = $"<!-- begin {name} -->\n", end = $"<!-- end {name} -->";
        string text = Normalize(File.ReadAllText(path));
        int start = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        int length = text.IndexOf(end, StringComparison.Ordinal) - start;
        Assert.True(start >= begin.Length && length >= 0, $"{path} has no part '{name}'.");

        if (s_update)
        {
            text = text[..start] + expected + text[(start + length)..];
            length = expected.Length;
            File.WriteAllText(path, text);
        }

        Assert.Equal(expected, text.Substring(start, length));
    }

    private static string Normalize(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);
}
