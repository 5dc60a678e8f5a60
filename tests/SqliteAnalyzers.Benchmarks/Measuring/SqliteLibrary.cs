using System.Diagnostics;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace SqliteAnalyzers.Benchmarks.Measuring;

/// <summary>The native library that SQLitePCL.raw has loaded in this process.</summary>
/// <param name="File">Its file.</param>
/// <param name="BaseAddress">Where it begins.</param>
internal sealed record SqliteLibrary(string File, IntPtr BaseAddress)
{
    /// <summary>The library; null if there is no looking it up.</summary>
    public static SqliteLibrary? Find()
    {
        Batteries_V2.Init();
        var name = raw.GetNativeLibraryName();
        using var process = Process.GetCurrentProcess();
        return process.Modules.Cast<ProcessModule>()
            .Where(m => Path.GetFileName(m.FileName).Contains(name, StringComparison.Ordinal))
            .Select(m => new SqliteLibrary(m.FileName, m.BaseAddress))
            .FirstOrDefault();
    }

    /// <summary>How far from the beginning one of its functions is.</summary>
    public long Offset(string function) => NativeLibrary.GetExport(NativeLibrary.Load(File), function) - BaseAddress;
}
