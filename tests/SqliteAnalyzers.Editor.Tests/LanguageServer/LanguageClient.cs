using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace SqliteAnalyzers.Editor.Tests.LanguageServer;

/// <summary>
/// The editor's end of the Language Server Protocol: a process that is talked to over its standard input and output.
/// </summary>
internal sealed class LanguageClient : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly Process _server;
    private readonly Task _reading;
    private readonly Lock _writing = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode?>> _pending = [];
    private readonly ConcurrentQueue<string> _said = [];
    private readonly JsonObject _configuration;
    private int _requests;

    private LanguageClient(ProcessStartInfo startInfo, JsonObject configuration)
    {
        _configuration = configuration;
        _server = Process.Start(startInfo)!;
        _server.ErrorDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        _server.BeginErrorReadLine();
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>Starts a server in a folder and opens the folder.</summary>
    /// <param name="configuration">What the server is told when it asks for its settings.</param>
    public static async Task<LanguageClient> StartAsync(string server, string folder, IReadOnlyDictionary<string, string> environment, JsonObject configuration)
    {
        var startInfo = new ProcessStartInfo(server)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
        {
            startInfo.Environment[name] = value;
        }

        var client = new LanguageClient(startInfo, configuration);
        await client.RequestAsync("initialize", new JsonObject
        {
            ["processId"] = Environment.ProcessId,
            ["rootUri"] = new Uri(folder).AbsoluteUri,
            ["workspaceFolders"] = new JsonArray(new JsonObject { ["uri"] = new Uri(folder).AbsoluteUri, ["name"] = "folder" }),
            ["capabilities"] = JsonNode.Parse(
                """
                {
                  "workspace": { "configuration": true, "workspaceEdit": { "documentChanges": true } },
                  "textDocument": {
                    "publishDiagnostics": { "codeDescriptionSupport": true },
                    "diagnostic": { "dynamicRegistration": true },
                    "codeAction": {
                      "dataSupport": true,
                      "resolveSupport": { "properties": ["edit"] },
                      "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix", "refactor", "source"] } }
                    },
                    "synchronization": { "didSave": true }
                  },
                  "window": { "workDoneProgress": true }
                }
                """),
        });
        client.Notify("initialized", []);
        return client;
    }

    public async Task<JsonNode?> RequestAsync(string method, JsonNode parameters)
    {
        int id = Interlocked.Increment(ref _requests);
        var answer = _pending[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Write(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters });
        try
        {
            return await answer.Task.WaitAsync(s_patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"No answer to {method}. The server said:\n{string.Join('\n', _said)}");
        }
    }

    public void Notify(string method, JsonObject parameters) =>
        Write(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = parameters });

    public async ValueTask DisposeAsync()
    {
        _server.Kill(entireProcessTree: true);
        await _server.WaitForExitAsync();
        await _reading;
        _server.Dispose();
    }

    private void Write(JsonObject message)
    {
        byte[] body = Encoding.UTF8.GetBytes(message.ToJsonString());
        lock (_writing)
        {
            var stream = _server.StandardInput.BaseStream;
            stream.Write(Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n"));
            stream.Write(body);
            stream.Flush();
        }
    }

    private async Task ReadAsync()
    {
        var stream = _server.StandardOutput.BaseStream;
        while (await ReadLengthAsync(stream) is { } length)
        {
            byte[] body = new byte[length];
            await stream.ReadExactlyAsync(body);
            Take(JsonNode.Parse(body)!.AsObject());
        }

        foreach (var answer in _pending.Values)
        {
            answer.TrySetException(new InvalidOperationException($"The server has ended. It said:\n{string.Join('\n', _said)}"));
        }
    }

    /// <summary>The length of the next message; null at the end.</summary>
    private static async Task<int?> ReadLengthAsync(Stream stream)
    {
        const string Header = "Content-Length:";
        int? length = null;
        var line = new StringBuilder();
        byte[] one = new byte[1];
        while (await stream.ReadAsync(one) == 1)
        {
            if (one[0] != '\n')
            {
                line.Append((char)one[0]);
                continue;
            }

            string text = line.ToString().TrimEnd('\r');
            line.Clear();
            if (text.Length == 0)
            {
                return length;
            }

            if (text.StartsWith(Header, StringComparison.OrdinalIgnoreCase))
            {
                length = int.Parse(text[Header.Length..], CultureInfo.InvariantCulture);
            }
        }

        return null;
    }

    private void Take(JsonObject message)
    {
        string? method = message["method"]?.GetValue<string>();
        if (method is null)
        {
            Answer(message);
        }
        else if (message["id"] is { } id)
        {
            Write(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id.DeepClone(), ["result"] = AnswerTo(method, message["params"]) });
        }
    }

    private void Answer(JsonObject message)
    {
        if (!_pending.TryRemove(message["id"]!.GetValue<int>(), out var answer))
        {
            return;
        }

        if (message["error"] is { } error)
        {
            answer.TrySetException(new InvalidOperationException($"{error.ToJsonString()} The server said:\n{string.Join('\n', _said)}"));
        }
        else
        {
            answer.TrySetResult(message["result"]?.DeepClone());
        }
    }

    private JsonArray? AnswerTo(string method, JsonNode? parameters) =>
        method == "workspace/configuration"
            ? [.. parameters!["items"]!.AsArray().Select(item => item!["section"]?.GetValue<string>() == "csharp" ? _configuration.DeepClone() : null)]
            : null;
}
