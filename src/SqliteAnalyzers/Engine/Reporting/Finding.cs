using System.Collections.Immutable;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>What a check has found.</summary>
/// <param name="Check">Who found it.</param>
/// <param name="At">Where to report it.</param>
/// <param name="Needs">The facts without which it would not be so.</param>
/// <param name="Arguments">For the message; none: what the needs say in words.</param>
/// <param name="Properties">For the fix.</param>
/// <param name="Databases">The databases of which the rule wants to know what the project says of them.</param>
/// <param name="Maker">What makes that which it is about: of all that is found about the same databases and maker, only the first is reported.</param>
/// <param name="Use">What the code uses the connection for that it is about.</param>
/// <param name="Origin">Where it happens, in whatever method.</param>
/// <param name="AsksCallers">Whether it holds only if callers find the same where they call.</param>
internal sealed record Finding(
    FlowCheck Check,
    Place At,
    ImmutableArray<Evidence> Needs,
    ImmutableArray<string> Arguments,
    ImmutableDictionary<string, string?> Properties,
    ImmutableArray<DatabaseIdentity> Databases,
    string? Maker = null,
    ConnectionUse Use = ConnectionUse.None,
    Place? Origin = null,
    bool AsksCallers = false)
{
    /// <summary>Two paths to the same place are one finding.</summary>
    public bool SaysTheSameAs(Finding other) => Check == other.Check && At.Equals(other.At);

    public IEnumerable<string> MessageArguments => Arguments.IsEmpty ? Needs.Select(evidence => evidence.What) : Arguments;

    /// <summary>The other ends of the flow.</summary>
    public IEnumerable<Place> AdditionalPlaces => Needs.Where(evidence => !evidence.Origin.Equals(At)).Select(evidence => evidence.Origin);
}

/// <summary>Compares findings by all that they say.</summary>
internal sealed class FindingComparer : IEqualityComparer<Finding>
{
    public static readonly FindingComparer Instance = new();

    public bool Equals(Finding? x, Finding? y) =>
        ReferenceEquals(x, y)
        || (x is not null
            && y is not null
            && x.SaysTheSameAs(y)
            && x.Maker == y.Maker
            && x.Use == y.Use
            && x.Origin.Equals(y.Origin)
            && x.AsksCallers == y.AsksCallers
            && x.Needs.SequenceEqual(y.Needs)
            && x.Arguments.SequenceEqual(y.Arguments)
            && x.Databases.SequenceEqual(y.Databases)
            && x.Properties.Count == y.Properties.Count
            && x.Properties.All(pair => y.Properties.TryGetValue(pair.Key, out var value) && value == pair.Value));

    public int GetHashCode(Finding finding) => finding.At.GetHashCode();
}
