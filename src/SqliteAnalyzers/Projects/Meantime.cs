using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Projects;

/// <summary>
/// What code may do while the program goes from one place to another, itself or in the methods of the project that it calls. A
/// delegate that comes from elsewhere may do anything; what is called by the name of such a thing does it.
/// </summary>
internal sealed class Meantime(FlowEngine engine, CancellationToken cancellation)
{
    /// <summary>What so many methods have not shown, no other is taken to show.</summary>
    private const int MaxMethods = 40;

    private static readonly HashSet<string> s_sameTask = ["ConfigureAwait", "WaitAsync", "AsTask"];

    /// <summary>What asks how another process or thread is getting on, by names that nothing else of .NET has.</summary>
    private static readonly HashSet<string> s_waits =
    [
        "HasExited", "ExitCode", "ExitTime", "StandardOutput", "StandardError", "Kill", "CloseMainWindow", "Sleep", "Delay", "SpinUntil", "SignalAndWait", "ReadKey", "ReadLine",
        "ReadToEnd", "GetAwaiter",
    ];

    private static readonly string[] s_writes = ["Execute", "SaveChanges", "Commit", "Insert", "Update", "Delete", "Upsert"];

    private static readonly string[] s_processes = ["System.Diagnostics", .. Processes.OtherLibraries];

    /// <summary>Whether a node waits for anything but a database, what stands in it apart.</summary>
    public bool Waits(SyntaxNode node) => Does(node, IsWait, []);

    /// <summary>Whether a node may write to a database, what stands in it apart.</summary>
    public bool Writes(SyntaxNode node) => Does(node, IsWrite, []);

    /// <summary>Whether a node may checkpoint, what stands in it apart.</summary>
    public bool Checkpoints(SyntaxNode node) => Does(node, IsCheckpoint, []);

    /// <summary>The methods of the project that a call leads to, as far as they are known.</summary>
    public IEnumerable<CodeMember> CalledBy(SyntaxNode node) => node is not InvocationExpressionSyntax call || SymbolOf(call) is not IMethodSymbol method ? []
        : from target in TargetsOf(method.ReducedFrom ?? method) ?? []
          let unit = engine.Units.Of(target)
          where unit is not null
          select unit.Member;

    private bool Does(SyntaxNode node, Func<SyntaxNode, bool> isSuch, HashSet<SyntaxNode> seen)
    {
        if (isSuch(node))
        {
            return true;
        }

        if (node is not InvocationExpressionSyntax call)
        {
            return false;
        }

        if (SymbolOf(call) is not IMethodSymbol { MethodKind: not MethodKind.DelegateInvoke } method)
        {
            return NameOf(call) != "nameof";
        }

        return TargetsOf(method.ReducedFrom ?? method) is not { } targets || targets.Any(target =>
            target.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is { } code
            && seen.Add(code)
            && (seen.Count > MaxMethods || code.DescendantNodes().Any(inner => Does(inner, isSuch, seen))));
    }

    /// <summary>Null where a method of the project cannot be looked into.</summary>
    private IReadOnlyList<IMethodSymbol>? TargetsOf(IMethodSymbol method) =>
        method.MethodKind == MethodKind.LocalFunction ? [method]
        : !engine.Units.IsInProject(method) ? []
        : engine.Targets.Resolve(method) is { IsEmpty: false } targets ? targets
        : null;

    private bool IsWait(SyntaxNode node) => node switch
    {
        AwaitExpressionSyntax { Expression: var awaited } => IsOther(awaited),
        CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 } loop => IsOther(loop.Expression),
        SimpleNameSyntax { Identifier.ValueText: var name, Parent: MemberAccessExpressionSyntax or MemberBindingExpressionSyntax } when s_waits.Contains(name) => true,
        SimpleNameSyntax { Identifier.ValueText: "Result" } property => SymbolOf(property)?.ContainingType is { Name: "Task" or "ValueTask" },
        InvocationExpressionSyntax call when NameOf(call) is { } name => name == "Join"
            ? SymbolOf(call)?.ContainingType.Name == "Thread"
            : name.IndexOf("Wait", StringComparison.OrdinalIgnoreCase) >= 0 && !s_sameTask.Contains(name),
        _ => false,
    };

    private bool IsOther(ExpressionSyntax awaited)
    {
        while (awaited is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var inner, Name.Identifier.ValueText: var name } } && s_sameTask.Contains(name))
        {
            awaited = inner;
        }

        // What a method of the project awaits is seen where it is called.
        return awaited is not InvocationExpressionSyntax call
            || SymbolOf(call) is not IMethodSymbol method
            || !(method.MethodKind == MethodKind.LocalFunction || engine.Units.IsInProject(method) || IsDatabaseWork(method.ReducedFrom ?? method));
    }

    private bool IsDatabaseWork(IMethodSymbol method) =>
        engine.Libraries.IsDatabaseWork(method)
        && !s_processes.Any(space => method.ContainingNamespace?.ToDisplayString().StartsWith(space, StringComparison.Ordinal) == true);

    private static bool IsWrite(SyntaxNode node) =>
        node is InvocationExpressionSyntax call && NameOf(call) is { } name && s_writes.Any(write => name.StartsWith(write, StringComparison.Ordinal));

    private static bool IsCheckpoint(SyntaxNode node) => node switch
    {
        SimpleNameSyntax { Identifier.ValueText: var name } => name.IndexOf("Checkpoint", StringComparison.OrdinalIgnoreCase) >= 0,
        LiteralExpressionSyntax literal => literal.IsKind(SyntaxKind.StringLiteralExpression) && MentionsCheckpoint(literal.Token.ValueText),
        InterpolatedStringTextSyntax text => MentionsCheckpoint(text.TextToken.ValueText),
        _ => false,
    };

    private static bool MentionsCheckpoint(string text) => text.IndexOf("wal_checkpoint", StringComparison.OrdinalIgnoreCase) >= 0;

    private ISymbol? SymbolOf(SyntaxNode node) => engine.Bodies.ModelOf(node.SyntaxTree).GetSymbolInfo(node, cancellation).Symbol;

    /// <summary>The name that a call is written with.</summary>
    public static string? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } => name,
        MemberBindingExpressionSyntax { Name.Identifier.ValueText: var name } => name,
        SimpleNameSyntax { Identifier.ValueText: var name } => name,
        _ => null,
    };
}
