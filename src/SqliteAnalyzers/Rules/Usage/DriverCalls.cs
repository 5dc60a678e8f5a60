using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Engine;

namespace SqliteAnalyzers.Rules.Usage;

/// <summary>Which calls go to Microsoft.Data.Sqlite, whose asynchronous methods all do their work before they return (AsyncFactsTests).</summary>
internal sealed class DriverCalls
{
    private const string Namespace = "Microsoft.Data.Sqlite";

    /// <summary>ADO.NET's name of each type that the driver derives from it.</summary>
    private static readonly (string Name, string Common)[] s_types =
    [
        ("SqliteConnection", "DbConnection"),
        ("SqliteCommand", "DbCommand"),
        ("SqliteDataReader", "DbDataReader"),
        ("SqliteTransaction", "DbTransaction"),
    ];

    /// <summary>What the methods of ADO.NET make that one of the driver's objects makes of its own kind.</summary>
    private static readonly ImmutableDictionary<string, string> s_made = ImmutableDictionary<string, string>.Empty
        .Add("CreateCommand", "SqliteCommand")
        .Add("BeginTransaction", "SqliteTransaction")
        .Add("BeginTransactionAsync", "SqliteTransaction")
        .Add("ExecuteReader", "SqliteDataReader")
        .Add("ExecuteReaderAsync", "SqliteDataReader");

    private readonly ImmutableDictionary<string, INamedTypeSymbol> _types;

    private DriverCalls(ImmutableDictionary<string, INamedTypeSymbol> types)
    {
        _types = types;
        AsyncNames = types.Values.SelectMany(BasesOf).SelectMany(type => type.GetMembers()).OfType<IMethodSymbol>()
            .Where(method => method.DeclaredAccessibility == Accessibility.Public && method.Name.EndsWith("Async", StringComparison.Ordinal))
            .Select(method => method.Name)
            .ToImmutableHashSet(StringComparer.Ordinal);
    }

    /// <summary>The names of the asynchronous methods of the driver's types.</summary>
    public ImmutableHashSet<string> AsyncNames { get; }

    /// <summary>Null where the driver is not referenced.</summary>
    public static DriverCalls? For(Compilation compilation)
    {
        var types = ImmutableDictionary.CreateBuilder<string, INamedTypeSymbol>(StringComparer.Ordinal);
        foreach (var (name, _) in s_types)
        {
            if (compilation.GetTypeByMetadataName($"{Namespace}.{name}") is not { } type || SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly))
            {
                return null;
            }

            types.Add(name, type);
        }

        return new(types.ToImmutable());
    }

    /// <summary>The name that a call is written with.</summary>
    public static SimpleNameSyntax? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        SimpleNameSyntax name => name,
        _ => null,
    };

    /// <summary>The method of the driver, or of ADO.NET on one of the driver's objects, that is called; null for other calls, and where it is not certain.</summary>
    public IMethodSymbol? MethodOf(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellation) =>
        model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol { IsStatic: false } method
        && (IsOwn(method.ContainingType) || (s_types.Any(type => IsCommon(method.ContainingType, type.Common)) && ReceiverOf(call) is { } receiver && TypeOf(receiver, model, cancellation) is not null))
            ? method
            : null;

    private static IEnumerable<INamedTypeSymbol> BasesOf(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            yield return current;
        }
    }

    private static ExpressionSyntax? ReceiverOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Expression,
        MemberBindingExpressionSyntax binding => binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression,
        _ => null,
    };

    private static bool IsCommon(INamedTypeSymbol type, string name) =>
        type.Name == name && type.ContainingNamespace is { Name: "Common", ContainingNamespace: { Name: "Data", ContainingNamespace.Name: "System" } };

    private bool IsOwn(INamedTypeSymbol type) => _types.Values.Contains(type, SymbolEqualityComparer.Default);

    /// <summary>The type of the driver that the expression certainly has, whatever the type it is declared with.</summary>
    private INamedTypeSymbol? TypeOf(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellation)
    {
        for (; ; )
        {
            var type = model.GetTypeInfo(expression, cancellation).Type;
            if (type is INamedTypeSymbol known && IsOwn(known))
            {
                return known;
            }

            switch (expression)
            {
                case ParenthesizedExpressionSyntax parenthesized:
                    expression = parenthesized.Expression;
                    break;
                case CastExpressionSyntax cast:
                    expression = cast.Expression;
                    break;
                case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                    expression = suppressed.Operand;
                    break;
                case AwaitExpressionSyntax awaited:
                    expression = awaited.Expression;
                    break;
                case InvocationExpressionSyntax call when NameOf(call) is { Identifier.ValueText: "ConfigureAwait" } && ReceiverOf(call) is { } task:
                    expression = task;
                    break;
                case InvocationExpressionSyntax call when NameOf(call) is { Identifier.ValueText: var name } && s_made.TryGetValue(name, out var made) && MethodOf(call, model, cancellation) is not null:
                    return _types[made];
                case IdentifierNameSyntax name when model.GetSymbolInfo(name, cancellation).Symbol is ILocalSymbol local && OnlyValueOf(local, cancellation) is { } value:
                    expression = value;
                    break;
                default:
                    return null;
            }
        }
    }

    /// <summary>What a local is declared with, if nothing else is ever assigned to it.</summary>
    private static ExpressionSyntax? OnlyValueOf(ILocalSymbol local, CancellationToken cancellation)
    {
        if (local.DeclaringSyntaxReferences is not [var reference]
            || reference.GetSyntax(cancellation) is not VariableDeclaratorSyntax { Initializer.Value: { } value } declarator)
        {
            return null;
        }

        var member = declarator.Ancestors().First(ancestor => ancestor is MemberDeclarationSyntax and not GlobalStatementSyntax or CompilationUnitSyntax);
        return member.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == local.Name && Assignments.IsTarget(name)) ? null : value;
    }
}
