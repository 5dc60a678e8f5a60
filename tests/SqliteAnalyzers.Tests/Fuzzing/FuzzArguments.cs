using SqliteAnalyzers.Commands;
using SqliteAnalyzers.Fuzz;

namespace SqliteAnalyzers.Tests.Fuzzing;

/// <summary>What the fuzz program makes of a command line.</summary>
internal static class FuzzArguments
{
    public static async Task<Arguments> ParseAsync(params string[] args)
    {
        Arguments? parsed = null;
        var command = FuzzCommand.Create(arguments =>
        {
            parsed = arguments;
            return Task.FromResult(0);
        });
        await CommandProgram.RunAsync(command, args);
        return parsed!;
    }
}
