using SqliteAnalyzers.FixTorture.Programs;
using SqliteAnalyzers.FixTorture.Runs;

namespace SqliteAnalyzers.FixTorture;

/// <summary>
/// Applies all fixes to programs in every style, and runs these before and after. Arguments: part of the names of the programs that are
/// meant, and <c>--sources</c> to write what the failing fixes made. Ends with 0 if no fix makes a program wronger, 1 if one does.
/// </summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        var only = args.FirstOrDefault(argument => argument != "--sources") ?? "";
        var programs = ProgramCatalog.All.Where(program => program.Name.Contains(only, StringComparison.OrdinalIgnoreCase));
        var report = await new TortureRun().RunAsync(programs);
        foreach (var failure in report.Failures)
        {
            Console.WriteLine($"{failure.Kind}: {failure.Fix} on {failure.Program}\n{failure.Text}\n{(args.Contains("--sources") ? failure.Source + "\n" : "")}");
        }

        report.Write(Console.Out);
        return report.Failures.Count == 0 ? 0 : 1;
    }
}
