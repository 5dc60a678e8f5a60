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
        "Log", "LogTrace", "LogDebug", "LogInfo", "LogInformation", "LogWarning", "LogError", "LogCritical", "Info", "Warn", "Error", "Fatal",
    };

    /// <summary>Methods that make another text of one, in which parts of it are left out or stand for something else.</summary>
    private static readonly HashSet<string> s_changes = new(StringComparer.Ordinal) { "Replace", "Insert", "Remove", "Substring", "AsSpan" };

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
    /// Whether the code makes another text of it before it is used, with something else in place of parts of it: of itself, or of what is given it.
    /// </summary>
    public bool IsTemplate(TextUses uses, CancellationToken cancellation) => uses.Of(_expression, cancellation).Any(IsChanged);

    /// <summary>Whether the code puts something behind it before it is used, which goes on with its last statement.</summary>
    public bool IsContinued(TextUses uses, CancellationToken cancellation) => uses.Of(_expression, cancellation).Any(GoesOn);

    /// <summary>Whether it goes to a method of Entity Framework Core that makes a parameter of each value in it.</summary>
    private bool TakesParameters(SemanticModel model, CancellationToken cancellation) =>
        _expression is InterpolatedStringExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } }
        && model.GetTypeInfo(_expression, cancellation).ConvertedType is { Name: nameof(FormattableString) }
        && model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol { ContainingType: { Name: "RelationalDatabaseFacadeExtensions" or "RelationalQueryableExtensions" } };

    /// <summary>
    /// Whether the text goes to something that is visibly no command of SQLite: a type of the project's own that is no ADO.NET command,
    /// or the command or connection of another database.
    /// </summary>
    public bool IsForOther(SemanticModel model, CancellationToken cancellation)
    {
        if (_expression.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var receiver } } })
        {
            return model.GetTypeInfo(receiver, cancellation).Type is { } called && IsOfOtherDatabase(called);
        }

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
        return consumer.Locations.Any(location => location.IsInSource)
            ? !type.AllInterfaces.Any(implemented => implemented.Name == "IDbCommand")
            : IsOfOtherDatabase(type);
    }

    private static bool IsOfOtherDatabase(ITypeSymbol type) =>
        type is { TypeKind: TypeKind.Class, IsAbstract: false } && !type.Locations.Any(location => location.IsInSource)
        && type.AllInterfaces.Any(implemented => implemented.Name is "IDbCommand" or "IDbConnection")
        && type.Name.IndexOf("sqlite", StringComparison.OrdinalIgnoreCase) < 0;

    /// <summary>Whether the text is only spoken of: compared, searched for, written to a log or an exception, or said by an attribute.</summary>
    public bool IsMention(SemanticModel model, CancellationToken cancellation) => _expression.Parent switch
    {
        AttributeArgumentSyntax or CaseSwitchLabelSyntax or ConstantPatternSyntax => true,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } => true,
        ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } arguments } argument =>
            IsToConsole(call) || (model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol method && Speaks(method, arguments.Arguments.IndexOf(argument))),
        ArgumentSyntax { Parent.Parent: { } made } => IsException((model.GetSymbolInfo(made, cancellation).Symbol as IMethodSymbol)?.ContainingType),
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

    /// <summary>A question to a text, what is written to the console or a log, whoever's that is, or what a test expects.</summary>
    private static bool Speaks(IMethodSymbol method, int argument) => method.ContainingType switch
    {
        { SpecialType: SpecialType.System_String } => s_questions.Contains(method.Name) && (argument == 0 || method.Name != "Replace"),
        { Name: "Console" or "Debug" or "Trace" or "Regex" } type when IsOfSystem(type) => true,
        { Name: var type } => type.Contains("Logger") || type is "Log" or "ILog" || s_logs.Contains(method.Name)
            || type.EndsWith("Assert", StringComparison.Ordinal) || type.EndsWith("Assertions", StringComparison.Ordinal) || method.Name.StartsWith("Should", StringComparison.Ordinal),
    };

    private static bool IsToConsole(InvocationExpressionSyntax call) => call.Expression is MemberAccessExpressionSyntax
    {
        Expression: MemberAccessExpressionSyntax { Expression: SimpleNameSyntax { Identifier.ValueText: "Console" }, Name.Identifier.ValueText: "Error" or "Out" },
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

    private static bool IsChanged(ExpressionSyntax text) => text.Parent switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name, Parent: InvocationExpressionSyntax } access => access.Expression == text && s_changes.Contains(name),
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: SimpleNameSyntax { Identifier.ValueText: "Regex" }, Name.Identifier.ValueText: "Replace" } } } => true,
        ArgumentSyntax { Parent.Parent: BaseObjectCreationExpressionSyntax { Parent: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Replace" } } } => true,
        _ => false,
    };

    /// <summary>Whether something is put behind a text where it is used, other than the end of its last statement.</summary>
    private static bool GoesOn(ExpressionSyntax text) => text.Parent switch
    {
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression } addition => addition.Left == text && !IsEnd(addition.Right),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum => sum.Left == text ? !IsEnd(sum.Right) : GoesOn(sum),
        ParenthesizedExpressionSyntax parenthesized => GoesOn(parenthesized),
        InterpolationSyntax { Parent: InterpolatedStringExpressionSyntax whole } hole =>
            whole.Contents.IndexOf(hole) + 1 is var next && next < whole.Contents.Count ? !IsEnd(whole.Contents[next]) : GoesOn(whole),
        ArgumentSyntax => BuiltTexts.AdditionOf(text) is { } addition && !(BuiltTexts.NextOf(addition) is { } next && IsEnd(next)),
        _ => false,
    };

    private static bool IsEnd(SyntaxNode next)
    {
        var first = next.GetFirstToken();
        var written = first.Parent is InterpolatedStringExpressionSyntax ? first.GetNextToken() : first;
        return written.ValueText.TrimStart().StartsWith(";", StringComparison.Ordinal);
    }

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
