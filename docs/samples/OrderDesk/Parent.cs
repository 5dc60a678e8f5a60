using System.Diagnostics;
using System.Globalization;

namespace OrderDesk;

/// <summary>A worker ends with the process that has started it.</summary>
internal static class Parent
{
    public static bool IsRunning(string id)
    {
        try
        {
            using var process = Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture));
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
