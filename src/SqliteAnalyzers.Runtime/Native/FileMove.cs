using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace SqliteAnalyzers.Runtime;

/// <summary>A new name for a file, which no file must have.</summary>
internal static unsafe class FileMove
{
    // EEXIST, on all systems but Windows.
    private const int Exists = 17;

    /// <summary>Gives the file the name at one moment. File.Move looks whether the name is free before that, and somebody else may take it in between.</summary>
    /// <exception cref="IOException">The name is taken.</exception>
    public static void ToFreeName(string path, string name)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            File.Move(path, name);
            return;
        }

        fixed (byte* from = Encoding.UTF8.GetBytes(path + '\0'))
        fixed (byte* to = Encoding.UTF8.GetBytes(name + '\0'))
        {
            if (Link(from, to) == 0)
            {
                File.Delete(path);
            }
            else if (Marshal.GetLastWin32Error() == Exists)
            {
                throw new IOException($"The file '{name}' already exists.");
            }
            else
            {
                // A file system without hard links.
                File.Move(path, name);
            }
        }
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    private static extern int Link(byte* from, byte* to);
}
