using System.ComponentModel;
using System.Runtime.InteropServices;

namespace SqliteAnalyzers.Torture;

/// <summary>How large the process's files may become, until disposed. Writing beyond it fails with an error other than that of a full disk.</summary>
internal sealed class FileSizeLimit : IDisposable
{
    private const int RLimitFileSize = 1;
    private const int SigXfsz = 25;
    private const nint Ignore = 1;

    private readonly Limits _before;

    public FileSizeLimit(long bytes)
    {
        // The signal would end the process.
        signal(SigXfsz, Ignore);
        Check(getrlimit(RLimitFileSize, out _before));
        Check(setrlimit(RLimitFileSize, _before with { Soft = (nuint)bytes }));
    }

    public void Dispose() => Check(setrlimit(RLimitFileSize, _before));

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw new Win32Exception();
        }
    }

    [DllImport("libc")]
    private static extern nint signal(int number, nint handler);

    [DllImport("libc", SetLastError = true)]
    private static extern int getrlimit(int resource, out Limits limits);

    [DllImport("libc", SetLastError = true)]
    private static extern int setrlimit(int resource, in Limits limits);

    private record struct Limits(nuint Soft, nuint Hard);
}
