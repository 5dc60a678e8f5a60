using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SqliteAnalyzers.Projects;

/// <summary>What the user sets in .editorconfig for a file.</summary>
/// <param name="RequiredPragmas">Which pragmas a connection must have, in lower case.</param>
/// <param name="ProcessStarters">Further methods that start a worker process, as Namespace.Type.Method.</param>
/// <param name="Faults">What is set there and wrong, and so is left out.</param>
internal sealed record FlowOptions(ImmutableArray<string> RequiredPragmas, ImmutableArray<string> ProcessStarters, ImmutableArray<OptionFault> Faults)
{
    public static readonly FlowOptions Default = new(
        RuleOption.RequiredPragmas.Default,
        RuleOption.ProcessStartMethods.Default,
        ImmutableArray<OptionFault>.Empty);
}

/// <summary>Reads the options of a file, once.</summary>
internal sealed class FlowOptionsProvider(AnalyzerConfigOptionsProvider? provider)
{
    private readonly ConcurrentDictionary<SyntaxTree, FlowOptions> _options = new();

    public FlowOptions For(SyntaxTree tree) => _options.GetOrAdd(tree, Read);

    private FlowOptions Read(SyntaxTree tree)
    {
        if (provider?.GetOptions(tree) is not { } options)
        {
            return FlowOptions.Default;
        }

        var faults = new List<OptionFault>();
        return new(
            RuleOption.RequiredPragmas.Read(options, faults).Select(pragma => pragma.ToLowerInvariant()).Distinct().ToImmutableArray(),
            RuleOption.ProcessStartMethods.Read(options, faults),
            faults.Concat(RuleOption.UnknownIn(options)).ToImmutableArray());
    }
}
