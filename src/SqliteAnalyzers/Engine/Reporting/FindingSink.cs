using System.Collections.Immutable;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>Where a check says what it has found at one event.</summary>
internal sealed class FindingSink
{
    private readonly List<Draft> _drafts = [];

    /// <summary>What a check says, before it is decided who reports it.</summary>
    /// <param name="Needs">The facts without which it would not be so.</param>
    /// <param name="Arguments">For the message; none: what the needs say in words.</param>
    /// <param name="Subject">The connection or database it is about, to name in the fix.</param>
    /// <param name="Databases">The databases of which the rule wants to know what the project says of them.</param>
    /// <param name="Properties">For the fix.</param>
    /// <param name="IsAboutAnswer">Whether it holds only if nobody reads what the event answers.</param>
    /// <param name="At">Where it is to be reported, if not at the event.</param>
    /// <param name="Maker">What makes that which it is about: of all that is found about the same databases and maker, only the first is reported.</param>
    /// <param name="Origin">Where it happens, in whatever method.</param>
    /// <param name="AsksCallers">Whether it holds only if callers find the same where they call.</param>
    internal sealed record Draft(
        ImmutableArray<Evidence> Needs,
        ImmutableArray<string> Arguments,
        AbstractObject? Subject,
        ImmutableArray<AbstractObject> Databases,
        ImmutableArray<(string Key, string? Value)> Properties,
        bool IsAboutAnswer,
        Place? At,
        string? Maker,
        Place? Origin,
        bool AsksCallers);

    public IReadOnlyList<Draft> Drafts => _drafts;

    public void Report(
        IEnumerable<Evidence> needs,
        IEnumerable<string>? arguments = null,
        AbstractObject? subject = null,
        IEnumerable<AbstractObject>? databases = null,
        bool isAboutAnswer = false,
        Place? at = null,
        string? maker = null,
        Place? origin = null,
        bool asksCallers = false,
        params (string Key, string? Value)[] properties) =>
        _drafts.Add(new(
            needs.ToImmutableArray(),
            (arguments ?? []).ToImmutableArray(),
            subject,
            (databases ?? []).ToImmutableArray(),
            properties.ToImmutableArray(),
            isAboutAnswer,
            at,
            maker,
            origin,
            asksCallers));
}
