using System.Globalization;

namespace SqliteAnalyzers.Torture;

/// <summary>What the command line asks for.</summary>
internal sealed record Arguments
{
    public const string Usage = """
        Usage: SqliteAnalyzers.Torture [kills | faults | visibility] [options]
        Without a part it runs all of them and writes docs/durability.md.
          --count N     kills (2000)
          --rows N      rows that the workers read (2500000)
          --workers N   workers that read them (10)
          --repeat N    how often they do (5)
          --seed N      where the random choices come from
          --output F    the file to write; a part alone writes to the standard output
        """;

    private static readonly Dictionary<string, string[]> s_optionsByPart = new()
    {
        ["kills"] = ["--count", "--seed", "--output"],
        ["writer"] = ["--count", "--seed", "--output"],
        ["copies"] = ["--count", "--seed", "--output"],
        ["faults"] = ["--output"],
        ["visibility"] = ["--rows", "--workers", "--repeat", "--output"],
        [""] = ["--count", "--rows", "--workers", "--repeat", "--seed", "--output"],
    };

    /// <summary>The part to run; empty for all.</summary>
    public string Part { get; private init; } = "";

    public int Count { get; private init; } = 2_000;

    public int Rows { get; private init; } = 2_500_000;

    public int Workers { get; private init; } = 10;

    public int Repeat { get; private init; } = 5;

    public int Seed { get; private init; } = Random.Shared.Next();

    public string? Output { get; private init; }

    public bool Includes(string part) => Part.Length == 0 || Part == part;

    /// <exception cref="ArgumentException">The arguments ask for nothing there is. The message says what is wrong.</exception>
    public static Arguments Parse(string[] args)
    {
        var part = args is [var first, ..] && !first.StartsWith('-') ? first : "";
        if (!s_optionsByPart.TryGetValue(part, out var options))
        {
            throw new ArgumentException($"There is no part '{part}'.");
        }

        var arguments = new Arguments { Part = part };
        for (var i = part.Length == 0 ? 0 : 1; i < args.Length; i += 2)
        {
            if (!options.Contains(args[i]))
            {
                throw new ArgumentException(part.Length == 0 ? $"There is no option '{args[i]}'." : $"'{part}' has no option '{args[i]}'.");
            }

            if (i + 1 == args.Length)
            {
                throw new ArgumentException($"{args[i]} needs a value.");
            }

            arguments = arguments.With(args[i], args[i + 1]);
        }

        return arguments;
    }

    private Arguments With(string option, string value) => option switch
    {
        "--count" => this with { Count = Number(option, value, 1) },
        "--rows" => this with { Rows = Number(option, value, 1) },
        "--workers" => this with { Workers = Number(option, value, 1) },
        "--repeat" => this with { Repeat = Number(option, value, 1) },
        "--seed" => this with { Seed = Number(option, value, 0) },
        _ => this with { Output = value },
    };

    private static int Number(string option, string value, int least) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw new ArgumentException($"{option} must be a whole number from {least} to {int.MaxValue}, and '{value}' is not.");
}
