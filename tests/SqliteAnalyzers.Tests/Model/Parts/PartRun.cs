using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Tests.Flow;
using SqliteAnalyzers.Tests.Flow.Summaries;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Model.Parts;

/// <summary>What a rule says of each place of a program.</summary>
internal static class PartRun
{
    /// <summary>In the order of the source. Two paths to one place are one.</summary>
    public static IReadOnlyList<string> Of(PartRule rule, string members)
    {
        var compilation = FlowRun.Compile(Source.Class(members));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var run = EngineRun.With(compilation, rule);
        return
        [
            .. run.Units.SelectMany(run.FindingsOf)
                .OrderBy(finding => run.Engine.Project.LocationOf(finding.At).SourceSpan.Start)
                .Select(finding => finding.Arguments.Single()),
        ];
    }
}
