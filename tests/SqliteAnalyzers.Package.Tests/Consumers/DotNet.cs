using System.Diagnostics;

namespace SqliteAnalyzers.Package.Tests.Consumers;

/// <summary>
/// Runs the dotnet command as a user would, untouched by the build that runs these tests.
/// </summary>
internal static class DotNet
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(5);

    /// <exception cref="TimeoutException">The command took more than five minutes.</exception>
    public static async Task<CommandResult> RunAsync(string folder, string packagesFolder, params string[] arguments)
    {
        var startInfo = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        foreach (string inherited in VariablesOfTheRunningBuild())
        {
            startInfo.Environment.Remove(inherited);
        }

        startInfo.Environment["NUGET_PACKAGES"] = packagesFolder;
        startInfo.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        // Nodes that stay would keep the output open after the command has ended.
        startInfo.Environment["MSBUILDDISABLENODEREUSE"] = "1";

        using var process = Process.Start(startInfo)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        string command = $"dotnet {string.Join(' ', arguments)}";
        try
        {
            await process.WaitForExitAsync().WaitAsync(s_timeout);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'{command}' did not end within {s_timeout}.");
        }

        return new CommandResult(command, process.ExitCode, await output + await error);
    }

    /// <summary>What a build tells the processes it starts, these tests among them.</summary>
    public static IReadOnlyList<string> VariablesOfTheRunningBuild() =>
        [.. Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(IsOfTheRunningBuild)];

    private static bool IsOfTheRunningBuild(string variable) =>
        variable.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)
        || variable is "DOTNET_HOST_PATH" or "TargetFramework" or "Configuration";
}
