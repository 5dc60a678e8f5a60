using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Reflection;
using Microsoft.Data.Sqlite;

namespace SqliteAnalyzers.Browser;

/// <summary>One desk of the sample, as a process with a database of its own, and clients that enter orders beside the browser.</summary>
internal sealed class DeskProcess : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("order-desk-").FullName;
    private readonly string _name;
    private readonly Process _process;
    private readonly HttpClient _http;

    public DeskProcess(string name, int port)
    {
        _name = name;
        var program = typeof(DeskProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "OrderDesk").Value!;
        Address = $"http://127.0.0.1:{port}";
        _http = new HttpClient { BaseAddress = new Uri(Address) };
        _process = Process.Start(Path.ChangeExtension(program, OperatingSystem.IsWindows() ? "exe" : null), [name, port.ToString(CultureInfo.InvariantCulture), _folder]);
    }

    public string Address { get; }

    private string DatabaseFile => Path.Combine(_folder, _name + ".db");

    public async Task WaitAsync()
    {
        for (var i = 0; ; i++)
        {
            try
            {
                (await _http.GetAsync("/totals")).Dispose();
                return;
            }
            catch (HttpRequestException) when (i < 400)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>Enters orders by many clients until the token is cancelled.</summary>
    /// <returns>How many were answered as stored.</returns>
    public async Task<int> LoadAsync(int clients, CancellationToken until) =>
        (await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(() => EnterAsync(until))))).Sum();

    public Task<string> GetAsync(string path) => _http.GetStringAsync(path);

    /// <summary>Lets the program end as an operating system does.</summary>
    /// <returns>Its exit code.</returns>
    public int Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        return _process.WaitForExit(20_000) ? _process.ExitCode : -1;
    }

    /// <summary>How many orders are in the database.</summary>
    public long Count()
    {
        using var connection = new SqliteConnection($"Data Source={DatabaseFile};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM orders";
        return (long)command.ExecuteScalar()!;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<int> EnterAsync(CancellationToken until)
    {
        var stored = 0;
        while (!until.IsCancellationRequested)
        {
            using var answer = await _http.PostAsJsonAsync("/orders", new { Article = "eraser", Amount = 1 }, CancellationToken.None);
            stored += answer.IsSuccessStatusCode ? 1 : 0;
        }

        return stored;
    }
}
