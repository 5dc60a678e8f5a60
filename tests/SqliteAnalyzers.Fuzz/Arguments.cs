using System.Collections.Immutable;
using System.Globalization;

namespace SqliteAnalyzers.Fuzz;

/// <summary>What the command line asks for.</summary>
internal sealed record Arguments
{
    public const string Usage = """
        Usage: SqliteAnalyzers.Fuzz [mutants | order | findings] [options]
        mutants: damages programs and looks whether the analyzers throw or hang (the default)
        order: writes and analyses programs in other orders and looks whether something else is found
        findings: writes what is found in the programs, to compare it with another run
          --source F       a folder of further programs: each file in it is one, and each folder in it; or one file
          --only T         only programs whose names have this text
          --seed N         where the random choices come from
          --count N        mutants (100000), or seeds with which each program is reordered (3)
          --time N         seconds after which no further mutant is made
          --first N        the number of the first mutant (0)
          --order-every N  mutants of which one is also reordered, and analysed as an edit of what it was made from (0: none)
          --generated N    random programs that are made for order and findings (40)
          --limit N        seconds that the analysis of one mutant may take (10)
          --output F       the folder for mutants that fail and programs that differ (artifacts/fuzz)
        """;

    public const string Mutants = "mutants";

    public const string Order = "order";

    public const string Findings = "findings";

    private static readonly Dictionary<string, string[]> s_optionsByPart = new()
    {
        [Mutants] = ["--source", "--only", "--seed", "--count", "--time", "--first", "--order-every", "--limit", "--output"],
        [Order] = ["--source", "--only", "--seed", "--count", "--generated", "--output"],
        [Findings] = ["--source", "--only", "--generated"],
    };

    /// <summary>The part to run.</summary>
    public string Part { get; private init; } = Mutants;

    /// <summary>Files and folders of programs besides those of the repository.</summary>
    public ImmutableArray<string> Sources { get; private init; } = [];

    /// <summary>Part of the names of the programs that are meant.</summary>
    public string Only { get; private init; } = "";

    public int Seed { get; private init; } = Random.Shared.Next();

    /// <summary>Null: as many as the part takes by itself.</summary>
    public int? Count { get; private init; }

    public TimeSpan Time { get; private init; } = TimeSpan.MaxValue;

    public int First { get; private init; }

    /// <summary>Zero: none.</summary>
    public int OrderEvery { get; private init; }

    /// <summary>How many programs are made.</summary>
    public int Generated { get; private init; } = 40;

    public TimeSpan Limit { get; private init; } = TimeSpan.FromSeconds(10);

    public string Output { get; private init; } = Path.Combine("artifacts", "fuzz");

    /// <exception cref="ArgumentException">The arguments ask for nothing there is. The message says what is wrong.</exception>
    public static Arguments Parse(string[] args)
    {
        var named = args is [var first, ..] && !first.StartsWith('-');
        var arguments = new Arguments { Part = named ? args[0] : Mutants };
        if (!s_optionsByPart.TryGetValue(arguments.Part, out var options))
        {
            throw new ArgumentException($"There is no part '{arguments.Part}'.");
        }

        for (var i = named ? 1 : 0; i < args.Length; i += 2)
        {
            if (!options.Contains(args[i]))
            {
                throw new ArgumentException($"'{arguments.Part}' has no option '{args[i]}'.");
            }

            if (i + 1 == args.Length)
            {
                throw new ArgumentException($"{args[i]} needs a value.");
            }

            arguments = arguments.With(args[i], args[i + 1]);
        }

        return arguments;
    }

    /// <summary>The command line that asks for what is found in the same programs.</summary>
    public IEnumerable<string> ForFindings() =>
        [Findings, "--only", Only, "--generated", $"{Generated}", .. Sources.SelectMany(source => new[] { "--source", source })];

    private Arguments With(string option, string value) => option switch
    {
        "--source" => this with { Sources = Sources.Add(Existing(value)) },
        "--only" => this with { Only = value },
        "--seed" => this with { Seed = Number(option, value, 0) },
        "--count" => this with { Count = Number(option, value, 1) },
        "--time" => this with { Time = TimeSpan.FromSeconds(Number(option, value, 1)) },
        "--first" => this with { First = Number(option, value, 0) },
        "--order-every" => this with { OrderEvery = Number(option, value, 0) },
        "--generated" => this with { Generated = Number(option, value, 0) },
        "--limit" => this with { Limit = TimeSpan.FromSeconds(Number(option, value, 1)) },
        _ => this with { Output = value },
    };

    private static string Existing(string path) =>
        Path.Exists(path) ? path : throw new ArgumentException($"There is no '{path}'.");

    private static int Number(string option, string value, int least) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw new ArgumentException($"{option} must be a whole number from {least} to {int.MaxValue}, and '{value}' is not.");
}
