using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SqliteAnalyzers.Sql;

/// <summary>
/// Texts that a <c>StringBuilder</c> puts together: in one chain of calls, or as a local variable statement after statement of one block, with nothing
/// else done to it in between. What is built on several ways is not read here.
/// </summary>
internal static class BuiltTexts
{
    /// <summary>The parts of what <c>builder.ToString()</c> makes, in their order; null for other calls, and where they are not known.</summary>
    public static IReadOnlyList<TextPart>? PartsOf(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken)
    {
        if (!IsToString(call) || AdditionsOf(call) is not { } additions)
        {
            return null;
        }

        var parts = new List<TextPart>();
        foreach (var addition in additions)
        {
            if (PartsOfAddition(addition, model, cancellationToken) is not { } added)
            {
                return null;
            }

            parts.AddRange(added);
        }

        return parts;
    }

    /// <summary>The <c>ToString</c> of the builder that an expression is added to; null where there is none that <see cref="PartsOf"/> reads.</summary>
    public static InvocationExpressionSyntax? CallAround(ExpressionSyntax expression)
    {
        if (expression.Parent is not ArgumentSyntax { Parent: ArgumentListSyntax { Parent: ExpressionSyntax addition } } || !IsAddition(addition))
        {
            return null;
        }

        var chain = addition;
        while (chain.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax outer } && (IsAddition(outer) || IsToString(outer)))
        {
            chain = outer;
        }

