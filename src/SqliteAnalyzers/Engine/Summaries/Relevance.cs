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

    /// <summary>Whether code does nothing but put a text together, as the path of a database, and so can be followed for what it costs.</summary>
    public bool ComposesText(CodeUnit unit, IMethodSymbol method, Evaluation evaluation)
    {
        if (method.ReturnType.SpecialType != SpecialType.System_String || engine.Project.Entry(unit.Member) is not { } entry)
        {
            return false;
        }

        evaluation.RestOn(new TextPremise(entry.Member, entry.BodyHash));
        return ExpressionBodyOf(engine.Units.SyntaxOf(unit, evaluation.Cancellation))?.Expression is var body
            && (body is LiteralExpressionSyntax or InterpolatedStringExpressionSyntax || IsOfPath(body));
    }

    private static bool IsOfPath(ExpressionSyntax? body) => body is InvocationExpressionSyntax
    {
        Expression: MemberAccessExpressionSyntax
        {
            Name.Identifier.ValueText: "Combine" or "Join",
            Expression: IdentifierNameSyntax { Identifier.ValueText: "Path" } or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Path" },
        },
    };

    private static ArrowExpressionClauseSyntax? ExpressionBodyOf(SyntaxNode? code) => code switch
    {
        ArrowExpressionClauseSyntax arrow => arrow,
        BaseMethodDeclarationSyntax method => method.ExpressionBody,
        PropertyDeclarationSyntax property => property.ExpressionBody,
        AccessorDeclarationSyntax accessor => accessor.ExpressionBody,
        LocalFunctionStatementSyntax function => function.ExpressionBody,
        _ => null,
    };

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
