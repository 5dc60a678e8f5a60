using System.Text.Json.Nodes;

namespace SqliteAnalyzers.Editor.Tests.LanguageServer;

/// <summary>
/// A diagnostic as the protocol tells of it, in one line. Lines and characters are counted from 0.
/// </summary>
internal sealed record ShownDiagnostic(string Id, int Severity, string? Link, string Message, int Line, int Start, int End)
{
    public JsonObject Range => RangeOf(End - Start);

    public JsonObject Json => new() { ["code"] = Id, ["severity"] = Severity, ["message"] = Message, ["range"] = Range };

    public static ShownDiagnostic From(JsonNode item) => new(
        item["code"]!.GetValue<string>(),
        item["severity"]!.GetValue<int>(),
        item["codeDescription"]?["href"]?.GetValue<string>(),
        item["message"]!.GetValue<string>(),
        item["range"]!["start"]!["line"]!.GetValue<int>(),
        item["range"]!["start"]!["character"]!.GetValue<int>(),
        item["range"]!["end"]!["character"]!.GetValue<int>());

    /// <summary>The range that begins where this one does.</summary>
    public JsonObject RangeOf(int length) => new() { ["start"] = Position(Start), ["end"] = Position(Start + length) };

    public string TextIn(string source) => source.Split('\n')[Line][Start..End];

    private JsonObject Position(int character) => new() { ["line"] = Line, ["character"] = character };
}
