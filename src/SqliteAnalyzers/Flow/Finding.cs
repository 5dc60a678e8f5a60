using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Flow;

/// <summary>What a rule has found in one frame.</summary>
/// <param name="Rule">Who found it.</param>
/// <param name="At">The operation to report it at.</param>
/// <param name="Needs">The facts without which it would not be so. While one of them comes from the caller, only the caller can report it.</param>
/// <param name="Text">The SQL text without which it would not be so, likewise.</param>
/// <param name="Arguments">For the message; none: what the needs say in words.</param>
/// <param name="Subject">The connection or database it is about, to name in the fix.</param>
/// <param name="Properties">For the fix.</param>
/// <param name="Databases">The databases of which the rule wants to know, once the method is done, what the project says of them.</param>
internal sealed record Finding(
    FlowRule Rule,
    IOperation At,
    ImmutableArray<Evidence> Needs,
    SqlSource? Text,
    ImmutableArray<string> Arguments,
    AbstractObject? Subject,
    ImmutableDictionary<string, string?> Properties,
    ImmutableArray<DatabaseIdentity> Databases)
{
    private bool IsInherited => Needs.Any(evidence => evidence.Entry is not null);

    /// <summary>Whether the frame it was found in can be sure of it without knowing its caller.</summary>
    public bool IsCertainIn(Frame frame) =>
        Needs.All(evidence => evidence.Entry is null) && (Text is null || frame.Contains(Text));

    /// <summary>The same, as the caller sees it.</summary>
    public Finding Leave(IOperation call, State before, ImmutableDictionary<string, string?> namesInScope) => this with
    {
        At = call,
        Needs = Needs.Select(evidence => evidence.Leave(call, before)).ToImmutableArray(),
        Properties = Properties.RemoveRange(ScopeNames.Keys).SetItems(namesInScope),
    };

    /// <remarks>Two paths to the same place are one finding.</remarks>
    public bool Equals(Finding? other) =>
        other is not null && SaysTheSameAs(other) && IsInherited == other.IsInherited && Databases.SequenceEqual(other.Databases);

    public bool SaysTheSameAs(Finding other) => Rule == other.Rule && ReferenceEquals(At.Syntax, other.At.Syntax);

    public override int GetHashCode() => At.Syntax.SpanStart;

    public Diagnostic ToDiagnostic() => Diagnostic.Create(
        Rule.Descriptor,
        At.Syntax.GetLocation(),
        Needs.Where(evidence => evidence.Origin.Syntax != At.Syntax).Select(evidence => evidence.Origin.Syntax.GetLocation()),
        Properties,
        (Arguments.IsEmpty ? Needs.Select(evidence => evidence.What) : Arguments).ToArray());
}
