using System.Globalization;

namespace SqliteAnalyzers.Torture;

/// <summary>What the killed processes say: a word, and what it is about. Every line is on its way before the call that wrote it returns.</summary>
internal static class Message
{
    public const string Phase = "phase";
    public const string Committed = "committed";
    public const string Deleting = "deleting";
    public const string Deleted = "deleted";
    public const string CopiedOver = "copied-over";
    public const string Refused = "refused";
    public const string Reading = "reading";
    public const string Broken = "broken";
    public const string Acknowledged = "acknowledged";
    public const string Failed = "failed";
    public const string Begun = "begun";
    public const string Step = "step";
    public const string Done = "done";

    public static void Say(KillPhase phase) => Console.WriteLine($"{Phase} {phase}");

    public static void Say(string word, long number) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{word} {number}"));

    public static void Say(string word, int author, long number) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{word} {author} {number}"));

    public static void Say(string word, string text) => Console.WriteLine($"{word} {text}");

    public static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
