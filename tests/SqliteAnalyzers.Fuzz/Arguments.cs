using System.Collections.Immutable;

namespace SqliteAnalyzers.Fuzz;

/// <summary>What the command line asks for.</summary>
internal sealed record Arguments
{
    /// <summary>The part to run.</summary>
    public required string Part { get; init; }

    /// <summary>Files and folders of programs besides those of the repository.</summary>
    public required ImmutableArray<string> Sources { get; init; }

    /// <summary>Part of the names of the programs that are meant.</summary>
    public required string Only { get; init; }

    public required int Seed { get; init; }

    /// <summary>Null: as many as the part takes by itself.</summary>
    public required int? Count { get; init; }

    public required TimeSpan Time { get; init; }

    public required int First { get; init; }

    /// <summary>Zero: none.</summary>
    public required int OrderEvery { get; init; }

    /// <summary>How many programs are made.</summary>
    public required int Generated { get; init; }

    public required TimeSpan Limit { get; init; }

    public required string Output { get; init; }

    /// <summary>The command line that asks for what is found in the same programs.</summary>
    public IEnumerable<string> ForFindings() =>
        [FuzzCommand.Findings, "--only", Only, "--generated", $"{Generated}", .. Sources.SelectMany(source => new[] { "--source", source })];
}
