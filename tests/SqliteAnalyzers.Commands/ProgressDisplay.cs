using Spectre.Console;

namespace SqliteAnalyzers.Commands;

/// <summary>Shows somebody who waits how far a program is, on the standard error. Where that is a file, it is told in lines.</summary>
public static class ProgressDisplay
{
    private static readonly IAnsiConsole s_console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    /// <summary>Does something that has a known number of steps.</summary>
    /// <param name="title">What it is.</param>
    /// <param name="steps">How many steps it has.</param>
    /// <param name="run">Does it, and calls its argument after each step, from any thread.</param>
    public static T Steps<T>(string title, int steps, Func<Action, T> run) =>
        s_console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new RemainingTimeColumn()).Start(context =>
        {
            var task = context.AddTask(Markup.Escape(title), maxValue: steps);
            return run(() => task.Increment(1));
        });

    /// <summary>Writes a line about what has been done.</summary>
    public static void Line(string text) => s_console.MarkupLine(Markup.Escape(text));
}
