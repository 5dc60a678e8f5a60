using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace SqliteAnalyzers.Engine;

/// <summary>
/// The summaries that earlier compilations of a project have left, so that after an edit only what depends on it is made anew.
/// </summary>
/// <remarks>
/// It lives as long as the reference to the SQLite library, which an editor keeps from one compilation of a project to the next, and
/// holds no compilation, tree or symbol.
/// </remarks>
internal sealed class SummaryMemory
{
    /// <summary>Summaries of code that the project no longer has are dropped when there are so many times more than it can use.</summary>
    private const int MaxGrowth = 4;

    private static readonly ConditionalWeakTable<MetadataReference, ConcurrentDictionary<string, SummaryMemory>> s_memories = new();

    private readonly ConcurrentDictionary<SummaryKey, KeptSummary> _kept = new();

    public static SummaryMemory Of(Compilation compilation, MetadataReference? library) =>
        library is null ? new() : s_memories.GetOrCreateValue(library).GetOrAdd(compilation.AssemblyName ?? "", _ => new());

    public KeptSummary? Find(SummaryKey key) => _kept.TryGetValue(key, out var kept) ? kept : null;

    public void Keep(KeptSummary summary) => _kept[summary.Key] = summary;

    /// <summary>Drops what no code of the project can ask for any more, if that has become much.</summary>
    public void Tidy(ProjectIndex project)
    {
        if (_kept.Count <= MaxGrowth * project.MemberCount)
        {
            return;
        }

        foreach (var key in _kept.Keys)
        {
            if (project.Entry(key.Unit.Member) is null || _kept.Count > MaxGrowth * project.MemberCount)
            {
                _kept.TryRemove(key, out _);
            }
        }
    }
}
