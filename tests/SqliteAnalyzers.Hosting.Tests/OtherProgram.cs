using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace SqliteAnalyzers.Hosting.Tests;

/// <summary>What another process does in a test, and that process.</summary>
internal sealed class OtherProgram : IDisposable
{
    public const string Ready = "ready";
    public const int Units = 3_000;

    private readonly Process _process;

    public OtherProgram(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };

        // Run by "dotnet exec" the path is that of dotnet.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(OtherProgram).Assembly.Location);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
    }

    /// <summary>Writes by the single writer of a host until it is told to stop: "queued" waits for SIGTERM with its units handed over and none begun, "endless" acknowledges each unit.</summary>
    public static async Task<int> ServeAsync(string file, string ending)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSqliteDatabase($"Data Source={file}");
        using var host = builder.Build();
        var writer = host.Services.GetRequiredService<SqliteSingleWriter>();
        await host.StartAsync();
        if (ending == "endless")
        {
            for (var id = 1; ; id++)
            {
                await writer.ExecuteAsync("INSERT INTO item (id) VALUES (?)", [id]);
                Console.WriteLine(id);
            }
        }

        var units = new Task[Units];
        var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var gate = writer.RunAsync(_ => stopping.WaitHandle.WaitOne());
        for (var i = 0; i < Units; i++)
        {
            units[i] = writer.ExecuteAsync("INSERT INTO item (id) VALUES (?)", [i + 1]);
        }

        Console.WriteLine(Ready);
        await host.WaitForShutdownAsync();
        await gate;
        await Task.WhenAll(units);
        return 0;
    }

    /// <summary>Reads a state of the database until its standard input ends.</summary>
    public static int Read(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.OpenConfigured();
        using var transaction = connection.BeginTransaction(deferred: true);
        connection.Scalar("SELECT count(*) FROM item");
        Console.WriteLine(Ready);
        Console.In.ReadToEnd();
        return 0;
    }

    public string? ReadLine() => _process.StandardOutput.ReadLine();

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public int Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        return ExitCode();
    }

    public int EndInput()
    {
        _process.StandardInput.Close();
        return ExitCode();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private int ExitCode()
    {
        Assert.True(_process.WaitForExit(20_000));
        return _process.ExitCode;
    }
}
