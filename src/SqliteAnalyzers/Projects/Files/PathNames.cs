using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Projects;

/// <summary>Who is asked for the value of a parameter.</summary>
internal enum ParameterValue
{
    /// <summary>What every caller hands in.</summary>
    OfEachCaller,

    /// <summary>What any caller hands in.</summary>
    OfAnyCaller,
}

/// <summary>
/// What an expression stands for, as texts that can be compared across the project: what is constant to the letter, all else by the
/// names of the variables, members and calls that it comes from. Two expressions with a name in common have, or may have, one value.
/// </summary>
/// <param name="mentions">Finds where code mentions a name.</param>
/// <param name="modelOf">The semantic model of a tree.</param>
/// <param name="api">Knows the builder of connection strings.</param>
/// <param name="known">What has been found out about the project's symbols.</param>
/// <param name="ofParameter">Who is asked for the value of a parameter.</param>
/// <param name="cancellation">Ends the work.</param>
internal sealed class PathNames(Mentions mentions, Func<SyntaxTree, SemanticModel> modelOf, ConnectionSettingsApi api, PathNames.Known known, ParameterValue ofParameter, CancellationToken cancellation)
{
    /// <summary>The path of a database, of which only that is known that a connection string names it.</summary>
    public const string OfSomeDatabase = "<database>";

    /// <summary>Names in a row that are followed to their values.</summary>
    private const int MaxDepth = 10;

    /// <summary>Of an expression that may have more names only so many are looked at.</summary>
    private const int MaxNames = 24;

    /// <summary>The places of a name past which what it stands for is not looked for.</summary>
    private const int MaxPlaces = 60;

    private static readonly HashSet<string> s_sameText = new(StringComparer.Ordinal)
    {
        "ToString", "Trim", "TrimEnd", "TrimStart", "ConfigureAwait", "GetAwaiter", "GetResult",
    };

    /// <summary>Types of .NET whose static members say the same each time.</summary>
    private static readonly HashSet<string> s_steady = new(StringComparer.Ordinal)
    {
        "Environment", "AppContext", "AppDomain", "Directory", "FileSystem", "Assembly", "Path", "String",
    };

    /// <summary>What the project says of its symbols, whoever asks: found once.</summary>
    internal sealed class Known
    {
        public ConcurrentDictionary<ISymbol, ExpressionSyntax[]> Values { get; } = new(SymbolEqualityComparer.Default);

        public ConcurrentDictionary<ISymbol, SyntaxNode[]> Calls { get; } = new(SymbolEqualityComparer.Default);
    }

    private readonly HashSet<ISymbol> _underWay = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, IReadOnlyCollection<string>> _arguments = new(SymbolEqualityComparer.Default);

    public IReadOnlyCollection<string> Of(ExpressionSyntax expression) => Of(expression, MaxDepth);

