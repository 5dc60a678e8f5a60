using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Diagnostics;
using SqliteAnalyzers.Tests.Order.Analyses;
using SqliteAnalyzers.Tests.Order.Programs;
using SqliteAnalyzers.Tests.Order.Shuffling;

namespace SqliteAnalyzers.Tests.Order;

/// <summary>What a variation varies.</summary>
/// <param name="Program">The program as it was written.</param>
/// <param name="Expected">What is found in it by one thread, all at once.</param>
/// <param name="NewAnalyzers">Analyzers that have seen nothing yet.</param>
/// <param name="Random">The same numbers for the same seed.</param>
/// <param name="Cancellation">Ends the trial with an exception.</param>
internal sealed record Trial(
    ProgramSource Program,
    Analysis Expected,
    Func<ImmutableArray<DiagnosticAnalyzer>> NewAnalyzers,
    Random Random,
    CancellationToken Cancellation)
{
    /// <summary>Declared twice, or ambiguous: which of two the compiler goes on with depends on the order by its own choice.</summary>
    private static readonly string[] s_orderDependentErrors =
        ["CS0101", "CS0102", "CS0104", "CS0111", "CS0121", "CS0229", "CS0260", "CS0262", "CS0579", "CS0756", "CS0757", "CS8802"];

    /// <summary>The program as it was last written.</summary>
    public ProgramSource Varied { get; private set; } = Program;

    /// <summary>The program in another order; as it was, where the order matters to the compiler.</summary>
    public ProgramSource Shuffled(Shuffles shuffles) => Varied =
        Expected.Errors.Any(error => s_orderDependentErrors.Any(error.StartsWith)) ? Program : ProgramShuffler.Shuffle(Program, shuffles, Random);

    /// <summary>The program with something beside it.</summary>
    public ProgramSource With(ProgramSource beside) => Varied = beside;

    /// <summary>Whether the compiler says the same of the varied program. If it does not, analyzers need not either.</summary>
    /// <exception cref="InvalidOperationException">A program without errors has some now: it was not varied well.</exception>
    public bool IsStillTheSame(ProgramSource varied, Analysis analysis) =>
        analysis.Errors.SequenceEqual(Expected.Errors)
        || (Expected.Errors.IsEmpty
            ? throw new InvalidOperationException(
                $"{Program.Name} has been made another program: {analysis.Errors[0]}\n{string.Join('\n', varied.Files.Select(file => file.Text))}")
            : false);
}
