using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Projects;

/// <summary>What one member says of one connection string builder: its initializer, and what is assigned to it.</summary>
internal sealed class BuilderUse
{
    private readonly SemanticModel _model;
    private readonly CancellationToken _cancellation;
    private readonly List<ExpressionSyntax> _dataSources = [];
    private readonly List<ExpressionSyntax> _modes = [];
    private readonly List<ExpressionSyntax> _strings = [];

    /// <summary>The keywords and properties that are set or removed.</summary>
    private readonly List<string> _names = [];

    private BuilderUse(SemanticModel model, CancellationToken cancellation) => (_model, _cancellation) = (model, cancellation);

    /// <summary>What the builder connects to of which an assignment sets a property.</summary>
    public static DatabaseKind KindOf(AssignmentExpressionSyntax assignment, SemanticModel model, CancellationToken cancellation)
    {
        var use = new BuilderUse(model, cancellation);
        if (assignment.Parent is InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax creation })
        {
            use.Add(creation);
            use.AddAssignmentsTo(use.HolderOf(creation), creation);
        }
        else if (ReceiverOf(assignment.Left) is { } receiver && !IsGuarded(assignment))
        {
            use.AddAssignmentsTo(model.GetSymbolInfo(receiver, cancellation).Symbol, receiver);
        }

        return DatabaseKinds.Of(use.TextsOf(use._dataSources), use.TextsOf(use._modes), use.TextsOf(use._strings));
    }

    /// <summary>Whether a builder is made of a connection string, and then given another value for a keyword or told to forget it.</summary>
    public static bool TakesBack(ExpressionSyntax text, string name, ConnectionSettingsApi api, SemanticModel model, CancellationToken cancellation)
    {
        if (text.Parent is not ArgumentSyntax { Parent.Parent: BaseObjectCreationExpressionSyntax creation } || !api.IsBuilder(model.GetTypeInfo(creation, cancellation).Type))
        {
            return false;
        }

        var use = new BuilderUse(model, cancellation);
        use.Add(creation);
        use.AddAssignmentsTo(use.HolderOf(creation), creation);
        return use._names.Exists(written => (api.Keywords.NameOf(written) ?? api.Keywords.NameOf(SqliteKeywords.KeywordOf(written))) == name);
    }

    public static ExpressionSyntax? ReceiverOf(ExpressionSyntax left) => left switch
    {
        MemberAccessExpressionSyntax member => member.Expression,
        ElementAccessExpressionSyntax element => element.Expression,
        _ => null,
    };

    private string?[] TextsOf(IEnumerable<ExpressionSyntax> expressions) =>
        [.. expressions.SelectMany(expression => ConstantTexts.Of(expression, _model, _cancellation))];

    private void Add(BaseObjectCreationExpressionSyntax creation)
    {
        if (creation.ArgumentList is { Arguments: [var text, ..] })
        {
            _strings.Add(text.Expression);
        }

        foreach (var assignment in creation.Initializer?.Expressions.OfType<AssignmentExpressionSyntax>() ?? [])
        {
            Add(assignment);
        }
    }

    private void Add(AssignmentExpressionSyntax assignment)
    {
        var name = assignment.Left switch
        {
            IdentifierNameSyntax property => property.Identifier.ValueText,
            MemberAccessExpressionSyntax property => property.Name.Identifier.ValueText,
            ElementAccessExpressionSyntax { ArgumentList.Arguments: [var key] } => KeyOf(key),
            ImplicitElementAccessSyntax { ArgumentList.Arguments: [var key] } => KeyOf(key),
            _ => null,
        };
        if (name is not null)
        {
            _names.Add(name);
        }

        switch (name?.Replace(" ", "").ToUpperInvariant())
        {
            case "DATASOURCE" or "FILENAME":
                _dataSources.Add(assignment.Right);
                break;
            case "MODE":
                _modes.Add(assignment.Right);
                break;
            case "CONNECTIONSTRING":
                _strings.Add(assignment.Right);
                break;
        }
    }

    private string? KeyOf(ArgumentSyntax argument) => _model.GetConstantValue(argument.Expression, _cancellation).Value as string;

    /// <summary>The variable that a new builder is put in.</summary>
    private ISymbol? HolderOf(BaseObjectCreationExpressionSyntax creation) => creation.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } => _model.GetDeclaredSymbol(declarator, _cancellation),
        AssignmentExpressionSyntax assignment when assignment.Right == creation => _model.GetSymbolInfo(assignment.Left, _cancellation).Symbol,
        _ => null,
    };

    /// <summary>All that the member says of the variable.</summary>
    private void AddAssignmentsTo(ISymbol? holder, SyntaxNode within)
    {
        if (holder is null)
        {
            return;
        }

        var member = within.FirstAncestorOrSelf<MemberDeclarationSyntax>(node => node is not GlobalStatementSyntax) ?? within.SyntaxTree.GetRoot(_cancellation);
        foreach (var node in member.DescendantNodes())
        {
            switch (node)
            {
                case AssignmentExpressionSyntax assignment when ReceiverOf(assignment.Left) is { } receiver && IsOf(receiver, holder):
                    Add(assignment);
                    break;
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Remove", Expression: var receiver }, ArgumentList.Arguments: [var key] }
                    when IsOf(receiver, holder) && KeyOf(key) is { } removed:
                    _names.Add(removed);
                    break;
                case BaseObjectCreationExpressionSyntax creation when creation != within && SymbolEqualityComparer.Default.Equals(HolderOf(creation), holder):
                    Add(creation);
                    break;
            }
        }
    }

    private bool IsOf(ExpressionSyntax receiver, ISymbol holder) =>
        receiver is IdentifierNameSyntax or MemberAccessExpressionSyntax
        && receiver.GetLastToken().ValueText == holder.Name
        && SymbolEqualityComparer.Default.Equals(_model.GetSymbolInfo(receiver, _cancellation).Symbol, holder);

    /// <summary>Whether it happens only where a condition speaks of memory.</summary>
    private static bool IsGuarded(SyntaxNode assignment) => assignment.Ancestors()
        .TakeWhile(node => node is not MemberDeclarationSyntax)
        .OfType<IfStatementSyntax>()
        .Any(guard => guard.Condition.ToString().IndexOf("memory", StringComparison.OrdinalIgnoreCase) >= 0);
}
