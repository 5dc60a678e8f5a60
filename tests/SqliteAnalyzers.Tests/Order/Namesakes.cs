using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Tests.Order.Analyses;
using SqliteAnalyzers.Tests.Order.Programs;

namespace SqliteAnalyzers.Tests.Order;

/// <summary>
/// Puts a type beside those of each file that does nothing, and whose members have the names of theirs: it assigns its own fields and
/// calls its own methods. What is found in the program is about the program's members, not about their names.
/// </summary>
internal static class Namesakes
{
    private static readonly HashSet<string> s_ofEachObject = [nameof(ToString), nameof(Equals), nameof(GetHashCode), nameof(GetType), nameof(MemberwiseClone), "Finalize"];

    public static async Task<string?> FindDifferenceAsync(Trial trial)
    {
        var source = trial.With(Beside(trial.Program));
        var analysis = await Analysis.OfAllAsync(CompiledProgram.Of(source), trial.NewAnalyzers(), concurrent: false, trial.Cancellation);
        return trial.IsStillTheSame(source, analysis)
            ? Analysis.Difference("as it is", trial.Expected, "then", new(analysis.Diagnostics.Where(IsOfProgram)))
            : null;

        bool IsOfProgram(Diagnostic diagnostic) =>
            diagnostic.Location is not { SourceTree: { } tree } || diagnostic.Location.SourceSpan.Start < trial.Program.Files.Single(file => file.Name == tree.FilePath).Text.Length;
    }

    private static ProgramSource Beside(ProgramSource program) =>
        program with { Files = [.. program.Files.Select((file, number) => file with { Text = file.Text + TypeBeside(file, $"Namesake{number}") })] };

    private static string TypeBeside(SourceFile file, string type)
    {
        var root = CompiledProgram.Parse(file).GetRoot();
        if (root.ContainsDiagnostics)
        {
            return "";
        }

        var members = root.DescendantNodes().Where(node => node.Parent is TypeDeclarationSyntax or BaseFieldDeclarationSyntax or VariableDeclarationSyntax { Parent: BaseFieldDeclarationSyntax }).ToArray();
        var fields = NamesOf(members.Select(member => member switch
        {
            VariableDeclaratorSyntax variable => variable.Identifier,
            PropertyDeclarationSyntax property => property.Identifier,
            _ => default,
        }));
        var methods = NamesOf(members.OfType<MethodDeclarationSyntax>().Select(method => method.Identifier)).Except(fields).ToArray();
        return $$"""

            internal sealed class {{type}}
            {
                {{Lines(fields, field => $"public object {field};")}}
                public {{type}}() { {{Lines(fields, field => $"{field} = null;")}} }
                public void {{type}}Assign({{type}} namesake) { {{Lines(fields, field => $"{field} = namesake.{field}; namesake.{field} = null;")}} }
                public void {{type}}Call({{type}} namesake) { {{Lines(methods, method => $"{method}(); namesake.{method}();")}} }
                {{Lines(methods, method => $"public void {method}() {{ }}")}}
            }

            """;

        string[] NamesOf(IEnumerable<SyntaxToken> names) =>
            [.. names.Where(name => !name.IsMissing && name.RawKind != 0).Select(name => name.Text).Where(name => name != type && !s_ofEachObject.Contains(name)).Distinct()];

        static string Lines(IEnumerable<string> names, Func<string, string> line) => string.Join(' ', names.Select(line));
    }
}
