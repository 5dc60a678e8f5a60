using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SqliteAnalyzers.Benchmarks.Compiling;

/// <summary>The folder of the SDK that <c>dotnet</c> takes here.</summary>
internal static class SdkFolder
{
    /// <returns>Null if there is only a runtime.</returns>
    public static string? Find()
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? HostOfThisRuntime();
        if (!File.Exists(host))
        {
            return null;
        }

        using var process = Process.Start(new ProcessStartInfo(host, "--version") { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var version = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        var folder = Path.Combine(Path.GetDirectoryName(host)!, "sdk", version);
        return process.ExitCode == 0 && Directory.Exists(folder) ? folder : null;
    }

    // The runtime is in shared/Microsoft.NETCore.App/<version> beside it.
    private static string HostOfThisRuntime() =>
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
