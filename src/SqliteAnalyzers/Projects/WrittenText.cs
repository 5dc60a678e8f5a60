using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Projects;

/// <summary>A text as the code writes it: a literal, an interpolated string, or the whole of a sum of them.</summary>
internal readonly struct WrittenText
{
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

    public SqlSource? Read(SemanticModel model, CancellationToken cancellation) => SqlSource.FromExpression(_expression, model, cancellation);

    /// <summary>Whether the code writes something else in place of parts of the text before it is used.</summary>
    public bool IsTemplate => _expression.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Replace", Parent: InvocationExpressionSyntax };

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

    /// <summary>The outermost expression whose text the node is part of, as <see cref="StringExpressionReader"/> reads it.</summary>
    private static ExpressionSyntax WholeOf(SyntaxNode node)
    {
        while (node is not ExpressionSyntax
            || node.Parent is InterpolatedStringExpressionSyntax or ParenthesizedExpressionSyntax or InterpolationSyntax { AlignmentClause: null, FormatClause: null }
            || node.Parent is { RawKind: (int)SyntaxKind.AddExpression or (int)SyntaxKind.SuppressNullableWarningExpression })
        {
            node = node.Parent!;
        }

        return (ExpressionSyntax)node;
    }
}
