using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SqliteAnalyzers.Tests.Order.Programs;

namespace SqliteAnalyzers.Tests.Order.Analyses;

/// <summary>What analyzers report of a program, sorted.</summary>
internal sealed class Analysis
{
    /// <summary>Findings of one kind that a difference shows.</summary>
    private const int Shown = 3;

    public Analysis(IEnumerable<Diagnostic> diagnostics)
    {
        Diagnostics = [.. diagnostics];
        Findings = [.. Diagnostics.Select(ReportedFinding.Of).OrderBy(finding => finding.ToString(), StringComparer.Ordinal)];
    }

    public ImmutableArray<Diagnostic> Diagnostics { get; }

    public ImmutableArray<ReportedFinding> Findings { get; }

    /// <summary>What the compiler reports as errors, where it was asked, without the places, which change with the order of the program.</summary>
    public ImmutableArray<string> Errors { get; private init; } = [];

    /// <summary>All of the program at once, as a build does it.</summary>
    /// <param name="program">The program.</param>
    /// <param name="analyzers">The analyzers.</param>
    /// <param name="concurrent">Whether they may run on several threads.</param>
    /// <param name="cancellation">Ends the run with an exception.</param>
    public static async Task<Analysis> OfAllAsync(
        CompiledProgram program, ImmutableArray<DiagnosticAnalyzer> analyzers, bool concurrent, CancellationToken cancellation)
    {
        var diagnostics = await program.With(analyzers, concurrent).GetAllDiagnosticsAsync(cancellation);
        var byCompiler = diagnostics.ToLookup(diagnostic => diagnostic.Descriptor.CustomTags.Contains(WellKnownDiagnosticTags.Compiler));
        return new(byCompiler[false])
        {
            Errors =
            [
                .. byCompiler[true]
                    .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                    .Select(error => $"{error.Id}: {error.GetMessage(CultureInfo.InvariantCulture)}")
                    .Order(StringComparer.Ordinal),
            ],
        };
    }

    /// <summary>What one of two runs reports and the other does not; null where they report the same.</summary>
    public static string? Difference(string name, Analysis analysis, string otherName, Analysis other)
    {
        var text = new StringBuilder();
        Append(text, name, Without(analysis.Findings, other.Findings));
        Append(text, otherName, Without(other.Findings, analysis.Findings));
        return text.Length == 0 ? null : text.ToString();
    }

    /// <summary>What is in <paramref name="all"/> more often than in <paramref name="taken"/>.</summary>
    private static List<ReportedFinding> Without(ImmutableArray<ReportedFinding> all, ImmutableArray<ReportedFinding> taken)
    {
        List<ReportedFinding> rest = [.. all];
        foreach (var finding in taken)
        {
            rest.Remove(finding);
        }

        return rest;
    }

    private static void Append(StringBuilder text, string name, List<ReportedFinding> findings)
    {
        foreach (var finding in findings.Take(Shown))
        {
            text.Append("  only ").Append(name).Append(": ").Append(finding).Append('\n');
        }

        if (findings.Count > Shown)
        {
            text.Append("  and ").Append(findings.Count - Shown).Append(" more only ").Append(name).Append('\n');
        }
    }
}
