using System.Text.RegularExpressions;

namespace SqliteAnalyzers.Package.Tests.Consumers;

/// <summary>
/// What the README of the package tells its reader to type.
/// </summary>
internal static partial class Readme
{
    private static readonly string s_text = BuiltPackage.ReadText("README.md");

    /// <summary>The commands that install the package, each as the arguments of dotnet.</summary>
    public static IReadOnlyList<string[]> InstallCommands { get; } =
    [
        .. InstallCommand().Matches(Block("```", "\n## Install\n")).Select(command => command.Groups["arguments"].Value.Split(' ')),
    ];

    /// <summary>The reference that takes the analyzers only.</summary>
    public static string AnalyzersOnlyReference { get; } = Block("```xml", "\n## Install\n").Trim();

    /// <summary>The program that shows the library.</summary>
    public static string Program { get; } = Block("```csharp", "\n## The library in ten lines\n");

    /// <summary>The first block of code with these marks below a heading.</summary>
    private static string Block(string marks, string heading)
    {
        int section = s_text.IndexOf(heading, StringComparison.Ordinal);
        int start = s_text.IndexOf($"\n{marks}\n", section, StringComparison.Ordinal) + marks.Length + 2;
        return s_text[start..s_text.IndexOf("```\n", start, StringComparison.Ordinal)];
    }

    [GeneratedRegex("^dotnet (?<arguments>.+)$", RegexOptions.Multiline)]
    private static partial Regex InstallCommand();
}
