using System.CommandLine;
using SqliteAnalyzers.Commands;
using SqliteAnalyzers.FixTorture.Programs;
using SqliteAnalyzers.FixTorture.Runs;

namespace SqliteAnalyzers.FixTorture;

/// <summary>
/// Applies all fixes to programs in every style, and runs these before and after. Ends with 0 if no fix makes a program wronger, 1 if one does, 2 if it was called wrongly.
/// </summary>
internal static class Program
{
    public static Task<int> Main(string[] args)
    {
        var only = new Argument<string>("name") { Description = "Part of the names of the programs that are meant; all of them unless given", DefaultValueFactory = _ => "" };
        var sources = new Option<bool>("--sources") { Description = "Write what the failing fixes made" };
        var command = new RootCommand("Applies all fixes to programs in every style, and runs these before and after.") { only, sources };
        command.SetAction(result => RunAsync(result.GetValue(only)!, result.GetValue(sources)));
        return CommandProgram.RunAsync(command, args);
    }

    private static async Task<int> RunAsync(string only, bool writesSources)
    {
        var programs = ProgramCatalog.All.Where(program => program.Name.Contains(only, StringComparison.OrdinalIgnoreCase));
        var report = await new TortureRun().RunAsync(programs);
        foreach (var failure in report.Failures)
        {
            Console.WriteLine($"{failure.Kind}: {failure.Fix} on {failure.Program}\n{failure.Text}\n{(writesSources ? failure.Source + "\n" : "")}");
        }

        report.Write(Console.Out);
        return report.Failures.Count == 0 ? 0 : 1;
    }
}
