using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Projects;

/// <summary>Of all that rules have found, and still find in the light of the project, the first about the same databases and maker.</summary>
internal sealed class FirstFindings
{
    private readonly Dictionary<string, Place> _firsts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _saidElsewhere = new(StringComparer.Ordinal);

    /// <param name="settled">What rules find, in any order: places come in the order of members' names.</param>
    /// <param name="saidElsewhere">What is found here and reported where it happens, in another member.</param>
    public FirstFindings(IEnumerable<Finding> settled, IEnumerable<Finding> saidElsewhere)
    {
        _saidElsewhere.UnionWith(saidElsewhere.Select(GroupOf).OfType<string>());
        foreach (var finding in settled)
        {
            if (GroupOf(finding) is { } group && (!_firsts.TryGetValue(group, out var first) || finding.At.CompareTo(first) < 0))
            {
                _firsts[group] = finding.At;
            }
        }
    }

    /// <summary>Whether it is one of them, or stands for itself.</summary>
    public bool Contains(Finding finding) => GroupOf(finding) is not { } group || (!_saidElsewhere.Contains(group) && _firsts[group].Equals(finding.At));

    private static string? GroupOf(Finding finding) =>
        finding.Maker is null ? null : $"{finding.Check.Descriptor.Id} {finding.Maker} {string.Join("|", finding.Databases.Select(database => database.Key))}";
}
