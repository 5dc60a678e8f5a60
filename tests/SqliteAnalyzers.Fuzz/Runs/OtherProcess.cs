using System.Diagnostics;

namespace SqliteAnalyzers.Fuzz.Runs;

/// <summary>This program in another process, which has other hash codes of strings.</summary>
internal static class OtherProcess
{
    /// <summary>What is found there in the same programs.</summary>
    /// <param name="program">The path of this program.</param>
    /// <param name="arguments">What names the programs.</param>
    /// <param name="cancellation">Ends the wait with an exception.</param>
    public static async Task<IReadOnlyList<string>> FindingsAsync(string program, Arguments arguments, CancellationToken cancellation)
    {
        var startInfo = new ProcessStartInfo("dotnet", [program, .. arguments.ForFindings()]) { RedirectStandardOutput = true };
        using var process = Process.Start(startInfo)!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0
                ? output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)
                : throw new InvalidOperationException($"The other process ended with {process.ExitCode}: {output}");
        }
        finally
        {
            process.Kill();
        }
    }
}