    private IReadOnlyCollection<string> Of(ExpressionSyntax expression, int depth)
    {
        cancellation.ThrowIfCancellationRequested();
        if (depth <= 0)
        {
            return [Unique(expression)];
        }

        var model = modelOf(expression.SyntaxTree);
        if (model.GetConstantValue(expression, cancellation) is { HasValue: true, Value: string constant })
        {
            return [constant];
        }

        return expression switch
        {
            ParenthesizedExpressionSyntax parenthesized => Of(parenthesized.Expression, depth),
            PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed => Of(suppressed.Operand, depth),
            AwaitExpressionSyntax awaited => Of(awaited.Expression, depth),
            CastExpressionSyntax cast => Of(cast.Expression, depth),
            AssignmentExpressionSyntax assignment => Of(assignment.Right, depth - 1),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum => Append(Of(sum.Left, depth - 1), Of(sum.Right, depth - 1)),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } choice => Union([choice.Left, choice.Right], depth),
            ConditionalExpressionSyntax choice => Union([choice.WhenTrue, choice.WhenFalse], depth),
            SwitchExpressionSyntax choice => Union(choice.Arms.Select(arm => arm.Expression), depth),
            InterpolatedStringExpressionSyntax interpolated => interpolated.Contents.Aggregate(
                (IReadOnlyCollection<string>)[""],
                (names, part) => Append(names, part switch
                {
                    InterpolatedStringTextSyntax text => [text.TextToken.ValueText],
                    InterpolationSyntax interpolation => Of(interpolation.Expression, depth - 1),
                    _ => [Unique(expression)],
                })),
            BaseObjectCreationExpressionSyntax creation => OfCreation(creation, model, depth),
            ConditionalAccessExpressionSyntax access => OfConditional(access, depth),
            InvocationExpressionSyntax call => OfCall(call, ReceiverOf(call), model, depth),
            ElementAccessExpressionSyntax element => OfElement(element, model, depth),
            IdentifierNameSyntax or MemberAccessExpressionSyntax => OfVariable(expression, model, depth),
            _ => [Unique(expression)],
        };
    }

    private IReadOnlyCollection<string> Union(IEnumerable<ExpressionSyntax> expressions, int depth) =>
        expressions.SelectMany(each => Of(each, depth - 1)).Distinct().Take(MaxNames).ToArray();

    private IReadOnlyCollection<string> OfCreation(BaseObjectCreationExpressionSyntax creation, SemanticModel model, int depth)
    {
        var type = model.GetTypeInfo(creation, cancellation).Type;
        return type is { Name: "FileInfo", ContainingNamespace.Name: "IO" } && creation.ArgumentList is { Arguments: [var path] } ? Of(path.Expression, depth - 1)
            : api.IsBuilder(type) ? OfBuilder(creation, model, depth)
            : [Unique(creation)];
    }

    /// <summary>The connection strings that a builder makes, with their data sources.</summary>
    private IReadOnlyCollection<string> OfBuilder(ExpressionSyntax builder, SemanticModel model, int depth)
    {
        var creation = builder as BaseObjectCreationExpressionSyntax;
        var holder = creation is null ? model.GetSymbolInfo(builder, cancellation).Symbol : null;
        var member = builder.FirstAncestorOrSelf<MemberDeclarationSyntax>(node => node is not GlobalStatementSyntax) ?? builder.SyntaxTree.GetRoot(cancellation);
        creation ??= holder is null ? null : ValuesOf(holder).OfType<BaseObjectCreationExpressionSyntax>().FirstOrDefault();
        var assignments = (creation?.Initializer?.Expressions.OfType<AssignmentExpressionSyntax>() ?? []).Concat(holder is null
            ? []
            : member.DescendantNodes().OfType<AssignmentExpressionSyntax>().Where(assignment =>
                BuilderUse.ReceiverOf(assignment.Left) is IdentifierNameSyntax name && name.Identifier.ValueText == holder.Name));
        IReadOnlyCollection<string> sources = [];
        var pooling = "";
        foreach (var assignment in assignments)
        {
            switch (NameOf(assignment.Left))
            {
                case "DataSource":
                    sources = Append(["Data Source="], Of(assignment.Right, depth - 1));
                    break;
                case "Pooling" when assignment.Right.IsKind(SyntaxKind.FalseLiteralExpression):
                    pooling = ";Pooling=False";
                    break;
                case "Mode" when assignment.Right is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var mode }:
                    pooling = $";Mode={mode}{pooling}";
                    break;
            }
        }

        if (sources.Count == 0)
        {
            sources = creation?.ArgumentList is { Arguments: [var text] } ? Of(text.Expression, depth - 1) : [Unique(builder)];
        }

        return Append(sources, [pooling]);
    }

    private static string? NameOf(ExpressionSyntax left) => left switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => null,
    };

    private IReadOnlyCollection<string> OfConditional(ConditionalAccessExpressionSyntax access, int depth) => access.WhenNotNull switch
    {
        InvocationExpressionSyntax call => OfCall(call, Innermost(call) == call ? access.Expression : ReceiverOf(call) ?? access.Expression, modelOf(call.SyntaxTree), depth),
        MemberBindingExpressionSyntax member => OfVariable(member, modelOf(member.SyntaxTree), depth),
        _ => [Unique(access)],
    };

    private static InvocationExpressionSyntax Innermost(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax { Expression: InvocationExpressionSyntax inner } ? Innermost(inner) : call;

    private static ExpressionSyntax? ReceiverOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Expression,
        MemberBindingExpressionSyntax => call.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression,
        _ => null,
    };

    private IReadOnlyCollection<string> OfElement(ElementAccessExpressionSyntax element, SemanticModel model, int depth)
    {
        if (element.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Split", Expression: var whole } })
        {
            return Of(whole, depth - 1);
        }

        return element.ArgumentList.Arguments is [var key] && model.GetConstantValue(key.Expression, cancellation).Value is string text
            && model.GetTypeInfo(element.Expression, cancellation).Type is { } type && type.Name.StartsWith("IConfiguration", StringComparison.Ordinal)
                ? [Key($"{type.Name}:{text}")]
                : [Unique(element)];
    }

    private IReadOnlyCollection<string> OfCall(InvocationExpressionSyntax call, ExpressionSyntax? receiver, SemanticModel model, int depth)
    {
        if (model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method)
        {
            return [Unique(call)];
        }

        var arguments = call.ArgumentList.Arguments;
        switch (method.ContainingType?.Name, method.Name)
        {
            case (_, var name) when receiver is not null && s_sameText.Contains(name) && !method.IsStatic && method.DeclaringSyntaxReferences.IsEmpty:
                return api.IsBuilder(model.GetTypeInfo(receiver, cancellation).Type) ? OfBuilder(receiver, model, depth) : Of(receiver, depth - 1);
            case ("String", "Replace") when arguments is [{ Expression: var word }, ..] && model.GetConstantValue(word, cancellation).Value is string text && IsDataSourceKeyword(text):
                return [OfSomeDatabase];
            case ("String", "Replace") when receiver is not null && arguments is [{ Expression: var word }, ..] && model.GetConstantValue(word, cancellation).Value?.ToString() is { } text && IsOfConnectionString(text):
                return Of(receiver, depth - 1).Contains(OfSomeDatabase) ? [OfSomeDatabase] : [Unique(call)];
            case ("String", "Concat"):
                return Join("");
            case ("Path", "Combine" or "Join"):
                return Join("/");
            case ("Path", "GetFullPath") when arguments.Count == 1:
                return Of(arguments[0].Expression, depth - 1);
            case ("Path", "GetTempFileName" or "GetRandomFileName"):
                return [Unique(call)];
        }

        if (mentions.DeclarationOf(method, cancellation) is { } declaration)
        {
            return OfOwn(call, method, declaration, depth);
        }

        var isSteady = (method.IsStatic && s_steady.Contains(method.ContainingType?.Name ?? "")) || method is { Name: "GetConnectionString" or "GetValue" };
        return isSteady
            ? arguments.Aggregate((IReadOnlyCollection<string>)[Key(method.ContainingType?.Name + "." + method.Name)], (names, argument) => Append(names, model.GetConstantValue(argument.Expression, cancellation) is { HasValue: true, Value: var value } ? [Key(value?.ToString() ?? "")] : Of(argument.Expression, depth - 1)))
            : [Unique(call)];

        IReadOnlyCollection<string> Join(string separator) => arguments.Select((argument, index) => (argument, index)).Aggregate(
            (IReadOnlyCollection<string>)[""],
            (names, part) => Append(Append(names, [part.index == 0 ? "" : separator]), Of(part.argument.Expression, depth - 1)));
    }

    private static bool IsDataSourceKeyword(string text) =>
        text.Replace(" ", "").TrimEnd('=') is var word && text.EndsWith("=", StringComparison.Ordinal) && (word.Equals("DataSource", StringComparison.OrdinalIgnoreCase) || word.Equals("Filename", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a connection string has the text around its data source: a separator, a quote, another keyword.</summary>
    private static bool IsOfConnectionString(string text) => text.IndexOf('=') >= 0 || text.Trim(';', ' ', '"', '\'').Length == 0;

    /// <summary>What a method of the project returns, with what it is handed.</summary>
    private IReadOnlyCollection<string> OfOwn(InvocationExpressionSyntax call, IMethodSymbol method, SyntaxNode declaration, int depth)
    {
        var own = method.Parameters.IsEmpty ? Key(method.OriginalDefinition.ToDisplayString()) : Unique(call);
        if (!_underWay.Add(method))
        {
            return [own];
        }

        var given = new List<IParameterSymbol>();
        for (var i = 0; i < method.Parameters.Length && i < call.ArgumentList.Arguments.Count; i++)
        {
            var parameter = (method.ReducedFrom ?? method).Parameters[method.ReducedFrom is null ? i : i + 1];
            if (call.ArgumentList.Arguments[i].NameColon is null && !_arguments.ContainsKey(parameter))
            {
                _arguments.Add(parameter, Of(call.ArgumentList.Arguments[i].Expression, depth - 1));
                given.Add(parameter);
            }
        }

        var names = Union(ReturnedBy(declaration), depth);
        foreach (var parameter in given)
        {
            _arguments.Remove(parameter);
        }

        _underWay.Remove(method);
        return [own, .. names];
    }

    private static IEnumerable<ExpressionSyntax> ReturnedBy(SyntaxNode declaration)
    {
        var arrow = declaration switch
        {
            MethodDeclarationSyntax method => method.ExpressionBody,
            LocalFunctionStatementSyntax function => function.ExpressionBody,
            PropertyDeclarationSyntax property => property.ExpressionBody
                ?? property.AccessorList?.Accessors.FirstOrDefault(accessor => accessor.IsKind(SyntaxKind.GetAccessorDeclaration))?.ExpressionBody,
            _ => null,
        };
        return arrow is not null
            ? [arrow.Expression]
            : declaration.DescendantNodes(node => node == declaration || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
                .OfType<ReturnStatementSyntax>().Select(statement => statement.Expression).OfType<ExpressionSyntax>();
    }

    private IReadOnlyCollection<string> OfVariable(ExpressionSyntax name, SemanticModel model, int depth)
    {
        var symbol = model.GetSymbolInfo(name, cancellation).Symbol;
        switch (symbol)
        {
            case IPropertySymbol { Name: "DataSource" } source when source.DeclaringSyntaxReferences.IsEmpty && IsOfDatabase(source.ContainingType):
                return [OfSomeDatabase];
            case IPropertySymbol { Name: "ConnectionString", DeclaringSyntaxReferences.IsEmpty: true } when name is MemberAccessExpressionSyntax access && api.IsBuilder(model.GetTypeInfo(access.Expression, cancellation).Type):
                return OfBuilder(access.Expression, model, depth);
            case IPropertySymbol { Name: "FullName", DeclaringSyntaxReferences.IsEmpty: true } when name is MemberAccessExpressionSyntax access:
                return Of(access.Expression, depth - 1);
            case IParameterSymbol parameter:
                return OfParameter(parameter, depth);
            case ILocalSymbol or IFieldSymbol or IPropertySymbol { IsIndexer: false }:
                if (symbol.DeclaringSyntaxReferences.IsEmpty)
                {
                    return symbol.IsStatic && s_steady.Contains(symbol.ContainingType.Name) ? [Key(symbol.ToDisplayString())] : [Unique(name)];
                }

                return OfDeclared(symbol, depth);
            default:
                return [Unique(name)];
        }
    }

    private bool IsOfDatabase(INamedTypeSymbol type) => api.IsBuilder(type) || type.Name is "SqliteConnection" or "DbConnection";

    private IReadOnlyCollection<string> OfDeclared(ISymbol symbol, int depth)
    {
        var own = OwnKey(symbol);
        if (!_underWay.Add(symbol.OriginalDefinition))
        {
            return [own];
        }

        var values = ValuesOf(symbol);

        // Of a member that is given now this, now that, no value is the one that it has.
        var names = symbol is ILocalSymbol || values.Length == 1 || IsComputed(symbol) ? Union(values, depth) : [];
        _underWay.Remove(symbol.OriginalDefinition);
        return [own, .. names.Where(value => value != own)];
    }

    private bool IsComputed(ISymbol symbol) => symbol is IPropertySymbol
        && mentions.DeclarationOf(symbol, cancellation) is PropertyDeclarationSyntax property
        && ReturnedBy(property).Any();

    /// <summary>All that a variable or member is given, or that a property computes.</summary>
    private ExpressionSyntax[] ValuesOf(ISymbol symbol) => known.Values.GetOrAdd(symbol.OriginalDefinition, declared => [.. FindValues(declared)]);

    private IEnumerable<ExpressionSyntax> FindValues(ISymbol symbol)
    {
        switch (mentions.DeclarationOf(symbol, cancellation))
        {
            case null:
                yield break;
            case VariableDeclaratorSyntax { Initializer.Value: var value }:
                yield return value;
                break;
            case PropertyDeclarationSyntax { Initializer.Value: var value }:
                yield return value;
                break;
            case PropertyDeclarationSyntax property when ReturnedBy(property).Any():
                foreach (var returned in ReturnedBy(property))
                {
                    yield return returned;
                }

                yield break;
            case ForEachStatementSyntax loop:
                foreach (var element in ElementsOf(loop.Expression))
                {
                    yield return element;
                }

                yield break;
        }

        if (symbol is IFieldSymbol { IsConst: true })
        {
            yield break;
        }

        var places = mentions.Of(symbol, cancellation).Take(MaxPlaces + 1).ToArray();
        foreach (var name in places.Length > MaxPlaces ? [] : places.Where(Assignments.IsTarget))
        {
            if (AssignmentTo(name) is { } assignment && SymbolEqualityComparer.Default.Equals(modelOf(name.SyntaxTree).GetSymbolInfo(name, cancellation).Symbol?.OriginalDefinition, symbol.OriginalDefinition))
            {
                yield return assignment.Right;
            }
        }
    }

    private static AssignmentExpressionSyntax? AssignmentTo(SimpleNameSyntax name)
    {
        ExpressionSyntax target = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return target.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression or (int)SyntaxKind.CoalesceAssignmentExpression } assignment && assignment.Left == target ? assignment : null;
    }

    private static IEnumerable<ExpressionSyntax> ElementsOf(ExpressionSyntax collection) => collection switch
    {
        ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions,
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions,
        BaseObjectCreationExpressionSyntax { Initializer: { RawKind: (int)SyntaxKind.CollectionInitializerExpression } initializer } => initializer.Expressions,
        CollectionExpressionSyntax expression => expression.Elements.OfType<ExpressionElementSyntax>().Select(element => element.Expression),
        _ => [],
    };

    private IReadOnlyCollection<string> OfParameter(IParameterSymbol parameter, int depth)
    {
        if (_arguments.TryGetValue(parameter, out var argument))
        {
            return argument;
        }

        var own = OwnKey(parameter);
        if (!_underWay.Add(parameter))
        {
            return [own];
        }

        var handed = ArgumentsFor(parameter).Select(each => Of(each, depth - 2)).ToArray();
        _underWay.Remove(parameter);
        var names = handed.Length == 0 ? []
            : ofParameter == ParameterValue.OfAnyCaller ? handed.SelectMany(each => each).Distinct().Take(MaxNames)
            : handed.Skip(1).Aggregate((IEnumerable<string>)handed[0], (all, each) => all.Intersect(each));
        return [own, .. names];
    }

    /// <summary>What the calls of its method hand in for a parameter.</summary>
    private IEnumerable<ExpressionSyntax> ArgumentsFor(IParameterSymbol parameter)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction or MethodKind.Constructor } method
            || mentions.DeclarationOf(parameter, cancellation) is null)
        {
            yield break;
        }

        foreach (var arguments in CallsOf(method).Select(ArgumentsOf).OfType<ArgumentListSyntax>())
        {
            var index = parameter.Ordinal - (method.IsExtensionMethod && arguments.Arguments.Count < method.Parameters.Length ? 1 : 0);
            var argument = arguments.Arguments.FirstOrDefault(each => each.NameColon?.Name.Identifier.ValueText == parameter.Name)
                ?? (index >= 0 && index < arguments.Arguments.Count && arguments.Arguments[index].NameColon is null ? arguments.Arguments[index] : null);
            if (argument is not null)
            {
                yield return argument.Expression;
            }
        }
    }

    private static ArgumentListSyntax? ArgumentsOf(SyntaxNode call) => call switch
    {
        InvocationExpressionSyntax invocation => invocation.ArgumentList,
        BaseObjectCreationExpressionSyntax creation => creation.ArgumentList,
        ConstructorInitializerSyntax initializer => initializer.ArgumentList,
        PrimaryConstructorBaseTypeSyntax inherited => inherited.ArgumentList,
        _ => null,
    };

    /// <summary>The calls of a method or constructor in the project, where not too many places name it.</summary>
    public IReadOnlyList<SyntaxNode> CallsOf(IMethodSymbol method) => known.Calls.GetOrAdd(method.OriginalDefinition, _ => [.. FindCalls(method.OriginalDefinition)]);

    private IEnumerable<SyntaxNode> FindCalls(IMethodSymbol method)
    {
        var isConstructor = method.MethodKind == MethodKind.Constructor;
        var places = mentions.Of(isConstructor ? method.ContainingType : method, cancellation).Take(MaxPlaces + 1).ToArray();
        var calls = places.Length > MaxPlaces ? [] : places.SelectMany(name => CallsAt(name, isConstructor));
        if (isConstructor)
        {
            calls = calls.Concat(method.ContainingType.DeclaringSyntaxReferences.SelectMany(declaration => InitializersOf(declaration.GetSyntax(cancellation))));
        }

        return calls.Where(call => modelOf(call.SyntaxTree).GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol called
            && SymbolEqualityComparer.Default.Equals((called.ReducedFrom ?? called).OriginalDefinition, method.OriginalDefinition));
    }

    /// <summary>What may be a call of a method, or of a constructor of a type, where the name of that stands.</summary>
    private static IEnumerable<SyntaxNode> CallsAt(SimpleNameSyntax name, bool isConstructor)
    {
        ExpressionSyntax whole = name;
        while ((whole.Parent is MemberAccessExpressionSyntax access && access.Name == whole) || (whole.Parent is QualifiedNameSyntax qualified && qualified.Right == whole) || (isConstructor && whole.Parent is NullableTypeSyntax))
        {
            whole = (ExpressionSyntax)whole.Parent;
        }

        return !isConstructor
            ? whole.Parent switch
            {
                InvocationExpressionSyntax invocation when invocation.Expression == whole => [invocation],
                MemberBindingExpressionSyntax { Parent: InvocationExpressionSyntax invocation } => [invocation],
                _ => [],
            }
            : whole.Parent switch
            {
                ObjectCreationExpressionSyntax creation => [creation],
                PrimaryConstructorBaseTypeSyntax inherited => [inherited],
                VariableDeclarationSyntax declaration => declaration.Variables.Select(variable => variable.Initializer?.Value).OfType<ImplicitObjectCreationExpressionSyntax>(),
                PropertyDeclarationSyntax { Initializer.Value: ImplicitObjectCreationExpressionSyntax creation } => [creation],
                BaseTypeSyntax { Parent.Parent: TypeDeclarationSyntax derived } => InitializersOf(derived),
                _ => [],
            };
    }

    /// <summary>What the constructors of a type call before they begin.</summary>
    private static IEnumerable<ConstructorInitializerSyntax> InitializersOf(SyntaxNode type) =>
        (type as TypeDeclarationSyntax)?.Members.OfType<ConstructorDeclarationSyntax>().Select(constructor => constructor.Initializer).OfType<ConstructorInitializerSyntax>() ?? [];

    /// <summary>The name of the file without its folders, where it is constant.</summary>
    public static string? FileNameIn(string path) => DatabasePath.NameIn(path) is { } name && name.IndexOf('<') < 0 ? name : null;

    private static string OwnKey(ISymbol symbol) => symbol is IFieldSymbol or IPropertySymbol || symbol.DeclaringSyntaxReferences is not [var reference, ..]
        ? Key(symbol.OriginalDefinition.ToDisplayString())
        : Key($"{symbol.Name} {reference.SyntaxTree.FilePath} {reference.Span.Start}");

    /// <summary>An expression that is like no other.</summary>
    private static string Unique(ExpressionSyntax expression) => Key($"{expression.SyntaxTree.FilePath} {expression.SpanStart} {expression.Span.Length}");

    /// <summary>A name that is no text of a path, nor means anything in a connection string.</summary>
    private static string Key(string text)
    {
        var key = text.ToCharArray();
        for (var i = 0; i < key.Length; i++)
        {
            key[i] = key[i] is ';' or '=' or '"' or '\'' or '<' or '>' or '\\' or '/' ? '|' : key[i];
        }

        return $"<{new string(key)}>";
    }

    private static IReadOnlyCollection<string> Append(IReadOnlyCollection<string> texts, IReadOnlyCollection<string> others) =>
        texts.SelectMany(text => others.Select(other => text + other)).Distinct().Take(MaxNames).ToArray();
}
