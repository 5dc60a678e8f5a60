using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace SqliteAnalyzers.Torture;

/// <summary>Where and with what a run was made.</summary>
internal static class Machine
{
    public static string Describe()
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30);
        return $"{Processor()}, {Environment.ProcessorCount} cores, {memory:0} GiB, {OperatingSystemName()}; files on {FileSystem()}.";
    }

    public static string Versions()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        return $"SqliteAnalyzers.Runtime {Version(typeof(Runtime.SqliteBatchWriter))}, Microsoft.Data.Sqlite {Version(typeof(SqliteConnection))}, "
            + $"SQLitePCLRaw {Version(typeof(SQLitePCL.raw))}, SQLite {connection.ServerVersion}, {RuntimeInformation.FrameworkDescription}.";
    }

    private static string Version(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static string Processor()
    {
        const string Processors = "/proc/cpuinfo";
        const string Name = "model name";
        return File.Exists(Processors) && File.ReadLines(Processors).FirstOrDefault(l => l.StartsWith(Name, StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':') + 1)..].Trim()
            : $"{RuntimeInformation.ProcessArchitecture} processor";
    }

    private static string OperatingSystemName() => $"{RuntimeInformation.OSDescription} ({RuntimeInformation.OSArchitecture})";

    private static string FileSystem() => new DriveInfo(Path.GetTempPath()).DriveFormat;
}