        return IsToString(chain) ? AdditionsOf((InvocationExpressionSyntax)chain)?.Contains(addition) == true ? (InvocationExpressionSyntax)chain : null
            : VariableOf(chain) is { } variable
                ? StatementsOf(chain).SelectMany(statement => statement.DescendantNodes()).OfType<InvocationExpressionSyntax>()
                    .FirstOrDefault(call => IsToString(call) && ReceiverOf(call) is IdentifierNameSyntax { Identifier.ValueText: var name } && name == variable && AdditionsOf(call)?.Contains(addition) == true)
            : null;
    }

    /// <summary>What a text is added to, as far as names tell: all of <c>builder.Append(text)</c>, <c>new StringBuilder(text)</c>; null for other arguments.</summary>
    public static ExpressionSyntax? AdditionOf(ExpressionSyntax text) =>
        text.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Parent: ExpressionSyntax and not ImplicitObjectCreationExpressionSyntax and var addition } } && IsAddition(addition) ? addition : null;

    /// <summary>What the next call of the chain adds.</summary>
    public static ExpressionSyntax? NextOf(ExpressionSyntax addition) =>
        addition.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: var next }] } call } && IsAddition(call) ? next : null;

    /// <summary>The creation of the builder and all calls that add to it until it is asked for its text; null where something else may be done to it.</summary>
    private static IReadOnlyList<ExpressionSyntax>? AdditionsOf(InvocationExpressionSyntax toString)
    {
        var receiver = ReceiverOf(toString);
        if (receiver is not IdentifierNameSyntax { Identifier.ValueText: var variable })
        {
            return ChainOf(receiver) is [var root, ..] chain && IsCreation(root) ? chain : null;
        }

        var use = toString.FirstAncestorOrSelf<StatementSyntax>(statement => DeclarationBefore(statement, variable) is not null);
        if (use is null || DeclarationBefore(use, variable) is not { } declaration || ChainOf(declaration.Initializer!.Value) is not { } additions || !IsCreation(additions[0])
            || Uses(use, variable).Any(name => name.Parent is not MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } || !IsToString(call)))
        {
            return null;
        }

        var all = new List<ExpressionSyntax>(additions);
        foreach (var statement in StatementsOf(use).SkipWhile(statement => !statement.Contains(declaration)).Skip(1).TakeWhile(statement => statement != use).Where(statement => Uses(statement, variable).Any()))
        {
            if (statement is not ExpressionStatementSyntax { Expression: var expression } || ChainOf(expression) is not [IdentifierNameSyntax { Identifier.ValueText: var root }, ..] added || root != variable
                || Uses(statement, variable).Skip(1).Any())
            {
                return null;
            }

            all.AddRange(added.Skip(1));
        }

        return all;
    }

    private static IEnumerable<IdentifierNameSyntax> Uses(StatementSyntax statement, string variable) =>
        statement.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == variable);

    /// <summary>The declaration of the variable in a statement before this one, in the same block.</summary>
    private static VariableDeclaratorSyntax? DeclarationBefore(StatementSyntax use, string variable) => StatementsOf(use)
        .TakeWhile(statement => statement != use)
        .OfType<LocalDeclarationStatementSyntax>()
        .SelectMany(statement => statement.Declaration.Variables)
        .FirstOrDefault(declared => declared.Identifier.ValueText == variable && declared.Initializer is not null);

    /// <summary>The statements of the block that the node is in.</summary>
    private static IEnumerable<StatementSyntax> StatementsOf(SyntaxNode node) => node.FirstAncestorOrSelf<StatementSyntax>()?.Parent switch
    {
        BlockSyntax block => block.Statements,
        SwitchSectionSyntax section => section.Statements,
        GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } => unit.Members.OfType<GlobalStatementSyntax>().Select(member => member.Statement),
        _ => [],
    };

    /// <summary>A chain of additions from what it begins with to the last; null where something else stands in it.</summary>
    private static List<ExpressionSyntax>? ChainOf(ExpressionSyntax? last)
    {
        var chain = new List<ExpressionSyntax>();
        while (last is InvocationExpressionSyntax call)
        {
            if (!IsAddition(call))
            {
                return null;
            }

            chain.Add(call);
            last = ReceiverOf(call);
        }

        if (last is null)
        {
            return null;
        }

        chain.Add(last);
        chain.Reverse();
        return chain;
    }

    /// <summary>The variable that a chain of additions begins with, or that is declared with it.</summary>
    private static string? VariableOf(ExpressionSyntax chain) => ChainOf(chain) switch
    {
        [IdentifierNameSyntax { Identifier.ValueText: var name }, ..] => name,
        [var root, ..] when IsCreation(root) && chain.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Identifier.ValueText: var name } } => name,
        _ => null,
    };

    private static ExpressionSyntax? ReceiverOf(InvocationExpressionSyntax call) => (call.Expression as MemberAccessExpressionSyntax)?.Expression;

    private static bool IsToString(ExpressionSyntax expression) =>
        expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: nameof(ToString) }, ArgumentList.Arguments.Count: 0 };

    private static bool IsAddition(ExpressionSyntax expression) => IsCreation(expression)
        || expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Append" or "AppendLine" or "AppendFormat" } };

    /// <summary>The type of <c>new()</c> is told by the variable's, which the semantic model is asked for.</summary>
    private static bool IsCreation(ExpressionSyntax expression) =>
        expression is ImplicitObjectCreationExpressionSyntax or ObjectCreationExpressionSyntax { Type: SimpleNameSyntax { Identifier.ValueText: "StringBuilder" } or QualifiedNameSyntax { Right.Identifier.ValueText: "StringBuilder" } };

    private static IEnumerable<TextPart>? PartsOfAddition(ExpressionSyntax addition, SemanticModel model, CancellationToken cancellationToken) => addition switch
    {
        ImplicitObjectCreationExpressionSyntax or ObjectCreationExpressionSyntax => PartsOfCreation((BaseObjectCreationExpressionSyntax)addition, model, cancellationToken),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name }, ArgumentList.Arguments: var arguments } => (name, arguments.Count) switch
        {
            ("AppendFormat", _) when TextCalls.Format([.. arguments.Select(argument => argument.Expression)], model, cancellationToken) is { } parts => parts,
            ("Append", 1) => [new(arguments[0].Expression)],
            ("AppendLine", 0) => [Constant("\n", addition)],
            ("AppendLine", 1) => [new(arguments[0].Expression), Constant("\n", addition)],
            _ => [Constant(SqlSource.Hole.ToString(), addition)],
        },
        _ => null,
    };

    private static IEnumerable<TextPart>? PartsOfCreation(BaseObjectCreationExpressionSyntax creation, SemanticModel model, CancellationToken cancellationToken) =>
        model.GetTypeInfo(creation, cancellationToken).Type is not { Name: "StringBuilder" } ? null
        : creation.ArgumentList?.Arguments is [{ Expression: var first }, ..] && StringExpressionReader.IsString(first, model, cancellationToken) ? [new(first)]
        : [];

    private static TextPart Constant(string text, SyntaxNode where) => new(where, SqlSource.FromConstant(text, where));
}
