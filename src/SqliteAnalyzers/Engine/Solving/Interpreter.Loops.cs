using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <content>In which loop something happens, and what that waits for.</content>
internal sealed partial class Interpreter
{
    private static readonly string[] s_sameTask = ["ConfigureAwait", "WaitAsync", "AsTask"];

    private readonly Dictionary<SyntaxNode, Loop> _loops = [];
    private IOperation? _root;
    private Loop? _repeated;

    /// <summary>The innermost loop around what is evaluated now; null if there is none.</summary>
    public Loop? Loop =>
        _repeated is not null ? _repeated
        : _root is null || _body.Graph is null || _body.Loops.Around(_root) is not { } loop ? null
        : LoopOf(loop, repeatsFunctions: false);

    /// <summary>A call runs a delegate any number of times.</summary>
    private Value Repeatedly(Func<Value> run)
    {
        var outer = _repeated;
        _repeated = !_observe || _root is null ? outer : LoopOf(_root.Syntax, repeatsFunctions: true) with { At = _at };
        try
        {
            return run();
        }
        finally
        {
            _repeated = outer;
        }
    }

    private Loop LoopOf(SyntaxNode code, bool repeatsFunctions)
    {
        if (!_loops.TryGetValue(code, out var loop))
        {
            loop = new(_body.PlaceOf(code), AwaitsOther(code, _body.Model, repeatsFunctions, [frame.Unit]));
            _loops.Add(code, loop);
        }

        return loop;
    }

    /// <summary>Whether code waits for anything but SQLite, itself or in a method of the project that it awaits.</summary>
    private bool AwaitsOther(SyntaxNode code, SemanticModel model, bool withFunctions, HashSet<CodeUnit> seen) =>
        code.DescendantNodesAndSelf(node => node == code || withFunctions || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .Any(node => node switch
            {
                AwaitExpressionSyntax awaited => IsOther(awaited.Expression, model, seen),
                CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 } loop => IsOther(loop.Expression, model, seen),
                _ => false,
            });

    private bool IsOther(ExpressionSyntax awaited, SemanticModel model, HashSet<CodeUnit> seen)
    {
        while (awaited is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var inner, Name.Identifier.ValueText: var name } }
            && Array.IndexOf(s_sameTask, name) >= 0)
        {
            awaited = inner;
        }

        if (awaited is not InvocationExpressionSyntax || model.GetSymbolInfo(awaited, frame.Cancellation).Symbol is not IMethodSymbol method)
        {
            return true;
        }

        if (!_engine.Units.IsInProject(method) && method.MethodKind != MethodKind.LocalFunction)
        {
            return !_engine.Libraries.RaisesEvents(method.ReducedFrom ?? method);
        }

        var targets = method.MethodKind == MethodKind.LocalFunction ? ImmutableArray.Create(method) : _engine.Targets.Resolve(method.ReducedFrom ?? method);
        return targets.IsEmpty || targets.Any(target =>
            _engine.Units.Of(target) is not { } unit
            || !_engine.Relevance.MayMatter(unit, frame.Evaluation)
            || (seen.Add(unit)
                && _engine.Units.SyntaxOf(unit, frame.Cancellation) is { } body
                && AwaitsOther(body, _engine.Bodies.ModelOf(body.SyntaxTree), withFunctions: false, seen)));
    }
}
