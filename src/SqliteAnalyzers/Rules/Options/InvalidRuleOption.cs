using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Options;

/// <summary>SQLITE9001: an option in .editorconfig has a value that its rule cannot use, or a name that no rule reads.</summary>
internal sealed class InvalidRuleOption : TreeRule
{
    public override DiagnosticDescriptor Descriptor => Descriptors.InvalidRuleOption;

    public override Words Words => RuleCatalog.SettingWords;

    /// <remarks>An .editorconfig is no file of the compilation: it is told at the beginning of the first file that it holds for.</remarks>
    public override IEnumerable<Diagnostic> Analyze(SemanticModel model, ProjectFacts project, FlowOptionsProvider options, CancellationToken cancellation)
    {
        foreach (var fault in options.For(model.SyntaxTree).Faults)
        {
            if (project.TreesWith(Words).First(tree => options.For(tree).Faults.Contains(fault)) == model.SyntaxTree)
            {
                yield return Diagnostic.Create(Descriptor, Location.Create(model.SyntaxTree, new TextSpan(0, 0)), fault.Word, fault.Key, fault.Expected);
            }
        }
    }
}
