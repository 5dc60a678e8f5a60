using System.Globalization;
using Microsoft.CodeAnalysis;

namespace SqliteAnalyzers.Tests.Order.Analyses;

/// <summary>All that a finding tells a reader and its fix, and nothing that depends on where in the program its member stands.</summary>
internal sealed record ReportedFinding(
    string Id, DiagnosticSeverity Severity, string Place, string Message, string Properties, string AdditionalPlaces)
{
    public static ReportedFinding Of(Diagnostic diagnostic) => new(
        diagnostic.Id,
        diagnostic.Severity,
        FindingPlace.Of(diagnostic.Location),
        diagnostic.GetMessage(CultureInfo.InvariantCulture),
        string.Join(", ", diagnostic.Properties.OrderBy(property => property.Key, StringComparer.Ordinal).Select(property => $"{property.Key}={property.Value}")),
        string.Join("; ", diagnostic.AdditionalLocations.Select(FindingPlace.Of)));

    public override string ToString()
    {
        var text = $"{Id} {Severity} at {Place}: {Message}";
        text += Properties.Length == 0 ? "" : $" [{Properties}]";
        return AdditionalPlaces.Length == 0 ? text : $"{text} (see {AdditionalPlaces})";
    }
}
