using System.Diagnostics;

namespace SqliteAnalyzers.Torture;

/// <summary>A process that runs a part of this same program and tells on its standard output, line by line, what it does.</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly Timer _watchdog;
    private bool _hung;

    /// <summary>A process that has been started as <see cref="StartInfo"/> says.</summary>
    public ChildProcess(Process process)
    {
        _process = process;
        _errors = _process.StandardError.ReadToEndAsync();
        _watchdog = new Timer(_ => EndHanging(), null, s_patience, Timeout.InfiniteTimeSpan);
    }

    public int ExitCode => _process.ExitCode;

    /// <summary>What the process wrote to its standard error. Known once it has ended.</summary>
    public string Errors => _hung ? $"It did not end within {s_patience.TotalSeconds} s." : _errors.Result.Trim();

    public static ChildProcess Start(params string[] arguments) => new(Process.Start(StartInfo(arguments))!);

    /// <summary>Starts the part inside another program, such as unshare, that takes a command as its last arguments.</summary>
    public static ChildProcess StartWithin(IReadOnlyList<string> prefix, params string[] arguments)
    {
        var startInfo = StartInfo(arguments);
        if (prefix.Count > 0)
        {
            string[] command = [.. prefix, startInfo.FileName, .. startInfo.ArgumentList];
            startInfo.FileName = command[0];
            startInfo.ArgumentList.Clear();
            foreach (var argument in command[1..])
            {
                startInfo.ArgumentList.Add(argument);
            }
        }

        return new ChildProcess(Process.Start(startInfo)!);
    }

    /// <summary>How to start a part of this program.</summary>
    public static ProcessStartInfo StartInfo(params string[] arguments)
    {
        var startInfo = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        startInfo.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        foreach (var argument in (string[])["exec", typeof(ChildProcess).Assembly.Location, ChildProgram.Verb, .. arguments])
        {
            startInfo.ArgumentList.Add(argument);
        }

        return startInfo;
    }

    /// <summary>The next line; null once the process has ended and everything it wrote is read.</summary>
    public string? ReadLine() => _process.StandardOutput.ReadLine();

    public string ReadToEnd() => _process.StandardOutput.ReadToEnd();

    /// <summary>Ends the process at once, without its knowing: SIGKILL where there are signals.</summary>
    public void Kill() => _process.Kill();

    public void WaitForExit() => _process.WaitForExit();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _watchdog.Dispose();
        _process.Dispose();
    }

    private void EndHanging()
    {
        _hung = true;
        _process.Kill();
    }
}
