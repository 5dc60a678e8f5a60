using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Tests.Flow;
using SqliteAnalyzers.Tests.Flow.Summaries;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Model.Parts;

/// <summary>What a rule says of each place of a program.</summary>
internal static class PartRun
{
    /// <summary>In the order of the source. Two paths to one place are one.</summary>
    public static IReadOnlyList<string> Of(PartRule rule, string members) => Find(rule, members, run => run.Units);

    /// <summary>Of what this method finds, and not the others.</summary>
    public static IReadOnlyList<string> In(string method, PartRule rule, string members) => Find(rule, members, run => [run.UnitOf(method)]);

    private static IReadOnlyList<string> Find(PartRule rule, string members, Func<EngineRun, IEnumerable<CodeUnit>> units)
    {
        var compilation = FlowRun.Compile(Source.Class(members));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var run = EngineRun.With(compilation, rule);
        return
        [
            .. units(run).SelectMany(run.FindingsOf)
                .OrderBy(finding => run.Engine.Project.LocationOf(finding.At).SourceSpan.Start)
                .Select(finding => finding.Arguments.Single()),
        ];
    }
}
