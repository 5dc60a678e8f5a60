using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace SqliteAnalyzers.Commands;

/// <summary>Options of the kinds that the programs have.</summary>
public static class CommandOptions
{
    /// <summary>An option that takes a whole number.</summary>
    public static Option<int> Number(string name, string description, int standard, int least, int most = int.MaxValue) =>
        new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => standard,
            CustomParser = result => Parse(result, name, least, most) ?? default,
        };

    /// <summary>As <see cref="Number"/>, without a value unless one is given.</summary>
    public static Option<int?> OptionalNumber(string name, string description, int least, int most = int.MaxValue) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => Parse(result, name, least, most),
    };

    private static int? Parse(ArgumentResult result, string name, int least, int most)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        result.AddError($"{name} must be a whole number from {least} to {most}, and '{text}' is not.");
        return null;
    }
}
