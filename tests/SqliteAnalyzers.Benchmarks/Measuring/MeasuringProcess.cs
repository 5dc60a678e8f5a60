using System.Diagnostics;
using System.Text.Json;

namespace SqliteAnalyzers.Benchmarks.Measuring;

/// <summary>A process of its own for each measurement, so that compiled code, heap and resident memory are the contender's own.</summary>
internal static class MeasuringProcess
{
    /// <summary>Runs a program that ends by printing what it has measured.</summary>
    public static T Run<T>(params string[] commandLine)
    {
        using var process = Process.Start(new ProcessStartInfo(commandLine[0], commandLine[1..]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<T>(output)!
            : throw new InvalidOperationException($"'{string.Join(' ', commandLine)}' ended with exit code {process.ExitCode}.");
    }

    /// <summary>This program with the arguments.</summary>
    public static string[] ThisProgram(params string[] arguments)
    {
        var host = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(host) == "dotnet" ? [host, typeof(MeasuringProcess).Assembly.Location, .. arguments] : [host, .. arguments];
    }

    public static void Print(Sample sample) => Console.WriteLine(JsonSerializer.Serialize(sample));
}
