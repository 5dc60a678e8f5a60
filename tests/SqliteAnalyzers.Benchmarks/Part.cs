using SqliteAnalyzers.Benchmarks.Contenders;
using SqliteAnalyzers.Benchmarks.Measuring;
using SqliteAnalyzers.Benchmarks.Report;
using SqliteAnalyzers.Commands;

namespace SqliteAnalyzers.Benchmarks;

/// <summary>A part of the page, with its own measurements.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Description">What it measures.</param>
/// <param name="Run">Measures, and writes its part of the page.</param>
internal sealed record Part(string Name, string Description, Action<PartContext> Run);

/// <summary>What a part is given.</summary>
/// <param name="Rows">How many rows the fastest contenders insert.</param>
/// <param name="Rounds">How often everything is measured.</param>
/// <param name="Quick">Whether one small program of each kind will do, to see that the parts with generated programs work.</param>
/// <param name="CProgram">The program in C; null if there is no compiler for it.</param>
internal sealed record PartContext(int Rows, int Rounds, bool Quick, WorkFolder Folder, CProgram? CProgram, Page Page)
{
    /// <summary>Tells somebody who waits what is going on.</summary>
    public static void Progress(string text) => ProgressDisplay.Line(text);
}
