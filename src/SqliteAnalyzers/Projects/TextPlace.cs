using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Projects;

/// <summary>Where a text is written, and what the whole project says.</summary>
internal sealed class TextPlace(TreeIndex.MemberEntry member, ProjectFacts project, CancellationToken cancellation)
{
    public ProjectFacts Project => project;

    /// <summary>Whether of all members whose texts set WAL mode this one comes first by name.</summary>
    public bool IsFirstToSetWal => member.Member.Equals(project.FirstToSetWal);

    /// <summary>Whether the member mentions one of these names.</summary>
    public bool Mentions(HashSet<int> names) => NameHash.Overlaps(member.Names, names);

    /// <summary>
    /// Whether such a pragma is set on databases in memory only, as far as the code that sets it is followed: by the member that
    /// writes the text, be it over a helper, or else by any.
    /// </summary>
    public bool IsSetInMemoryOnly(Func<PragmaSetting, bool> isSuch)
    {
        var databases = project.SettingsOf(isSuch, cancellation).ToArray();
        var own = Array.FindAll(databases, set => set.Site.Member.Equals(member.Member) || set.SeenIn.Equals(member.Member));
        return (own.Length > 0 ? own : databases) is { Length: > 0 } known && known.All(set => set.Database.IsMemory);
    }
}
