using System.ComponentModel;
using System.Diagnostics;

namespace SqliteAnalyzers.Torture;

/// <summary>Which faults can be brought about on this machine, and inside which program their process must be started.</summary>
internal static class FaultStage
{
    // Root, too, has a mount namespace of its own then: nothing stays behind.
    private static readonly string[] s_ownMounts = ["unshare", "--map-root-user", "--mount"];

    // Root without the capability to pass over permission bits.
    private static readonly string[] s_heedsPermissions = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"];

    private static readonly Lazy<string[]?> s_smallDisk = new(() => Succeeds(s_ownMounts, "mount -t tmpfs -o size=64k tmpfs \"$1\"") ? s_ownMounts : null);
    private static readonly Lazy<string[]?> s_permissions = new(() => new[] { [], s_heedsPermissions }.FirstOrDefault(
        prefix => Succeeds(prefix, "touch \"$1/file\" && chmod 444 \"$1/file\" && ! (echo > \"$1/file\")")));

    /// <summary>The program, with its arguments, to start the fault's process in: empty for none, null if the fault cannot be brought about here.</summary>
    public static string[]? For(FaultMeans means) => means switch
    {
        FaultMeans.SmallDisk => s_smallDisk.Value,
        FaultMeans.Permissions => s_permissions.Value,
        FaultMeans.FileSizeLimit => OperatingSystem.IsWindows() ? null : [],
        _ => [],
    };

    private static bool Succeeds(string[] prefix, string script)
    {
        using var folder = new TemporaryFolder();
        string[] command = [.. prefix, "sh", "-c", script, "sh", folder.Path];
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, UseShellExecute = false })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // There is no such program.
            return false;
        }
    }
}
