using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Projects;

/// <summary>A text as the code writes it: a literal, an interpolated string, a sum of them, or a choice among them.</summary>
internal readonly struct WrittenText
{
    /// <summary>Methods of a text that tell about it, or look for something in it.</summary>
    private static readonly HashSet<string> s_questions = new(StringComparer.Ordinal)
    {
        "Contains", "StartsWith", "EndsWith", "IndexOf", "LastIndexOf", "Equals", "Compare", "CompareOrdinal", "CompareTo", "Replace", "Split",
    };

    /// <summary>Methods by which a class of any name writes to a log.</summary>
    private static readonly HashSet<string> s_logs = new(StringComparer.Ordinal)
    {
        "Log", "LogTrace", "LogDebug", "LogInfo", "LogInformation", "LogWarning", "LogError", "LogCritical",
    };

    private readonly ExpressionSyntax _expression;

    private WrittenText(ExpressionSyntax expression) => _expression = expression;

    /// <summary>The texts that these nodes write, each once.</summary>
    public static IEnumerable<WrittenText> In(IEnumerable<SyntaxNode> nodes) =>
        nodes.Where(node => node.IsKind(SyntaxKind.StringLiteralExpression) || node is InterpolatedStringTextSyntax)
            .Select(WholeOf)
            .Distinct()
            .Select(whole => new WrittenText(whole));

    /// <summary>The whole of the text.</summary>
    public ExpressionSyntax Expression => _expression;

    /// <summary>What the text can be.</summary>
    public IEnumerable<SqlSource> Read(SemanticModel model, CancellationToken cancellation)
    {
        var texts = SqlSource.AllFromExpression(_expression, model, cancellation);
        return TakesParameters(model, cancellation) ? texts.Select(text => text.WithParameters()) : texts;
    }

    /// <summary>
    /// Whether the code writes something else in place of parts of the text before it is used: of itself, or of what is given it, in the
    /// same member, or of a field in the same type.
    /// </summary>
    public bool IsTemplate => IsReplaced(_expression) || (NameOfTarget is { } name && CodeAround.DescendantNodes().OfType<SimpleNameSyntax>().Any(use => use.Identifier.ValueText == name && IsReplaced(WholeNameOf(use))));

    /// <summary>Whether it goes to a method of Entity Framework Core that makes a parameter of each value in it.</summary>
    private bool TakesParameters(SemanticModel model, CancellationToken cancellation) =>
        _expression is InterpolatedStringExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } }
        && model.GetTypeInfo(_expression, cancellation).ConvertedType is { Name: nameof(FormattableString) }
        && model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol { ContainingType: { Name: "RelationalDatabaseFacadeExtensions" or "RelationalQueryableExtensions" } };

    /// <summary>What is given the text: a variable, a field, a property.</summary>
    private string? NameOfTarget => _expression.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } => variable.Identifier.ValueText,
        AssignmentExpressionSyntax { Left: SimpleNameSyntax name } => name.Identifier.ValueText,
        AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name: var name } } => name.Identifier.ValueText,
        _ => null,
    };

    /// <summary>Where what is given the text can be used.</summary>
    private SyntaxNode CodeAround =>
        _expression.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax) is not { } member ? _expression.SyntaxTree.GetRoot()
        : member is FieldDeclarationSyntax { Parent: { } type } ? type
        : member;

    /// <summary>
    /// Whether the text goes to something that is visibly no command of SQLite: a type of the project's own that is no ADO.NET command,
    /// or the command of another database.
    /// </summary>
    public bool IsForOther(SemanticModel model, CancellationToken cancellation)
    {
        var consumer = _expression.Parent switch
        {
            AssignmentExpressionSyntax assignment => model.GetSymbolInfo(assignment.Left, cancellation).Symbol as IPropertySymbol,
            ArgumentSyntax { Parent.Parent: BaseObjectCreationExpressionSyntax creation } => model.GetSymbolInfo(creation, cancellation).Symbol,
            _ => default(ISymbol),
        };
        if (consumer is null)
        {
            return false;
        }

        var type = consumer.ContainingType;
        var isCommand = type.AllInterfaces.Any(implemented => implemented.Name == "IDbCommand");
        return consumer.Locations.Any(location => location.IsInSource)
            ? !isCommand
            : isCommand && !type.IsAbstract && type.Name.IndexOf("sqlite", StringComparison.OrdinalIgnoreCase) < 0;
    }

    /// <summary>Whether the text is only spoken of: compared, searched for, written to a log or an exception, or said by an attribute.</summary>
    public bool IsMention(SemanticModel model, CancellationToken cancellation) => _expression.Parent switch
    {
        AttributeArgumentSyntax or CaseSwitchLabelSyntax or ConstantPatternSyntax => true,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } => true,
        ArgumentSyntax { Parent.Parent: BaseObjectCreationExpressionSyntax creation } => IsException(model.GetTypeInfo(creation, cancellation).Type),
        ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } arguments } argument =>
            model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol method && Speaks(method, arguments.Arguments.IndexOf(argument)),
        _ => false,
    };

    private static bool IsException(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.Name == nameof(Exception) && IsOfSystem(type))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A question to a text, or what is written to the console or a log, whoever's that is.</summary>
    private static bool Speaks(IMethodSymbol method, int argument) => method.ContainingType switch
    {
        { SpecialType: SpecialType.System_String } => s_questions.Contains(method.Name) && (argument == 0 || method.Name != "Replace"),
        { Name: "Console" or "Debug" or "Trace" or "Regex" } type when IsOfSystem(type) => true,
        { Name: var type } => type.Contains("Logger") || type is "Log" or "ILog" || s_logs.Contains(method.Name),
    };

    private static bool IsOfSystem(ITypeSymbol type)
    {
        var space = type.ContainingNamespace;
        while (space is { ContainingNamespace: { IsGlobalNamespace: false } outer })
        {
            space = outer;
        }

        return space is { Name: nameof(System) };
    }

    private static bool IsReplaced(ExpressionSyntax text) => text.Parent switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Replace", Parent: InvocationExpressionSyntax } access => access.Expression == text,
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: SimpleNameSyntax { Identifier.ValueText: "Regex" }, Name.Identifier.ValueText: "Replace" } } } => true,
        ArgumentSyntax { Parent.Parent: BaseObjectCreationExpressionSyntax { Parent: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Replace" } } } => true,
        _ => false,
    };

    /// <summary><c>a.b.name</c> for its last name.</summary>
    private static ExpressionSyntax WholeNameOf(SimpleNameSyntax name) =>
        name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;

    /// <summary>The outermost expression whose text the node is part of, as <see cref="StringExpressionReader"/> reads it.</summary>
    private static ExpressionSyntax WholeOf(SyntaxNode node)
    {
        while (Outer(node) is { } outer)
        {
            node = outer;
        }

        return (ExpressionSyntax)node;
    }

    private static SyntaxNode? Outer(SyntaxNode node) =>
        node is not ExpressionSyntax expression
        || TextChoices.IsChosen(expression)
        || node.Parent is InterpolatedStringExpressionSyntax or ParenthesizedExpressionSyntax or InterpolationSyntax { AlignmentClause: null, FormatClause: null }
        || node.Parent is { RawKind: (int)SyntaxKind.AddExpression or (int)SyntaxKind.SuppressNullableWarningExpression }
            ? node.Parent
            : StringExpressionReader.CallAround(expression);
}
