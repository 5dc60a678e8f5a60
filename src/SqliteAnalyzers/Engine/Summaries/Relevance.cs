using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>
/// Whether a piece of code can lead to a library, itself or through what it calls. Names are asked first; what they let through is
/// read once.
/// </summary>
internal sealed class Relevance(FlowEngine engine, Reach reach)
{
    private readonly ConcurrentDictionary<CodeUnit, bool> _matters = new();

    public bool MayMatter(CodeUnit unit, Evaluation evaluation)
    {
        var matters = MayMatter(unit, evaluation.Cancellation);
        evaluation.RestOn(new MayMatterPremise(unit, matters));
        return matters;
    }

    public bool MayMatter(CodeUnit unit, CancellationToken cancellation) =>
        reach.IsRelevant(unit.Member) && (_matters.TryGetValue(unit, out var known) ? known : Find(unit, cancellation));

    /// <summary>Whether the value that a member starts with uses what the primary constructor of its type is given.</summary>
    public bool MentionsPrimaryConstructor(ISymbol member, CodeUnit unit) =>
        engine.Project.Entry(unit.Member) is { } entry
        && member.ContainingType.InstanceConstructors.Any(constructor =>
            constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is TypeDeclarationSyntax)
            && constructor.Parameters.Any(parameter => NameHash.Contains(entry.Names, NameHash.Of(parameter.Name))));

    private bool Find(CodeUnit unit, CancellationToken cancellation)
    {
        var seen = new HashSet<CodeUnit> { unit };
        var pending = new Queue<CodeUnit>();
        pending.Enqueue(unit);
        while (pending.Count > 0)
        {
            var next = pending.Dequeue();

            // To read all that a method of a big program leads to would bind the program.
            if ((_matters.TryGetValue(next, out var matters) && matters) || seen.Count > Limits.MaxReach)
            {
                return _matters[unit] = true;
            }

            var contents = engine.Calls.In(next, cancellation);
            if (contents.UsesLibrary)
            {
                return _matters[unit] = true;
            }

            foreach (var called in contents.Calls)
            {
                if (reach.IsRelevant(called.Member) && seen.Add(called))
                {
                    pending.Enqueue(called);
                }
            }
        }

        foreach (var irrelevant in seen)
        {
            _matters[irrelevant] = false;
        }

        return false;
    }
}
