using System.Diagnostics;

namespace SqliteAnalyzers.Torture;

/// <summary>A file system in memory with little room, over a folder. It needs a mount namespace of the process's own.</summary>
internal sealed class SmallDisk
{
    private const int Kilobytes = 2_048;
    private const int BlockSize = 4_096;

    private readonly string _ballast;

    public SmallDisk(string folder)
    {
        Folder = folder;
        _ballast = Path.Combine(folder, "ballast");
        using var mount = Process.Start("mount", ["-t", "tmpfs", "-o", $"size={Kilobytes}k", "tmpfs", folder]);
        mount.WaitForExit();
        if (mount.ExitCode != 0)
        {
            throw new IOException($"mount ended with {mount.ExitCode}.");
        }
    }

    public string Folder { get; }

    /// <summary>Leaves no room but for some blocks.</summary>
    public void Fill(int blocksLeft = 0)
    {
        var block = new byte[BlockSize];
        using var file = new FileStream(_ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            file.SetLength(Math.Max(0, file.Length - ((long)blocksLeft * BlockSize)));
        }
    }

    public void MakeRoom() => File.Delete(_ballast);
}
