using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit;

namespace SqliteAnalyzers.Editor.Tests.LanguageServer;

/// <summary>
/// A file that is open in the editor.
/// </summary>
internal sealed class OpenFile
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly LanguageClient _client;
    private readonly string _uri;
    private int _version = 1;

    public OpenFile(LanguageClient client, string path, string text)
    {
        _client = client;
        _uri = new Uri(path).AbsoluteUri;
        client.Notify("textDocument/didOpen", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = _uri, ["languageId"] = "csharp", ["version"] = _version, ["text"] = text },
        });
    }

    /// <summary>Puts a text in the place of a range.</summary>
    public void Change(JsonObject range, string text) =>
        _client.Notify("textDocument/didChange", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = _uri, ["version"] = ++_version },
            ["contentChanges"] = new JsonArray(new JsonObject { ["range"] = range, ["text"] = text }),
        });

    /// <summary>What this package says of the file.</summary>
    public async Task<IReadOnlyList<ShownDiagnostic>> DiagnosticsAsync()
    {
        var report = await _client.RequestAsync("textDocument/diagnostic", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = _uri } });
        return
        [
            .. (report?["items"]?.AsArray() ?? [])
                .Where(item => item!["code"]?.GetValue<string>().StartsWith("SQLITE", StringComparison.Ordinal) ?? false)
                .Select(item => ShownDiagnostic.From(item!))
                .OrderBy(diagnostic => diagnostic.Line)
                .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>The same as soon as the server has opened the project.</summary>
    public async Task<IReadOnlyList<ShownDiagnostic>> WaitForDiagnosticsAsync()
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < s_patience; await Task.Delay(300, TestContext.Current.CancellationToken))
        {
            if (await DiagnosticsAsync() is { Count: > 0 } found)
            {
                return found;
            }
        }

        throw new TimeoutException("The server reports nothing.");
    }

    /// <summary>The titles of what is offered for a diagnostic.</summary>
    public async Task<IReadOnlyList<string>> TitlesAsync(ShownDiagnostic diagnostic)
    {
        var actions = await _client.RequestAsync("textDocument/codeAction", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = _uri },
            ["range"] = diagnostic.Range,
            ["context"] = new JsonObject { ["diagnostics"] = new JsonArray(diagnostic.Json) },
        });
        return [.. (actions?.AsArray() ?? []).Select(action => action!["title"]!.GetValue<string>())];
    }
}
