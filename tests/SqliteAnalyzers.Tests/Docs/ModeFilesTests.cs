using System.Text;
using Microsoft.CodeAnalysis;

namespace SqliteAnalyzers.Tests.Docs;

/// <summary>The files behind the property SqliteAnalyzersMode name every rule of the code.</summary>
public sealed class ModeFilesTests
{
    [Fact]
    public void None_silences_every_rule() => Match("None", _ => "none");

    [Fact]
    public void Minimum_keeps_what_warns_by_itself() =>
        Match("Minimum", rule => rule.IsEnabledByDefault && rule.DefaultSeverity >= DiagnosticSeverity.Warning ? "warning" : "none");

    [Fact]
    public void All_makes_every_rule_a_warning() => Match("All", _ => "warning");

    private static void Match(string mode, Func<DiagnosticDescriptor, string> severity)
    {
        var config = new StringBuilder("is_global = true\nglobal_level = -100\n\n");
        foreach (var rule in RuleTable.All)
        {
            config.Append($"dotnet_diagnostic.{rule.Id}.severity = {severity(rule)}\n");
        }

        Snapshot.Match(Repository.PathTo("src", "SqliteAnalyzers.Package", "buildTransitive", "modes", mode + ".globalconfig"), config.ToString());
    }
}
