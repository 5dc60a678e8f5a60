using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Diagnostics;
using SqliteAnalyzers.Tests.Order.Programs;

namespace SqliteAnalyzers.Tests.Order.Analyses;

/// <summary>What is found in many programs, one finding a line, so that processes can compare it.</summary>
internal static class FindingList
{
    public static async Task<IReadOnlyList<string>> OfAsync(
        IEnumerable<ProgramSource> programs, Func<ImmutableArray<DiagnosticAnalyzer>> newAnalyzers, CancellationToken cancellation)
    {
        var lines = new List<string>();
        foreach (var program in programs)
        {
            var analysis = await Analysis.OfAllAsync(CompiledProgram.Of(program), newAnalyzers(), concurrent: false, cancellation);
            lines.AddRange(analysis.Findings.Select(finding => Head(program) + $"{finding}".ReplaceLineEndings("\\n")));
        }

        return lines;
    }

    /// <summary>With what the lines of the program begin.</summary>
    public static string Head(ProgramSource program) => $"{program.Name}: ";

    /// <summary>The lines that only one of the lists has.</summary>
    public static IEnumerable<string> Difference(IReadOnlyList<string> own, IReadOnlyList<string> other) =>
        own.Except(other).Select(line => $"only here: {line}").Concat(other.Except(own).Select(line => $"only there: {line}"));
}
