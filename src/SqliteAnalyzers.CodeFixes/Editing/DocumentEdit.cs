using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis.Text;

namespace SqliteAnalyzers.CodeFixes.Editing;

/// <summary>
/// The changes one fix makes to the text of a document. Text, not nodes: what is not changed keeps every space and comment.
/// </summary>
internal sealed class DocumentEdit
{
    private readonly List<TextChange> _changes = [];
    private readonly SortedSet<string> _namespaces = new(System.StringComparer.Ordinal);

    public IReadOnlyList<TextChange> Changes => _changes;

    /// <summary>What the light bulb says, without the name of the variant.</summary>
    public required string Title { get; set; }

    /// <summary>To how many findings at once the edit may be applied.</summary>
    public FixReach Reach { get; set; } = FixReach.All;

    /// <summary>Namespaces that the new text needs.</summary>
    public IEnumerable<string> Namespaces => _namespaces;

    public void Insert(int position, string text) => Replace(new TextSpan(position, 0), text);

    public void Replace(TextSpan span, string text) => _changes.Add(new TextChange(span, text));

    public void Remove(TextSpan span) => Replace(span, "");

    public void Import(string @namespace) => _namespaces.Add(@namespace);

    /// <summary>
    /// The changes of all edits that can be made together, in order of position. An edit that touches text another one
    /// has changed already is left out as a whole.
    /// </summary>
    public static (IReadOnlyList<TextChange> Changes, ImmutableSortedSet<string> Namespaces) Merge(IEnumerable<DocumentEdit?> edits)
    {
        var changes = new List<TextChange>();
        var namespaces = ImmutableSortedSet.CreateBuilder<string>(System.StringComparer.Ordinal);

        foreach (var edit in edits)
        {
            if (edit is null || edit._changes.Any(change => changes.Any(other => Conflict(change, other))))
            {
                continue;
            }

            changes.AddRange(edit._changes);
            namespaces.UnionWith(edit._namespaces);
        }

        return ([.. changes.OrderBy(change => change.Span.Start).ThenBy(change => change.Span.Length)], namespaces.ToImmutable());
    }

    /// <summary>Leaves the edit to at most so many findings at once.</summary>
    public void Limit(FixReach reach)
    {
        if (reach < Reach)
        {
            Reach = reach;
        }
    }

    private static bool Conflict(TextChange change, TextChange other)
    {
        if (change.Span.IsEmpty && other.Span.IsEmpty)
        {
            return change.Equals(other);
        }

        return change.Span.IntersectsWith(other.Span)
            && change.Span.End != other.Span.Start
            && change.Span.Start != other.Span.End
            || change.Span == other.Span;
    }
}
