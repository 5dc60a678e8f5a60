using System.CommandLine;
using System.CommandLine.Parsing;
using SqliteAnalyzers.Commands;

namespace SqliteAnalyzers.Fuzz;

/// <summary>The command line of the program.</summary>
internal static class FuzzCommand
{
    public const string Mutants = "mutants";

    public const string Order = "order";

    public const string Findings = "findings";

    /// <param name="run">Does what is asked for, and returns what the program ends with.</param>
    public static RootCommand Create(Func<Arguments, Task<int>> run)
    {
        var source = new Option<string[]>("--source") { Description = "A folder of further programs: each file in it is one, and each folder in it; or one file", HelpName = "PATH", Arity = ArgumentArity.OneOrMore };
        source.Validators.Add(RequireExisting);
        var only = new Option<string>("--only") { Description = "Only programs whose names have this text", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        var seed = CommandOptions.OptionalNumber("--seed", "Where the random choices come from; another one each time unless given", least: 0);
        var count = CommandOptions.OptionalNumber("--count", "Mutants (100000 unless given), or seeds with which each program is reordered (3)", least: 1);
        var time = CommandOptions.OptionalNumber("--time", "Seconds after which no further mutant is made", least: 1);
        var first = CommandOptions.Number("--first", "The number of the first mutant", 0, least: 0);
        var orderEvery = CommandOptions.Number("--order-every", "Mutants of which one is also reordered, and analysed as an edit of what it was made from; 0: none", 0, least: 0);
        var generated = CommandOptions.Number("--generated", "Random programs that are made for order and findings", 40, least: 0);
        var limit = CommandOptions.Number("--limit", "Seconds that the analysis of one mutant may take", 10, least: 1);
        var output = new Option<string>("--output") { Description = "The folder for mutants that fail and programs that differ", HelpName = "FOLDER", DefaultValueFactory = _ => Path.Combine("artifacts", "fuzz") };

        var root = new RootCommand("Looks for programs over which the analyzers throw or hang, or whose findings depend on an order. Without a part it makes mutants.");
        Option[] ofMutants = [source, only, seed, count, time, first, orderEvery, limit, output];
        root.Set(Run(Mutants), ofMutants);
        root.AddPart(Mutants, "Damages programs and looks whether the analyzers throw or hang", Run(Mutants), ofMutants);
        root.AddPart(Order, "Writes and analyses programs in other orders and looks whether something else is found", Run(Order), source, only, seed, count, generated, output);
        root.AddPart(Findings, "Writes what is found in the programs, to compare it with another run", Run(Findings), source, only, generated);
        return root;

        Func<ParseResult, Task<int>> Run(string part) => result => run(new()
        {
            Part = part,
            Sources = [.. result.GetValue(source) ?? []],
            Only = result.GetValue(only) ?? "",
            Seed = result.GetValue(seed) ?? Random.Shared.Next(),
            Count = result.GetValue(count),
            Time = result.GetValue(time) is { } seconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue,
            First = result.GetValue(first),
            OrderEvery = result.GetValue(orderEvery),
            Generated = result.GetValue(generated),
            Limit = TimeSpan.FromSeconds(result.GetValue(limit)),
            Output = result.GetValue(output)!,
        });
    }

    private static void RequireExisting(OptionResult result)
    {
        foreach (var token in result.Tokens.Where(t => !Path.Exists(t.Value)))
        {
            result.AddError($"There is no '{token.Value}'.");
        }
    }
}
