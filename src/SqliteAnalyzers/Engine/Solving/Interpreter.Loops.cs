using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <content>In which loop something happens, and what that waits for.</content>
internal sealed partial class Interpreter
{
    private static readonly string[] s_sameTask = ["ConfigureAwait", "WaitAsync", "AsTask"];

    /// <summary>Methods that block until something else has happened, where they are .NET's own.</summary>
    private static readonly string[] s_waits =
    [
        "Sleep", "SpinUntil", "Wait", "WaitAll", "WaitAny", "WaitOne", "SignalAndWait", "Join", "WaitForExit", "Take", "TryTake", "GetConsumingEnumerable", "ReadKey", "ReadLine",
        "Send", "GetResponse", "DownloadString", "DownloadData", "DownloadFile", "UploadString", "UploadData", "UploadFile", "Receive", "Accept",
    ];

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

    public int? ItemsIn(IOperation collection) =>
        collection.Syntax is ExpressionSyntax expression ? LoopRounds.CountOf(expression, _body.Model, frame.Cancellation) : null;

    private Loop LoopOf(SyntaxNode code, bool repeatsFunctions)
    {
        if (!_loops.TryGetValue(code, out var loop))
        {
            loop = new(_body.PlaceOf(code), AwaitsOther(code, _body.Model, repeatsFunctions, [frame.Unit]))
            {
                IsOverItems = LoopRounds.IsOverItems(code, _body.Model, frame.Cancellation),
                Rounds = LoopRounds.Of(code, _body.Model, frame.Cancellation),
            };
            _loops.Add(code, loop);
        }

        return loop;
    }

    /// <summary>Whether code waits for anything but a database, itself or in a method of the project that it awaits.</summary>
    private bool AwaitsOther(SyntaxNode code, SemanticModel model, bool withFunctions, HashSet<CodeUnit> seen) =>
        code.DescendantNodesAndSelf(node => node == code || withFunctions || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .Any(node => node switch
            {
                AwaitExpressionSyntax awaited => IsOther(awaited.Expression, model, seen),
                CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 } loop =>
                    _engine.Libraries.KindOf(model.GetTypeInfo(loop.Expression, frame.Cancellation).Type) != ObjectKind.Query && IsOther(loop.Expression, model, seen),
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } } call
                    when Array.IndexOf(s_waits, name) >= 0 => IsWait(call, model),
                MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result", Expression: var task } => IsTask(task, model) && IsOther(task, model, seen),
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetAwaiter", Expression: InvocationExpressionSyntax call } } =>
                    IsOther(call, model, seen),
                _ => false,
            });

    private bool IsWait(InvocationExpressionSyntax call, SemanticModel model) =>
        model.GetSymbolInfo(call, frame.Cancellation).Symbol?.ContainingType is { } type
        && (type.Name is "Process" or "Console"
            || (type.ContainingNamespace?.ToDisplayString() is { } name
                && (name.StartsWith("System.Threading", StringComparison.Ordinal) || name.StartsWith("System.Net", StringComparison.Ordinal) || name == "System.Collections.Concurrent")));

    private bool IsTask(ExpressionSyntax expression, SemanticModel model) => model.GetTypeInfo(expression, frame.Cancellation).Type is { Name: "Task" or "ValueTask" };

    private bool IsOther(ExpressionSyntax awaited, SemanticModel model, HashSet<CodeUnit> seen)
    {
        while (awaited is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var inner, Name.Identifier.ValueText: var name } }
            && Array.IndexOf(s_sameTask, name) >= 0)
        {
            awaited = inner;
        }

        if (awaited is not InvocationExpressionSyntax || model.GetSymbolInfo(awaited, frame.Cancellation).Symbol is not IMethodSymbol method)
        {
            // Of a type that is not known, this is a reader of rows.
            return awaited is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ReadAsync" }, ArgumentList.Arguments.Count: <= 1 };
        }

        if (!_engine.Units.IsInProject(method) && method.MethodKind != MethodKind.LocalFunction)
        {
            return !_engine.Libraries.IsDatabaseWork(method.ReducedFrom ?? method);
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
