using System.Globalization;

namespace SqliteAnalyzers.Benchmarks;

/// <summary>What was asked for.</summary>
internal sealed class Arguments
{
    private const int DefaultRows = 1_000_000;
    private const int MostRows = 100_000_000;
    private const int DefaultRounds = 7;
    private const int MostRounds = 100;

    private readonly List<Part> _parts = [];

    private Arguments(IReadOnlyList<Part> allParts) => Parts = allParts;

    public IReadOnlyList<Part> Parts { get; private set; }

    public bool AllParts => _parts.Count == 0;

    public int Rows { get; private set; } = DefaultRows;

    public int Rounds { get; private set; } = DefaultRounds;

    public bool Quick { get; private set; }

    public string? Output { get; private set; }

    public static string Usage(IReadOnlyList<Part> parts) =>
        $"""
        Usage: SqliteAnalyzers.Benchmarks [part...] [--rows N] [--rounds N] [--quick] [--output FOLDER]

        Measures the parts, or all of them, and prints what it found. All of them are written to docs/benchmarks.md too.

        {string.Join('\n', parts.Select(p => $"  {p.Name,-15} {p.Description}"))}

          --rows N        rows for the fast contenders, 1 to {MostRows} (default {DefaultRows}); slow ones get a share
          --rounds N      how often everything is measured, 1 to {MostRounds} (default {DefaultRounds})
          --quick         one small program of each kind for the analyzers, to see that it works: the numbers mean nothing, and no page is
                          written unless a folder is given
          --output FOLDER write the page and its charts there, even if not all parts are measured

        The databases are made in the folder for temporary files (TMPDIR) and deleted.
        """;

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="FormatException">They make no sense: the message says which and why.</exception>
    public static Arguments Parse(string[] arguments, IReadOnlyList<Part> allParts)
    {
        var result = new Arguments(allParts);
        for (var i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--rows":
                    result.Rows = Number(arguments, ref i, MostRows);
                    break;
                case "--rounds":
                    result.Rounds = Number(arguments, ref i, MostRounds);
                    break;
                case "--quick":
                    result.Quick = true;
                    break;
                case "--output":
                    result.Output = Value(arguments, ref i);
                    break;
                case var name:
                    result._parts.Add(allParts.FirstOrDefault(p => p.Name == name) ?? throw new FormatException($"'{name}' is neither a part nor an option."));
                    break;
            }
        }

        if (!result.AllParts)
        {
            result.Parts = [.. allParts.Where(result._parts.Contains)];
        }

        return result;
    }

    private static int Number(string[] arguments, ref int index, int most)
    {
        var name = arguments[index];
        var text = Value(arguments, ref index);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : throw new FormatException($"{name} takes a number from 1 to {most}, not '{text}'.");
    }

    private static string Value(string[] arguments, ref int index) =>
        index + 1 < arguments.Length ? arguments[++index] : throw new FormatException($"{arguments[index]} needs a value.");
}
