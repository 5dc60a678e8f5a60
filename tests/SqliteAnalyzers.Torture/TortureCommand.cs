using System.CommandLine;
using System.CommandLine.Parsing;
using SqliteAnalyzers.Commands;

namespace SqliteAnalyzers.Torture;

/// <summary>The command line of the program.</summary>
internal static class TortureCommand
{
    public const string Kills = "kills";
    public const string Writer = "writer";
    public const string Copies = "copies";
    public const string Faults = "faults";
    public const string Visibility = "visibility";

    /// <param name="run">Does what is asked for, and returns what the program ends with.</param>
    public static RootCommand Create(Func<Arguments, int> run)
    {
        var count = CommandOptions.Number("--count", "Kills of each kind", 2_000, least: 1);
        var rows = CommandOptions.Number("--rows", "Rows that the workers read", 2_500_000, least: 1);
        var workers = CommandOptions.Number("--workers", "Workers that read them", 10, least: 1);
        var repeat = CommandOptions.Number("--repeat", "How often they do", 5, least: 1);
        var seed = CommandOptions.OptionalNumber("--seed", "Where the random choices come from; another one each time unless given", least: 0);
        var output = new Option<string?>("--output") { Description = "The file to write; a part alone writes to the standard output", HelpName = "FILE" };
        output.Validators.Add(RequireFolder);

        var root = new RootCommand("Tortures the helper library: kills processes that write with it, takes the disk away from them, and counts what others see. All parts together write docs/durability.md.");
        root.Set(Run(""), count, rows, workers, repeat, seed, output);
        root.AddPart(Kills, "Kills processes that write in batches, make checkpoints and copies, and hand a database over", Run(Kills), count, seed, output);
        root.AddPart(Writer, "Kills processes in which many callers write through a single writer", Run(Writer), count, seed, output);
        root.AddPart(Copies, "Kills processes that make backups and restore them, and does the same again over what they left", Run(Copies), count, seed, output);
        root.AddPart(Faults, "Full disks, quotas, permissions and locks", Run(Faults), output);
        root.AddPart(Visibility, "What worker processes see of the rows that were written for them", Run(Visibility), rows, workers, repeat, output);
        return root;

        Func<ParseResult, Task<int>> Run(string part) => result => Task.FromResult(run(new(
            part, result.GetValue(count), result.GetValue(rows), result.GetValue(workers), result.GetValue(repeat), result.GetValue(seed) ?? Random.Shared.Next(), result.GetValue(output))));
    }

    private static void RequireFolder(OptionResult result)
    {
        if (result.GetValueOrDefault<string?>() is { } path && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
        {
            result.AddError($"The folder of '{path}' does not exist.");
        }
    }
}
