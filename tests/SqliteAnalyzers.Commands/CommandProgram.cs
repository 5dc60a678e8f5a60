using System.CommandLine;
using System.CommandLine.Parsing;

namespace SqliteAnalyzers.Commands;

/// <summary>Runs a program by its command line.</summary>
public static class CommandProgram
{
    /// <summary>What a program ends with that was called wrongly.</summary>
    public const int CalledWrongly = 2;

    // A value that begins with @ is meant as it stands.
    private static readonly ParserConfiguration s_configuration = new() { ResponseFileTokenReplacer = null };

    /// <summary>Does what the command line asks for, or tells on the standard error what is wrong with it, and how the program is called.</summary>
    /// <returns>What the program ends with.</returns>
    public static async Task<int> RunAsync(Command command, string[] arguments)
    {
        var result = command.Parse(arguments, s_configuration);
        var errors = Errors(result);
        if (errors.Count == 0)
        {
            return await result.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }

        foreach (var error in errors)
        {
            await Console.Error.WriteLineAsync(error);
        }

        await Console.Error.WriteLineAsync();
        await command.Parse([.. Path(result.CommandResult), "--help"], s_configuration).InvokeAsync(new InvocationConfiguration { Output = Console.Error });
        return CalledWrongly;
    }

    /// <summary>What is wrong with a command line.</summary>
    public static IReadOnlyList<string> Errors(Command command, string[] arguments) => Errors(command.Parse(arguments, s_configuration));

    private static IReadOnlyList<string> Errors(ParseResult result) =>
    [
        .. result.Errors.Select(e => e.Message),
        .. Before(result.CommandResult).Select(o => $"{o.IdentifierToken!.Value} belongs behind '{result.CommandResult.Command.Name}'."),
    ];

    // They belong to the command before, which is not the one that is run.
    private static IEnumerable<OptionResult> Before(CommandResult command) =>
        command.Parent is CommandResult parent ? parent.Children.OfType<OptionResult>().Where(o => !o.Implicit) : [];

    private static IEnumerable<string> Path(CommandResult command) => command.Parent is CommandResult ? [command.Command.Name] : [];
}
