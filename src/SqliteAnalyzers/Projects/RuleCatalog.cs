using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Projects;

/// <summary>The rules that one analysis asks, by what they look at.</summary>
/// <param name="Flow">At the paths through the program.</param>
/// <param name="Texts">At the SQL that is written in it.</param>
/// <param name="Trees">At one file.</param>
/// <param name="Settings">At how connections are set up.</param>
internal sealed record RuleCatalog(
    ImmutableArray<FlowRule> Flow,
    ImmutableArray<TextRule> Texts,
    ImmutableArray<TreeRule> Trees,
    ImmutableArray<SettingRule> Settings)
{
    /// <summary>Members with none of these words set nothing of a connection.</summary>
    public const Words SettingWords = Words.Sqlite | Words.DataSource | Words.Setting;

    /// <summary>A project with none of these words is none of theirs.</summary>
    public Words Words => Texts.Select(rule => rule.Words).Concat(Trees.Select(rule => rule.Words)).Aggregate(SettingWords, (all, each) => all | each);

    public ImmutableArray<DiagnosticDescriptor> Descriptors => Flow.Select(rule => rule.Descriptor)
        .Concat(Texts.Select(rule => rule.Descriptor))
        .Concat(Trees.Select(rule => rule.Descriptor))
        .Concat(Settings.Select(rule => rule.Descriptor))
        .Distinct()
        .ToImmutableArray();

    /// <summary>Those of the rules that report what is asked for.</summary>
    public RuleCatalog Where(Func<DiagnosticDescriptor, bool> isAskedFor) => new(
        Flow.RemoveAll(rule => !isAskedFor(rule.Descriptor)),
        Texts.RemoveAll(rule => !isAskedFor(rule.Descriptor)),
        Trees.RemoveAll(rule => !isAskedFor(rule.Descriptor)),
        Settings.RemoveAll(rule => !isAskedFor(rule.Descriptor)));
}
