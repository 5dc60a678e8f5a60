using System.Diagnostics;
using System.Text.Json;

namespace SqliteAnalyzers.Benchmarks.Measuring;

/// <summary>A process of its own for each measurement, so that compiled code, heap and resident memory are the contender's own.</summary>
internal static class MeasuringProcess
{
    /// <summary>Runs a program that ends by printing a sample.</summary>
    public static Sample Run(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<Sample>(output)!
            : throw new InvalidOperationException($"'{program} {string.Join(' ', arguments)}' ended with exit code {process.ExitCode}.");
    }

    /// <summary>Runs this program with the arguments.</summary>
    public static Sample RunThisProgram(IEnumerable<string> arguments)
    {
        var host = Environment.ProcessPath!;
        var assembly = typeof(MeasuringProcess).Assembly.Location;
        return Path.GetFileNameWithoutExtension(host) == "dotnet" ? Run(host, [assembly, .. arguments]) : Run(host, arguments);
    }

    public static void Print(Sample sample) => Console.WriteLine(JsonSerializer.Serialize(sample));
}
