using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Projects;

/// <summary>
/// Where a text goes: through locals, fields, properties, parameters and results of the project's own code to whoever takes it as a
/// connection string. What is done to the text on the way, other than to join it with others, ends the search.
/// </summary>
/// <param name="project">Knows which members mention a name.</param>
/// <param name="trees">The files of the project.</param>
/// <param name="modelOf">The semantic model of a tree.</param>
/// <param name="api">Knows who takes a connection string.</param>
internal sealed class TextDestinations(ProjectIndex project, IReadOnlyList<SyntaxTree> trees, Func<SyntaxTree, SemanticModel> modelOf, ConnectionSettingsApi api)
{
    /// <summary>The variables and members after which one text is followed no further.</summary>
    private const int MaxSymbols = 30;

    /// <summary>The places of a name past which what has it is not followed.</summary>
    private const int MaxPlaces = 400;

    private static readonly HashSet<string> s_sameText = new(StringComparer.Ordinal)
    {
        "ToString", "Trim", "TrimEnd", "TrimStart", "ConfigureAwait", "GetAwaiter", "GetResult",
    };

    private static readonly HashSet<string> s_joins = new(StringComparer.Ordinal) { "Format", "Concat", "Join", "FromResult" };

    private readonly Mentions _mentions = new(project, trees);

    private readonly ConcurrentDictionary<ISymbol, bool> _reached = new(SymbolEqualityComparer.Default);

    /// <summary>Whether it is certain that Microsoft.Data.Sqlite takes the value of an expression as a connection string.</summary>
    public bool IncludeSqlite(ExpressionSyntax text, CancellationToken cancellation)
    {
        var search = new Search();
        if (Visit(text, search, cancellation))
        {
            return true;
        }

        if (search.Next is not [var first])
        {
            return Follow(search, cancellation);
        }

        return _reached.TryGetValue(first, out var known) ? known : _reached[first] = Follow(search, cancellation);
    }

    /// <summary>Whether a text is the result of a member that by its name hands out connection strings, and that code outside of the project sees.</summary>
    public bool IsHandedOut(ExpressionSyntax text, CancellationToken cancellation)
    {
        var search = new Search();
        Visit(text, search, cancellation);
        return search.Next.Exists(symbol => symbol is IMethodSymbol { MethodKind: MethodKind.Ordinary } or IPropertySymbol && symbol.Name.Contains("ConnectionString") && IsSeenOutside(symbol));
    }

    private static bool IsSeenOutside(ISymbol symbol)
    {
        for (var outer = symbol; outer is not (null or INamespaceSymbol); outer = outer.ContainingSymbol)
        {
            if (outer.DeclaredAccessibility != Accessibility.Public)
            {
                return false;
            }
        }

        return true;
    }

