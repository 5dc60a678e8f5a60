using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Projects;

/// <summary>
/// The pragmas that the strings of a project set, by the member that holds them, and those of the scripts that it reads: what a
/// text that is put together where it cannot be followed may set.
/// </summary>
internal sealed class PragmaTexts
{
    /// <summary>How far a text is handed on: a list, the property that joins it.</summary>
    private const int MaxHandsOn = 2;

    private static readonly HashSet<int> s_readers =
    [
        .. new[]
        {
            "ReadAllText", "ReadAllTextAsync", "ReadAllLines", "ReadAllLinesAsync", "ReadLines", "ReadLinesAsync",
            "ReadToEnd", "ReadToEndAsync", "GetManifestResourceStream",
        }.Select(NameHash.Of),
    ];

    private readonly ProjectIndex _project;
    private readonly Dictionary<CodeMember, HashSet<PragmaSetting>> _written = [];
    private readonly Dictionary<int, HashSet<PragmaSetting>> _handedOutBy = [];

    public PragmaTexts(ProjectIndex project, IEnumerable<TreeTexts> texts)
    {
        _project = project;
        foreach (var tree in texts)
        {
            All.UnionWith(tree.AllPragmas);
            foreach (var pair in tree.Pragmas)
            {
                _written[pair.Key] = new(pair.Value);
            }
        }

        foreach (var member in project.Members.Where(ReadsScripts))
        {
            if (!_written.TryGetValue(member.Member, out var settings))
            {
                _written.Add(member.Member, settings = []);
            }

            settings.Add(PragmaSetting.Script);
        }

        var sources = project.Members.Where(member => member.Has(MemberTraits.HandsOutText) && member.Name.Length > 0).ToArray();
        for (var i = 0; i < MaxHandsOn && (_written.Count > 0 || _handedOutBy.Count > 0); i++)
        {
            foreach (var (name, settings) in sources.Select(member => (member.NameHash, Settings: WithinReachOf(member))).Where(pair => pair.Settings.Count > 0).ToArray())
            {
                if (!_handedOutBy.TryGetValue(name, out var known))
                {
                    _handedOutBy.Add(name, known = []);
                }

                known.UnionWith(settings);
            }
        }
    }

    /// <summary>Whether a member reads text from files or resources, which may be scripts.</summary>
    public static bool ReadsScripts(TreeIndex.MemberEntry member) => NameHash.Overlaps(member.Names, s_readers);

    /// <summary>The names of all pragmas that a string of the project sets, or begins or continues to set.</summary>
    public HashSet<string> All { get; } = new(StringComparer.Ordinal);

    /// <summary>What a text put together in a member may set: the strings of the member, and of those it names that hand out text.</summary>
    public IReadOnlyCollection<PragmaSetting> WithinReachOf(CodeMember member) =>
        _project.Entry(member) is { } entry && !entry.Has(MemberTraits.TypeFront) ? WithinReachOf(entry) : [];

    private HashSet<PragmaSetting> WithinReachOf(TreeIndex.MemberEntry member)
    {
        var settings = new HashSet<PragmaSetting>();
        if (_written.TryGetValue(member.Member, out var written))
        {
            settings.UnionWith(written);
        }

        foreach (var name in member.Names)
        {
            if (_handedOutBy.TryGetValue(name, out var handedOut))
            {
                settings.UnionWith(handedOut);
            }
        }

        return settings;
    }
}
