using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SqliteAnalyzers.Projects;

/// <summary>What the user sets in .editorconfig; docs/configuration.md explains each.</summary>
/// <param name="RequiredPragmas">Which pragmas a connection must have, in lower case.</param>
/// <param name="ProcessStarters">Further methods that start a worker process, as Namespace.Type.Method.</param>
internal sealed record FlowOptions(ImmutableArray<string> RequiredPragmas, ImmutableArray<string> ProcessStarters)
{
    public const string RequiredPragmasKey = "sqlite_analyzers.required_pragmas";
    public const string ProcessStartersKey = "sqlite_analyzers.process_start_methods";

    public static readonly FlowOptions Default = new(
        ImmutableArray.Create("journal_mode"),
        ImmutableArray<string>.Empty);
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

        return new(
            options.TryGetValue(FlowOptions.RequiredPragmasKey, out var pragmas) ? Words(pragmas.ToLowerInvariant()) : FlowOptions.Default.RequiredPragmas,
            options.TryGetValue(FlowOptions.ProcessStartersKey, out var starters) ? Words(starters) : FlowOptions.Default.ProcessStarters);
    }

    private static ImmutableArray<string> Words(string list) =>
        list.Split(',').Select(word => word.Trim()).Where(word => word.Length > 0).ToImmutableArray();
}
