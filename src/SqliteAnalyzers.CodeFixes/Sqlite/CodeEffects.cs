using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SqliteAnalyzers.CodeFixes.Sqlite;

/// <summary>
/// What a piece of code, with all it calls, may do that forbids moving something past it. Code that is not known may do everything.
/// </summary>
internal sealed class CodeEffects(SemanticModel model, CancellationToken cancellationToken)
{
    private const int MaxDepth = 6;

    /// <summary>Types of .NET whose members neither touch a database nor decide, by an exception, how the program goes on.</summary>
    private static readonly HashSet<string> s_calm =
    [
        "Console", "Debug", "Trace", "Stopwatch", "Process", "ProcessStartInfo", "String", "Object", "StringBuilder",
        "TextReader", "TextWriter", "StreamReader", "StreamWriter", "Path", "GC", "Task", "ValueTask", "ConfiguredTaskAwaitable",
        "ConfiguredValueTaskAwaitable", "Thread", "Interlocked", "Math", "Guid", "DateTime", "DateTimeOffset", "TimeSpan", "Environment",
        "Enumerable", "CultureInfo", "IDisposable", "IAsyncDisposable", "Component", "Int32", "Int64", "TimeProvider",
    ];

    /// <summary>Their members that do decide: they throw where they do not like what they get, or what a task came to.</summary>
    private static readonly HashSet<string> s_strict =
    [
        "Exit", "FailFast", "Assert", "Fail", "ThrowIfCancellationRequested", "Parse", "ParseExact", "First", "Single", "Last", "ElementAt", "Max", "Min",
        "Average", "Aggregate", "ToDictionary", "Dequeue", "Pop", "Peek", "GetProcessById", "Wait", "WaitAll", "WhenAll", "WhenAny", "GetResult", "Result",
        "Value",
    ];

    private static readonly HashSet<string> s_databases =
        ["System.Data", "Microsoft.Data.Sqlite", "Dapper", "Microsoft.EntityFrameworkCore", "SQLitePCL", RuntimeLibrary.Namespace];

    private readonly Dictionary<SyntaxTree, SemanticModel> _models = new() { [model.SyntaxTree] = model };

    /// <summary>What the node may do when it runs; lambdas in it are taken to run.</summary>
    public Effects Of(SyntaxNode node) => Of(node, new HashSet<ISymbol>(SymbolEqualityComparer.Default));

    private Effects Of(SyntaxNode node, HashSet<ISymbol> callers) =>
        node.DescendantNodesAndSelf().Aggregate(Effects.None, (effects, inner) => effects | OfItself(inner, callers));

