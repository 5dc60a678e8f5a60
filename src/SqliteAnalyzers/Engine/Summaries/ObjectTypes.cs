using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>Of what types the objects are that the program makes, as the expressions that make them say.</summary>
internal sealed class ObjectTypes(FlowEngine engine)
{
    private readonly ConcurrentDictionary<Place, (ITypeSymbol? Type, bool IsExact)> _types = new();

    /// <summary>Whether an object is of a type; null if that is not known.</summary>
    public bool? IsOf(MadeObject made, ITypeSymbol type, CancellationToken cancellation) => TypeOf(made, cancellation) switch
    {
        { Type: null } => null,
        { Type: { } known } when engine.Compilation.ClassifyCommonConversion(known, type) is { IsImplicit: true, IsUserDefined: false } => true,
        { IsExact: true } => false,
        { Type: { } known } when engine.Libraries.AreOfType(made.Kind, type) && engine.Compilation.ClassifyCommonConversion(type, known) is { IsImplicit: true, IsUserDefined: false } => true,
        _ => null,
    };

    /// <summary>The type of an object; null where it may be one that derives from what is known.</summary>
    public ITypeSymbol? ExactTypeOf(MadeObject made, CancellationToken cancellation) => TypeOf(made, cancellation) is { Type: var type, IsExact: true } ? type : null;

    private (ITypeSymbol? Type, bool IsExact) TypeOf(MadeObject made, CancellationToken cancellation)
    {
        while (made.Via is { } inner)
        {
            made = inner;
        }

        return _types.TryGetValue(made.Site, out var known) ? known : _types.GetOrAdd(made.Site, TypeAt(made.Site, cancellation));
    }

    /// <summary>The type of what is made at a place, and whether it is no other that derives from it.</summary>
    private (ITypeSymbol? Type, bool IsExact) TypeAt(Place site, CancellationToken cancellation)
    {
        if (engine.Project.LocationOf(site) is not { SourceTree: { } tree } location)
        {
            return default;
        }

        var node = tree.GetRoot(cancellation).FindNode(location.SourceSpan, getInnermostNodeForTie: true);
        var type = node is BaseObjectCreationExpressionSyntax or InvocationExpressionSyntax ? engine.Bodies.ModelOf(tree).GetTypeInfo(node, cancellation).Type : null;
        return type is { IsReferenceType: true, TypeKind: not (TypeKind.TypeParameter or TypeKind.Dynamic or TypeKind.Error) }
            ? (type is INamedTypeSymbol { Name: "Task", TypeArguments: [var result] } ? result : type, node is BaseObjectCreationExpressionSyntax)
            : default;
    }
}
