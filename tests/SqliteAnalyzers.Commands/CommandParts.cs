using System.CommandLine;

namespace SqliteAnalyzers.Commands;

/// <summary>Programs of which a part can be asked for.</summary>
public static class CommandParts
{
    /// <summary>What the command takes, and what it does.</summary>
    public static void Set(this Command command, Func<ParseResult, Task<int>> run, params Option[] options)
    {
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction((result, _) => run(result));
    }

    /// <summary>A part, with what it takes and does.</summary>
    public static void AddPart(this RootCommand root, string name, string description, Func<ParseResult, Task<int>> run, params Option[] options)
    {
        var part = new Command(name, description);
        part.Set(run, options);
        root.Subcommands.Add(part);
    }
}
