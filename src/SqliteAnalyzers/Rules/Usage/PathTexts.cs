using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Rules.Usage;

/// <summary>
/// What a path may be, as texts that can be compared: what is constant to the letter, all else by the name of what it comes from.
/// </summary>
internal sealed class PathTexts(SemanticModel model, CancellationToken cancellation)
{
    /// <summary>Names in a row that are followed to their values.</summary>
    private const int MaxDepth = 6;

    /// <summary>Of a path that may be more only so many are looked at.</summary>
    private const int MaxTexts = 16;

    private static readonly string[] s_unknown = [SqlSource.Hole.ToString()];

    public IReadOnlyCollection<string> Of(ExpressionSyntax expression) => [.. Of(expression, MaxDepth).Select(DatabasePath.Normalize).Distinct()];

    /// <summary>The text of a parameter, of which nothing is known.</summary>
    public static string OfParameter(ParameterSyntax parameter) => $"<{parameter.Identifier.ValueText}>";

    private IReadOnlyCollection<string> Of(ExpressionSyntax expression, int depth)
    {
        cancellation.ThrowIfCancellationRequested();
        if (depth == 0)
        {
            return s_unknown;
        }

        switch (expression)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return Of(parenthesized.Expression, depth);
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                return Of(suppressed.Operand, depth);
            case LiteralExpressionSyntax { Token.Value: string text }:
                return [text];
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum:
                return Append(Of(sum.Left, depth - 1), Of(sum.Right, depth - 1));
            case InterpolatedStringExpressionSyntax interpolated:
                return interpolated.Contents.Aggregate((IReadOnlyCollection<string>)[""], (texts, part) => Append(texts, part switch
                {
                    InterpolatedStringTextSyntax text => [text.TextToken.ValueText],
                    InterpolationSyntax interpolation => Of(interpolation.Expression, depth - 1),
                    _ => s_unknown,
                }));
            case BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [var path] }:
                return Of(path.Expression, depth - 1);
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "FullName" } access:
                return Of(access.Expression, depth - 1);
            case InvocationExpressionSyntax call:
                return OfCall(call, depth);
            case IdentifierNameSyntax or MemberAccessExpressionSyntax:
                return OfName(expression, depth);
            default:
                return [Name(expression)];
        }
    }

    private IReadOnlyCollection<string> OfCall(InvocationExpressionSyntax call, int depth)
    {
        var arguments = call.ArgumentList.Arguments;
        return call.Expression switch
        {
            MemberAccessExpressionSyntax { Expression: var type, Name.Identifier.ValueText: "Concat" } when IsNamed(type, "string", "String") => Join(""),
            MemberAccessExpressionSyntax { Expression: var type, Name.Identifier.ValueText: "Combine" or "Join" } when IsNamed(type, "Path", null) => Join("/"),
            MemberAccessExpressionSyntax { Expression: var type, Name.Identifier.ValueText: "GetFullPath" } when IsNamed(type, "Path", null) && arguments.Count == 1 => Of(arguments[0].Expression, depth - 1),
            MemberAccessExpressionSyntax { Expression: var type, Name.Identifier.ValueText: "ChangeExtension" } when IsNamed(type, "Path", null) && arguments.Count == 2 =>
                Append(Of(arguments[0].Expression, depth - 1).Select(WithoutExtension).ToArray(), Of(arguments[1].Expression, depth - 1).Select(extension => extension.StartsWith(".", StringComparison.Ordinal) ? extension : "." + extension).ToArray()),
            _ => [Name(call)],
        };

        IReadOnlyCollection<string> Join(string separator) => arguments.Select((argument, index) => (argument, index)).Aggregate(
            (IReadOnlyCollection<string>)[""],
            (texts, part) => Append(Append(texts, [part.index == 0 ? "" : separator]), Of(part.argument.Expression, depth - 1)));
    }

    /// <summary>What the name stands for: the value of a constant, of a variable that is assigned once, or the elements that a loop goes through.</summary>
    private IReadOnlyCollection<string> OfName(ExpressionSyntax name, int depth)
    {
        var symbol = model.GetSymbolInfo(name, cancellation).Symbol;
        switch (symbol)
        {
            case IFieldSymbol { HasConstantValue: true, ConstantValue: string constant }:
                return [constant];
            case ILocalSymbol { HasConstantValue: true, ConstantValue: string constant }:
                return [constant];
            case ILocalSymbol { DeclaringSyntaxReferences: [var reference] }
                when reference.GetSyntax(cancellation) is ForEachStatementSyntax loop && ElementsOf(loop.Expression) is { } elements:
                return elements.SelectMany(element => Of(element, depth - 1)).Distinct().Take(MaxTexts).ToArray();
            case ILocalSymbol { DeclaringSyntaxReferences: [var reference] }
                when reference.GetSyntax(cancellation) is ForEachStatementSyntax { Expression: InvocationExpressionSyntax { ArgumentList.Arguments: [_, var pattern, ..], Expression: MemberAccessExpressionSyntax { Expression: var type, Name.Identifier.ValueText: "GetFiles" or "EnumerateFiles" } } }
                && IsNamed(type, "Directory", null):
                return Of(pattern.Expression, depth - 1);
            default:
                return ValueOf(symbol) is { } value && value.SyntaxTree == model.SyntaxTree && !IsAssigned(symbol!) ? Of(value, depth - 1) : [Name(name)];
        }
    }

    /// <summary>The expressions that a collection is made of, where all of it is written out.</summary>
    public IEnumerable<ExpressionSyntax>? ElementsOf(ExpressionSyntax collection) => collection switch
    {
        ParenthesizedExpressionSyntax parenthesized => ElementsOf(parenthesized.Expression),
        CastExpressionSyntax cast => ElementsOf(cast.Expression),
        ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions,
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions,
        InitializerExpressionSyntax initializer => initializer.Expressions,
        BaseObjectCreationExpressionSyntax { Initializer: { RawKind: (int)SyntaxKind.CollectionInitializerExpression } initializer } => initializer.Expressions,
        CollectionExpressionSyntax expression when expression.Elements.All(element => element is ExpressionElementSyntax) =>
            expression.Elements.Cast<ExpressionElementSyntax>().Select(element => element.Expression),
        IdentifierNameSyntax name when model.GetSymbolInfo(name, cancellation).Symbol is { } symbol && ValueOf(symbol) is { } value and not IdentifierNameSyntax && value.SyntaxTree == model.SyntaxTree => ElementsOf(value),
        _ => null,
    };

    /// <summary>What a variable, or a property that only reads, is declared with.</summary>
    private ExpressionSyntax? ValueOf(ISymbol? symbol) =>
        symbol is ILocalSymbol or IFieldSymbol or IPropertySymbol && symbol.DeclaringSyntaxReferences is [var reference]
            ? reference.GetSyntax(cancellation) switch
            {
                VariableDeclaratorSyntax declarator => declarator.Initializer?.Value,
                PropertyDeclarationSyntax { ExpressionBody.Expression: var body } => body,
                PropertyDeclarationSyntax { Initializer.Value: var value } => value,
                _ => null,
            }
            : null;

    /// <summary>Whether a local is assigned after its declaration; of a field that may change its name is all that is known.</summary>
    private bool IsAssigned(ISymbol symbol) => symbol switch
    {
        ILocalSymbol => symbol.DeclaringSyntaxReferences[0].GetSyntax(cancellation).FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax) is var member
            && (member ?? model.SyntaxTree.GetRoot(cancellation)).DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == symbol.Name && Assignments.IsTarget(name)),
        IFieldSymbol field => !field.IsReadOnly,
        IPropertySymbol property => property.SetMethod is not null,
        _ => true,
    };

    private static bool IsNamed(ExpressionSyntax type, string name, string? other) => type switch
    {
        PredefinedTypeSyntax predefined => predefined.Keyword.ValueText == name,
        SimpleNameSyntax simple => simple.Identifier.ValueText == name || simple.Identifier.ValueText == other,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText == name || access.Name.Identifier.ValueText == other,
        _ => false,
    };

    private static string WithoutExtension(string path)
    {
        var point = path.LastIndexOf('.');
        return point > path.LastIndexOf('/') ? path.Substring(0, point) : path;
    }

    /// <summary>An expression of which only the code is known; no path holds such characters.</summary>
    private static string Name(ExpressionSyntax expression) => $"<{expression.WithoutTrivia().NormalizeWhitespace(indentation: "", eol: " ")}>";

    private static IReadOnlyCollection<string> Append(IReadOnlyCollection<string> texts, IReadOnlyCollection<string> others) =>
        texts.SelectMany(text => others.Select(other => text + other)).Distinct().Take(MaxTexts).ToArray();
}
