using System;
using System.Runtime.InteropServices;
using System.Text;

namespace SqliteAnalyzers.Runtime;

/// <summary>Whether two names are names of one file.</summary>
internal static unsafe class FileIdentity
{
    // More than any system's struct stat.
    private const int SizeOfStat = 1_024;

    // On every system they hold the device and the number of the inode: what tells files apart.
    private const int SizeOfIdentity = 16;

    // What the C library of Linux before glibc 2.33 calls stat is a function with the version of the struct as an argument.
    private const int VersionOfStat = 1;

    /// <summary>Whether both are there and are the same file, through symbolic links and, but for Windows, through hard links.</summary>
    public static bool AreSame(string path, string other)
    {
        if (string.Equals(path, other, StringComparison.Ordinal))
        {
            return true;
        }

        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            return string.Equals(path, other, StringComparison.OrdinalIgnoreCase);
        }

        Span<byte> stat = stackalloc byte[SizeOfStat];
        Span<byte> otherStat = stackalloc byte[SizeOfStat];
        return TryStat(path, stat) && TryStat(other, otherStat) && stat.Slice(0, SizeOfIdentity).SequenceEqual(otherStat.Slice(0, SizeOfIdentity));
    }

    private static bool TryStat(string path, Span<byte> stat)
    {
        stat.Clear();
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
        fixed (byte* into = stat)
        {
            try
            {
                return Stat(name, into) == 0;
            }
            catch (EntryPointNotFoundException)
            {
                return VersionedStat(VersionOfStat, name, into) == 0;
            }
        }
    }

    [DllImport("libc", EntryPoint = "stat")]
    private static extern int Stat(byte* path, byte* stat);

    [DllImport("libc", EntryPoint = "__xstat")]
    private static extern int VersionedStat(int version, byte* path, byte* stat);
}
