using System.Globalization;
using System.Runtime.InteropServices;

namespace SqliteAnalyzers.Commands;

/// <summary>What the machine says of itself.</summary>
public static class Machine
{
    /// <param name="folder">Where the databases are.</param>
    public static string Description(string folder)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30);
        return string.Create(CultureInfo.InvariantCulture,
            $"{Processor()}, {Environment.ProcessorCount} cores, {memory:0} GiB of memory, {OperatingSystemName()}, {FileSystem(folder)} under the databases, {RuntimeInformation.FrameworkDescription}");
    }

    private static string Processor() =>
        ValueInFile("/proc/cpuinfo", "model name", ':')
        ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
        ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static string OperatingSystemName()
    {
        var name = ValueInFile("/etc/os-release", "PRETTY_NAME", '=')?.Trim('"');
        return name is null ? RuntimeInformation.OSDescription : $"{name} (Linux {Environment.OSVersion.Version})";
    }

    private static string FileSystem(string folder)
    {
        const string Mounts = "/proc/mounts";
        if (!File.Exists(Mounts))
        {
            return new DriveInfo(folder).DriveFormat;
        }

        // device, folder, type, options; the last mount whose folder holds ours is the one.
        return File.ReadLines(Mounts)
            .Select(line => line.Split(' '))
            .Where(fields => folder.StartsWith(fields[1].TrimEnd('/') + '/', StringComparison.Ordinal))
            .OrderBy(fields => fields[1].Length)
            .Last()[2];
    }

    private static string? ValueInFile(string path, string key, char separator) => !File.Exists(path)
        ? null
        : File.ReadLines(path).Where(l => l.StartsWith(key, StringComparison.Ordinal)).Select(l => l[(l.IndexOf(separator) + 1)..].Trim()).FirstOrDefault();
}
