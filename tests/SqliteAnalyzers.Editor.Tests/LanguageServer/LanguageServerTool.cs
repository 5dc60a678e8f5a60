namespace SqliteAnalyzers.Editor.Tests.LanguageServer;

/// <summary>
/// The language server csharp-ls, a .NET tool that whoever runs the tests installs.
/// </summary>
internal static class LanguageServerTool
{
    /// <summary>The environment variable that names its executable.</summary>
    public const string Variable = "SQLITEANALYZERS_CSHARP_LS";

    public static string Path => Environment.GetEnvironmentVariable(Variable) ?? "";

    /// <summary>Whether the tests cannot run.</summary>
    public static bool IsMissing => Path.Length == 0;

    /// <summary>What is said then.</summary>
    public const string Missing =
        $"NOT TESTED with a language server: {Variable} does not name one. Get it with: dotnet tool install csharp-ls --tool-path FOLDER, and set {Variable}=FOLDER/csharp-ls";
}