    private Effects OfItself(SyntaxNode node, HashSet<ISymbol> callers)
    {
        switch (node)
        {
            case ElementAccessExpressionSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax { Token.Value: int } }] }:
                return Effects.None;
            case ThrowStatementSyntax or ThrowExpressionSyntax or ElementAccessExpressionSyntax or CastExpressionSyntax:
            case AwaitExpressionSyntax { Expression: not InvocationExpressionSyntax }:
                return Effects.Throws;
            case InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } }:
                return Effects.None;
            case InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or ConstructorInitializerSyntax:
                return Of(SymbolOf(node), node, callers);
            case SimpleNameSyntax name when !IsCalled(name):
                return SymbolOf(name) switch
                {
                    IMethodSymbol method => Of(method, name, callers),
                    IPropertySymbol property => Of(property, callers),
                    _ => Effects.None,
                };
            default:
                return Effects.None;
        }
    }

    private Effects Of(ISymbol? symbol, SyntaxNode node, HashSet<ISymbol> callers)
    {
        if (symbol is not IMethodSymbol { MethodKind: not MethodKind.DelegateInvoke } called)
        {
            return Effects.Unknown;
        }

        var method = (called.ReducedFrom ?? called).OriginalDefinition;
        return method.Locations.Any(location => location.IsInSource) ? OfSource(method, callers) : OfLibrary(method, node);
    }

    private Effects Of(IPropertySymbol property, HashSet<ISymbol> callers)
    {
        if (property.DeclaringSyntaxReferences.Length == 0)
        {
            return s_strict.Contains(property.Name) ? Effects.Throws : Effects.None;
        }

        return property.IsAbstract || property.IsVirtual || property.IsOverride
            ? Effects.Unknown
            : OfBodies(property, property.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellationToken)), callers);
    }

    private Effects OfSource(IMethodSymbol method, HashSet<ISymbol> callers)
    {
        if (method.IsAbstract || method.IsVirtual || method.IsExtern || (method.IsOverride && !method.IsSealed) || method.ContainingType?.TypeKind == TypeKind.Interface)
        {
            return Effects.Unknown;
        }

        var bodies = method.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellationToken)).Where(syntax => syntax is not TypeDeclarationSyntax);
        return method.MethodKind is MethodKind.Constructor or MethodKind.StaticConstructor
            ? OfBodies(method, bodies.Concat(InitializersOf(method.ContainingType!)), callers)
            : OfBodies(method, bodies, callers);
    }

    private Effects OfBodies(ISymbol member, IEnumerable<SyntaxNode> bodies, HashSet<ISymbol> callers)
    {
        if (callers.Count >= MaxDepth)
        {
            return Effects.Unknown;
        }

        if (!callers.Add(member))
        {
            return Effects.None;
        }

        var effects = bodies.Aggregate(Effects.None, (all, body) => all | Of(body, callers));
        callers.Remove(member);
        return effects;
    }

    private IEnumerable<SyntaxNode> InitializersOf(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences
            .Select(reference => reference.GetSyntax(cancellationToken))
            .OfType<TypeDeclarationSyntax>()
            .SelectMany(declaration => declaration.Members.OfType<FieldDeclarationSyntax>().SelectMany(field => field.Declaration.Variables.Select(variable => variable.Initializer))
                .Concat(declaration.Members.OfType<PropertyDeclarationSyntax>().Select(property => property.Initializer)))
            .OfType<SyntaxNode>();

    private static Effects OfLibrary(IMethodSymbol method, SyntaxNode node)
    {
        var space = method.ContainingNamespace?.ToDisplayString() ?? "";
        var type = method.ContainingType.Name;
        if (s_databases.Any(database => IsWithin(space, database)))
        {
            return type == "SqliteWorker" ? Effects.Unknown : Effects.Database | Effects.Throws;
        }

        if (Libraries.Processes.OtherLibraries.Any(library => IsWithin(space, library)))
        {
            // CliWrap throws where the process ends with another code than 0.
            return Effects.Process | Effects.Throws;
        }

        if (IsWithin(space, "Microsoft.Extensions.Logging"))
        {
            return Effects.None;
        }

        if (!IsWithin(space, "System"))
        {
            return Effects.Unknown;
        }

        if (StartsProcess(method, type))
        {
            return Effects.Process;
        }

        var leaves = s_strict.Contains(method.Name)
            || (method.Name == "Add" && type.EndsWith("Dictionary", StringComparison.Ordinal))
            || method.Parameters.Any(parameter => parameter.Type.Name == "CancellationToken") && node is InvocationExpressionSyntax { ArgumentList.Arguments.Count: > 0 };
        return !leaves && (s_calm.Contains(type) || IsWithin(space, "System.Collections")) ? Effects.None : Effects.Throws;
    }

    private static bool StartsProcess(IMethodSymbol method, string type) =>
        type is "Process" or "SafeProcessHandle"
        && (method.Name.StartsWith("Start", StringComparison.Ordinal) || method.Name.StartsWith("Run", StringComparison.Ordinal));

    private static bool IsWithin(string space, string parent) =>
        space == parent || space.StartsWith(parent + ".", StringComparison.Ordinal);

    /// <summary>Whether the name is the one of a call, which counts by itself, or no value at all.</summary>
    private static bool IsCalled(SimpleNameSyntax name)
    {
        SyntaxNode whole = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access
            : name.Parent is MemberBindingExpressionSyntax binding ? binding
            : name;
        return whole.Parent is InvocationExpressionSyntax call && call.Expression == whole || name.Parent is NameColonSyntax;
    }

    private ISymbol? SymbolOf(SyntaxNode node)
    {
        if (!_models.TryGetValue(node.SyntaxTree, out var found))
        {
            found = model.Compilation.GetSemanticModel(node.SyntaxTree);
            _models.Add(node.SyntaxTree, found);
        }

        return found.GetSymbolInfo(node, cancellationToken).Symbol;
    }
}