    private bool Follow(Search search, CancellationToken cancellation)
    {
        while (search.TakeNext() is { Count: > 0 } symbols)
        {
            if (symbols.Exists(symbol => Follow(symbol, search, cancellation)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// What is still to be looked at for one text: all that is as many steps away, and then all that is one step further. So nothing
    /// depends on which comes first in the source, the end of the search neither.
    /// </summary>
    private sealed class Search
    {
        private readonly HashSet<ISymbol> _seen = new(SymbolEqualityComparer.Default);

        public List<ISymbol> Next { get; private set; } = [];

        /// <summary>Nothing where so much has been looked at that the search ends.</summary>
        public List<ISymbol> TakeNext()
        {
            var next = _seen.Count > MaxSymbols ? [] : Next;
            Next = [];
            return next;
        }

        public void Add(ISymbol? symbol)
        {
            if (symbol is not null && symbol.DeclaringSyntaxReferences.Length > 0 && _seen.Add(symbol.OriginalDefinition))
            {
                Next.Add(symbol.OriginalDefinition);
            }
        }
    }

    /// <summary>Climbs from an expression to what takes its value.</summary>
    private bool Visit(ExpressionSyntax expression, Search search, CancellationToken cancellation)
    {
        var whole = WholeOf(expression);
        var model = modelOf(whole.SyntaxTree);
        switch (whole.Parent)
        {
            case ArgumentSyntax { RefKindKeyword.RawKind: 0 } argument when ParameterOf(argument, model, cancellation) is { } parameter:
                if (api.Takes(parameter))
                {
                    return true;
                }

                search.Add(parameter);
                search.Add(PropertyOf(parameter));
                break;
            case AssignmentExpressionSyntax assignment when assignment.Right == whole
                && assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) | assignment.IsKind(SyntaxKind.AddAssignmentExpression) | assignment.IsKind(SyntaxKind.CoalesceAssignmentExpression):
                var target = model.GetSymbolInfo(assignment.Left, cancellation).Symbol;
                if (target is IPropertySymbol property && api.Takes(property, ReceiverOf(assignment.Left, property, model, cancellation)))
                {
                    return true;
                }

                search.Add(target);
                break;
            case EqualsValueClauseSyntax { Parent: { } declaration }:
                search.Add(model.GetDeclaredSymbol(declaration, cancellation));
                break;
            case ReturnStatementSyntax or ArrowExpressionClauseSyntax:
                search.Add(ResultOf(whole.Parent, model, cancellation));
                break;
        }

        return false;
    }

    /// <summary>The outermost expression that has the same text, or one that the text is a part of.</summary>
    private static ExpressionSyntax WholeOf(ExpressionSyntax expression)
    {
        while (Outer(expression) is { } outer)
        {
            expression = outer;
        }

        return expression;
    }

    private static ExpressionSyntax? Outer(ExpressionSyntax expression) => expression.Parent switch
    {
        ParenthesizedExpressionSyntax or CastExpressionSyntax or AwaitExpressionSyntax => (ExpressionSyntax)expression.Parent,
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed => suppressed,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression or (int)SyntaxKind.CoalesceExpression or (int)SyntaxKind.AsExpression } binary => binary,
        ConditionalExpressionSyntax conditional when conditional.Condition != expression => conditional,
        ConditionalAccessExpressionSyntax access when access.WhenNotNull == expression => access,
        SwitchExpressionArmSyntax { Parent: SwitchExpressionSyntax choice } arm when arm.Expression == expression => choice,
        InterpolationSyntax { Parent: InterpolatedStringExpressionSyntax interpolated } => interpolated,
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression, Parent: ParenthesizedExpressionSyntax or ArrowExpressionClauseSyntax or ReturnStatementSyntax } assignment
            when assignment.Right == expression => assignment,
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } member when member.Expression == expression && s_sameText.Contains(member.Name.Identifier.ValueText) => call,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" } member when member.Expression == expression => member,
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var type, Name.Identifier.ValueText: var method } } call }
            when s_joins.Contains(method) && type.ToString() is "string" or "String" or "Task" or "ValueTask" => call,
        _ => null,
    };

    /// <summary>Looks at each place that uses a variable or member.</summary>
    private bool Follow(ISymbol symbol, Search search, CancellationToken cancellation)
    {
        var named = DeclaredIn(symbol).ToArray();
        var mentions = _mentions.Of(symbol, cancellation).Take(MaxPlaces + 1).ToArray();
        if (mentions.Length > MaxPlaces)
        {
            return false;
        }

        foreach (var node in mentions)
        {
            var use = UseOf(node);
            var model = modelOf(node.SyntaxTree);
            if (IsWritten(use) || model.GetSymbolInfo(node, cancellation).Symbol is not { } used || !named.Contains(used.OriginalDefinition, SymbolEqualityComparer.Default))
            {
                continue;
            }

            if (Visit(use, search, cancellation))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The symbol and those of interfaces and base types by which other code calls it.</summary>
    private static IEnumerable<ISymbol> DeclaredIn(ISymbol symbol)
    {
        yield return symbol;
        if (symbol is not (IMethodSymbol or IPropertySymbol) || symbol.ContainingType is not { } type)
        {
            yield break;
        }

        for (var overridden = OverriddenBy(symbol); overridden is not null; overridden = OverriddenBy(overridden))
        {
            yield return overridden.OriginalDefinition;
        }

        foreach (var implemented in type.AllInterfaces.SelectMany(@interface => @interface.GetMembers(symbol.Name)))
        {
            if (SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(implemented)?.OriginalDefinition, symbol))
            {
                yield return implemented.OriginalDefinition;
            }
        }
    }

    private static ISymbol? OverriddenBy(ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => method.OverriddenMethod,
        IPropertySymbol property => property.OverriddenProperty,
        _ => null,
    };

    /// <summary>The whole of what a name is the end of: <c>this.name</c>, <c>a.name(…)</c>.</summary>
    private static ExpressionSyntax UseOf(SimpleNameSyntax name)
    {
        ExpressionSyntax use = name;
        if ((use.Parent is MemberAccessExpressionSyntax access && access.Name == name) || use.Parent is MemberBindingExpressionSyntax)
        {
            use = (ExpressionSyntax)use.Parent;
        }

        if (use.Parent is InvocationExpressionSyntax call && call.Expression == use)
        {
            use = call;
        }

        return use;
    }

    private static bool IsWritten(ExpressionSyntax use) => use.Parent is AssignmentExpressionSyntax assignment && assignment.Left == use;

    private static ITypeSymbol? ReceiverOf(ExpressionSyntax left, IPropertySymbol property, SemanticModel model, CancellationToken cancellation) => left switch
    {
        MemberAccessExpressionSyntax access => model.GetTypeInfo(access.Expression, cancellation).Type,
        _ when left.FirstAncestorOrSelf<InitializerExpressionSyntax>() is { Parent: BaseObjectCreationExpressionSyntax creation } => model.GetTypeInfo(creation, cancellation).Type,
        _ => property.ContainingType,
    };

    private static IParameterSymbol? ParameterOf(ArgumentSyntax argument, SemanticModel model, CancellationToken cancellation)
    {
        if (argument.Parent is not ArgumentListSyntax { Parent: { } call } list || model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol { Parameters: var parameters })
        {
            return null;
        }

        var index = list.Arguments.IndexOf(argument);
        var parameter = argument.NameColon is { Name.Identifier.ValueText: var name } ? parameters.FirstOrDefault(parameter => parameter.Name == name)
            : index < parameters.Length ? parameters[index]
            : null;
        return parameter is null or { IsParams: true } ? null
            : parameter.ContainingSymbol is IMethodSymbol { ReducedFrom: { } extension } ? extension.Parameters[parameter.Ordinal + 1]
            : parameter;
    }

    /// <summary>The property that a parameter of a record's primary constructor declares.</summary>
    private static IPropertySymbol? PropertyOf(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType: { IsRecord: true } record }
            ? record.GetMembers(parameter.Name).OfType<IPropertySymbol>().FirstOrDefault()
            : null;

    /// <summary>The method or property whose value a return or an arrow gives.</summary>
    private static ISymbol? ResultOf(SyntaxNode node, SemanticModel model, CancellationToken cancellation)
    {
        for (var outer = node.Parent; outer is not null; outer = outer.Parent)
        {
            switch (outer)
            {
                case AnonymousFunctionExpressionSyntax:
                    return null;
                case AccessorDeclarationSyntax:
                    break;
                case LocalFunctionStatementSyntax or MethodDeclarationSyntax or PropertyDeclarationSyntax:
                    return model.GetDeclaredSymbol(outer, cancellation);
                case MemberDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }
}
