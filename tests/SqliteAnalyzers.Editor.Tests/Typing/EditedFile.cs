using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.Editor.Tests.Opening;

namespace SqliteAnalyzers.Editor.Tests.Typing;

/// <summary>
/// A file in which somebody types, as it is after the last key.
/// </summary>
internal sealed class EditedFile(Document document)
{
    public Document Document { get; private set; } = document;

    /// <summary>Puts a text at a place, as one key press or one paste does.</summary>
    public async Task InsertAsync(int position, string text) => await ChangeAsync(new TextSpan(position, 0), text);

    public async Task DeleteAsync(TextSpan span) => await ChangeAsync(span, "");

    public async Task<int> PositionAfterAsync(string text)
    {
        string all = (await Document.GetTextAsync()).ToString();
        return all.IndexOf(text, StringComparison.Ordinal) + text.Length;
    }

    /// <summary>Each finding with its place, all that a user sees of it.</summary>
    public async Task<IReadOnlyList<SeenFinding>> FindingsAsync() =>
        [.. (await EditorServices.DiagnosticsAsync(Document)).Select(found => new SeenFinding(found.Id, found.Severity, found.GetMessage(), found.Location.SourceSpan))];

    private async Task ChangeAsync(TextSpan span, string text) =>
        Document = Document.WithText((await Document.GetTextAsync()).WithChanges(new TextChange(span, text)));
}

/// <summary>What a user sees of a finding.</summary>
internal sealed record SeenFinding(string Id, DiagnosticSeverity Severity, string Message, TextSpan Span)
{
    /// <summary>The same finding after so many characters were typed at a place.</summary>
    public SeenFinding MovedBy(int position, int characters) =>
        Span.Start < position ? this : this with { Span = new TextSpan(Span.Start + characters, Span.Length) };
}
