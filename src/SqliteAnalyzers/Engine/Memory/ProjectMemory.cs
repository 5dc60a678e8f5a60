using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>
/// What earlier compilations of a project have left, so that after an edit only what depends on it is made anew: what each piece of
/// code calls, which names lead where, where an analysis begins, and the summaries.
/// </summary>
/// <remarks>
/// It lives as long as the reference to the SQLite library, which an editor keeps from one compilation of a project to the next, and
/// holds no compilation, tree or symbol.
/// </remarks>
internal sealed class ProjectMemory
{
    /// <summary>What is kept of code that the project no longer has is dropped when there is so many times more than it can use.</summary>
    private const int MaxGrowth = 4;

    /// <summary>More than a solution has: a tool that makes up names without end shall not fill the memory.</summary>
    private const int MaxProjects = 500;

    private static readonly ConditionalWeakTable<MetadataReference, ConcurrentDictionary<string, ProjectMemory>> s_memories = new();

    private readonly ConcurrentDictionary<SummaryKey, KeptSummary> _summaries = new();
    private readonly ConcurrentDictionary<CodeUnit, KeptContents> _contents = new();

    private Reach? _reach;
    private MemberPlaces? _places;
    private KeptInitialValues? _initialValues;

    /// <summary>What a piece of code calls, for as long as its text and what it can see of the program are these.</summary>
    private sealed record KeptContents(ulong BodyHash, ulong Surroundings, CodeContents Contents);

    public static ProjectMemory Of(Compilation compilation, MetadataReference? library)
    {
        if (library is null)
        {
            return new();
        }

        var projects = s_memories.GetOrCreateValue(library);
        if (projects.Count > MaxProjects)
        {
            projects.Clear();
        }

        return projects.GetOrAdd(compilation.AssemblyName ?? "", _ => new());
    }

    /// <summary>Those that were found last.</summary>
    public KeptRoots? Roots { get; set; }

    /// <summary>What names say of the trees of the project: what they said last, if that is still so.</summary>
    public Reach ReachOf(IReadOnlyList<TreeIndex> trees, LibrarySet libraries) =>
        _reach is { } kept && kept.IsTrueOf(trees, libraries) ? kept : _reach = new(trees, libraries);

    /// <summary>Where the members of the project stand: where they stood last, if that is still so.</summary>
    public MemberPlaces PlacesOf(IReadOnlyList<TreeIndex> trees) => _places is { } kept && kept.AreThoseOf(trees) ? kept : _places = new(trees);

    /// <summary>What is known of the members of a project: of what was found last, that which is still so.</summary>
    public KeptInitialValues InitialValuesOf(ProjectIndex project, ulong surroundings) => _initialValues = KeptInitialValues.Of(project.Trees, surroundings, _initialValues);

    public KeptSummary? FindSummary(SummaryKey key) => _summaries.TryGetValue(key, out var kept) ? kept : null;

    public void Keep(KeptSummary summary) => _summaries[summary.Key] = summary;

    public CodeContents? FindContents(CodeUnit unit, ulong bodyHash, ulong surroundings) =>
        _contents.TryGetValue(unit, out var kept) && kept.BodyHash == bodyHash && kept.Surroundings == surroundings ? kept.Contents : null;

    public void Keep(CodeUnit unit, ulong bodyHash, ulong surroundings, CodeContents contents) => _contents[unit] = new(bodyHash, surroundings, contents);

    /// <summary>Drops what no code of the project can ask for any more, if that has become much.</summary>
    public void Tidy(ProjectIndex project)
    {
        Tidy(_summaries, key => key.Unit, project);
        Tidy(_contents, unit => unit, project);
    }

    private static void Tidy<TKey, TValue>(ConcurrentDictionary<TKey, TValue> kept, Func<TKey, CodeUnit> unitOf, ProjectIndex project)
        where TKey : notnull
    {
        var max = MaxGrowth * project.MemberCount;
        if (kept.Count <= max)
        {
            return;
        }

        foreach (var key in kept.Keys)
        {
            if (project.Entry(unitOf(key).Member) is null || kept.Count > max)
            {
                kept.TryRemove(key, out _);
            }
        }
    }
}
