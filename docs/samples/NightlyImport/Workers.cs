using System.Diagnostics;
using System.Globalization;

namespace NightlyImport;

/// <summary>
/// Starts this program again as worker processes and collects what they print.
/// </summary>
internal static class Workers
{
    /// <summary>
    /// Lets each worker add up an equal share of the orders, a range of ids.
    /// </summary>
    public static IReadOnlyDictionary<string, double> Aggregate(int workers, int orders)
    {
        var processes = new List<Process>();
        for (int i = 0; i < workers; i++)
        {
            long first = (long)orders * i / workers + 1;
            long last = (long)orders * (i + 1) / workers;
            processes.Add(Start("aggregate", first.ToString(CultureInfo.InvariantCulture), last.ToString(CultureInfo.InvariantCulture)));
        }

        var eurosByCountry = new SortedDictionary<string, double>();
        foreach (var process in processes)
        {
            using (process)
            {
                while (process.StandardOutput.ReadLine() is { } line)
                {
                    string[] fields = line.Split('\t');
                    eurosByCountry.TryGetValue(fields[0], out double sum);
                    eurosByCountry[fields[0]] = sum + double.Parse(fields[1], CultureInfo.InvariantCulture);
                }

                process.WaitForExit();
            }
        }

        return eurosByCountry;
    }

    /// <summary>
    /// Prints how this run compares with the earlier ones.
    /// </summary>
    public static void Summarize()
    {
        using var process = Start("summarize");
        Console.WriteLine(process.StandardOutput.ReadToEnd().TrimEnd());
        process.WaitForExit();
    }

    private static Process Start(params string[] arguments)
    {
        var startInfo = new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true };
        return Process.Start(startInfo)!;
    }
}
