using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.CodeFixes.Editing;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.CodeFixes.Sqlite;

/// <summary>
/// A call that executes SQL, with the command it is executed by where that is a local of the same block.
/// </summary>
internal sealed class Execution
{
    private Execution(InvocationExpressionSyntax call, ExpressionSyntax whole)
    {
        Call = call;
        Whole = whole;
    }

    /// <summary>The call itself: <c>command.ExecuteNonQuery()</c>.</summary>
    public InvocationExpressionSyntax Call { get; }

    /// <summary>The call with what only passes its result on: <c>await</c>, <c>ConfigureAwait</c>, <c>_ =</c>.</summary>
    public ExpressionSyntax Whole { get; }

    /// <summary>Whether the call is awaited.</summary>
    public bool IsAwaited => Whole.DescendantNodesAndSelf().Any(node => node is AwaitExpressionSyntax);

    /// <summary>What stands behind the call to say how it is awaited: <c>.ConfigureAwait(false)</c>, or nothing.</summary>
    public string ConfiguredAwait => Call.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax { ArgumentList: var arguments } }
        ? ".ConfigureAwait" + arguments
        : "";

    /// <summary>
    /// The statement that is nothing but this call, if there is one; it may keep the result in a variable whose content nobody looks at.
    /// </summary>
    public StatementSyntax? Statement { get; private set; }

    /// <summary>The statements that only step or close that variable: <c>reader.Read();</c>.</summary>
    public IReadOnlyList<StatementSyntax> UsesOfResult { get; private set; } = [];

    /// <summary>
    /// The statement that goes when the execution goes: <see cref="Statement"/>, or the using statement that exists only for it.
    /// </summary>
    public StatementSyntax? Outermost { get; private set; }

    /// <summary>Further statements of the same block that exist only for this execution: the command's creation, its text.</summary>
    public IReadOnlyList<StatementSyntax> Preparation { get; private set; } = [];

    /// <summary>The SQL, where it is a constant that can be seen here.</summary>
    public string? Sql { get; private set; }

    /// <summary>
    /// What says which SQL is executed, where nothing else executes it: an argument of the call or of the command's creation, or what its text is set to.
    /// </summary>
    public ExpressionSyntax? Script { get; private set; }

    /// <summary>Whether nothing else is lost when the call, and what only prepares it, is left out.</summary>
    public bool CanBeReplaced(FixContext context) =>
        (Call.Expression is not MemberAccessExpressionSyntax { Expression: var receiver } || Purity.IsPure(context, receiver))
        && Call.ArgumentList.Arguments.All(argument => Purity.IsPure(context, argument.Expression) && !IsCancellation(context, argument.Expression))
        && (Outermost is not UsingStatementSyntax { Declaration: { } declaration } || declaration.Variables.All(variable => variable.Initializer?.Value == Whole || IsPure(context, variable.Initializer?.Value)));

    private static bool IsPure(FixContext context, ExpressionSyntax? value) => value is null || Purity.IsPure(context, value);

    /// <summary>A token that may be cancelled, after which the program expects the call to throw.</summary>
    private static bool IsCancellation(FixContext context, ExpressionSyntax argument) =>
        context.Model.GetTypeInfo(argument, context.CancellationToken).Type is { Name: "CancellationToken" }
        && argument is not (LiteralExpressionSyntax or DefaultExpressionSyntax or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "None" });

    public static Execution Of(FixContext context, InvocationExpressionSyntax call)
    {
        ExpressionSyntax whole = call;
        while (true)
        {
            switch (whole.Parent)
            {
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax configured }:
                    whole = configured;
                    continue;
                case AwaitExpressionSyntax await:
                    whole = await;
                    continue;
                case ParenthesizedExpressionSyntax parenthesized:
                    whole = parenthesized;
                    continue;
                case AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } discard } assignment
                    when context.Model.GetSymbolInfo(discard, context.CancellationToken).Symbol is IDiscardSymbol:
                    whole = assignment;
                    continue;
            }

            break;
        }

        var execution = new Execution(call, whole)
        {
            Statement = whole.Parent as ExpressionStatementSyntax,
        };
        execution.FollowResult(context);
        execution.Outermost = execution.Statement;
        execution.Sql = FirstConstant(context, call.ArgumentList);
        execution.Script = FirstText(context, call.ArgumentList);
        execution.FollowCommand(context);
        return execution;
    }

    /// <summary>The statements that go beside <see cref="Outermost"/> when the execution goes.</summary>
    public IEnumerable<StatementSyntax> Surroundings => Preparation.Concat(UsesOfResult);

    private void FollowResult(FixContext context)
    {
        if (Whole.Parent is not EqualsValueClauseSyntax
            {
                Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration } declarator,
            }
            || context.Model.GetDeclaredSymbol(declarator, context.CancellationToken) is not ILocalSymbol result)
        {
            return;
        }

        var uses = UsesOf(context, result, declarator).Select(use => use.Parent is MemberAccessExpressionSyntax access && access.Expression == use && IsStepOrClose(access)
            ? StatementOf(use) as ExpressionStatementSyntax
            : null).ToList();
        if (declaration.Parent is LocalDeclarationStatementSyntax local && uses.All(use => StatementLists.OwnerOf(use) == StatementLists.OwnerOf(local)))
        {
            Statement = local;
            UsesOfResult = [.. uses.Select(use => use!)];
        }
        else if (declaration.Parent is UsingStatementSyntax @using
            && (@using.Statement is BlockSyntax block
                ? block.Statements.Count == uses.Count && uses.All(use => use?.Parent == block)
                : uses is [{ } only] && only == @using.Statement))
        {
            Statement = @using;
        }
    }

    private static bool IsStepOrClose(MemberAccessExpressionSyntax access) =>
        access.Name.Identifier.ValueText is "Read" or "ReadAsync" or "NextResult" or "NextResultAsync" or "Close" or "CloseAsync" or "Dispose" or "DisposeAsync";

    private void FollowCommand(FixContext context)
    {
        if (Call.Expression is not MemberAccessExpressionSyntax { Expression: var receiver })
        {
            return;
        }

        if (receiver is BaseObjectCreationExpressionSyntax created)
        {
            Sql ??= TextOf(context, created);
            Script ??= ScriptOf(context, created);
            return;
        }

        if (receiver is not IdentifierNameSyntax
            || context.Model.GetSymbolInfo(receiver, context.CancellationToken).Symbol is not ILocalSymbol command
            || command.DeclaringSyntaxReferences is not [var reference]
            || reference.GetSyntax(context.CancellationToken) is not VariableDeclaratorSyntax { Initializer.Value: { } creation } declarator
            || !IsCommand(command.Type))
        {
            return;
        }

        Script ??= OnlyScript(context, command, declarator, creation);
        var textOfCreation = TextOf(context, creation);
        var settings = new List<StatementSyntax>();
        var texts = new List<StatementSyntax>();
        var reused = Statement is null;
        var isTextKnown = true;
        foreach (var use in UsesOf(context, command, declarator))
        {
            if (use.Parent == Call.Expression)
            {
                continue;
            }

            var statement = use.Parent is MemberAccessExpressionSyntax ? StatementOf(use) : null;
            var inSameBlock = statement is not null && StatementLists.OwnerOf(statement) == StatementLists.OwnerOf(Statement);
            if (inSameBlock && statement is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax target } assignment }
                && target.Expression == use
                && Purity.IsPure(context, assignment.Right))
            {
                settings.Add(statement!);
                if (target.Name.Identifier.ValueText == "CommandText")
                {
                    texts.Add(statement!);
                    if (statement!.SpanStart < Call.SpanStart)
                    {
                        Sql = context.Model.GetConstantValue(assignment.Right, context.CancellationToken).Value as string;
                        textOfCreation = null;
                    }
                }
            }
            else if (inSameBlock && statement is ExpressionStatementSyntax
            {
                Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dispose" or "Prepare" } },
            })
            {
                settings.Add(statement!);
            }
            else
            {
                reused = true;
                isTextKnown &= use.Parent is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CommandText" };
            }
        }

        Sql = isTextKnown ? Sql ?? textOfCreation : null;
        if (!reused && declarator.Parent is VariableDeclarationSyntax { Variables.Count: 1 } declaration)
        {
            if (declaration.Parent is LocalDeclarationStatementSyntax local && StatementLists.OwnerOf(local) == StatementLists.OwnerOf(Statement) && Purity.IsPure(context, creation))
            {
                Preparation = [local, .. settings];
            }
            else if (declaration.Parent is UsingStatementSyntax @using
                && (@using.Statement == Statement
                    || @using.Statement is BlockSyntax block && block == Statement!.Parent && block.Statements.Count == settings.Count + 1))
            {
                Outermost = @using;
            }
        }
        else if (Statement is not null && texts.LastOrDefault(text => text.SpanStart < Call.SpanStart) is { } lastText)
        {
            Preparation = [lastText];
        }
    }

    private static IEnumerable<IdentifierNameSyntax> UsesOf(FixContext context, ILocalSymbol local, SyntaxNode declarator)
    {
        var scope = declarator.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax) ?? context.Root as SyntaxNode;
        return scope.DescendantNodes()
            .OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == local.Name
                && SymbolEqualityComparer.Default.Equals(context.Model.GetSymbolInfo(name, context.CancellationToken).Symbol, local));
    }

    private static bool IsCommand(ITypeSymbol type) =>
        type.Name.EndsWith("Command", StringComparison.Ordinal)
        && type.AllInterfaces.Concat([type]).Any(implemented => implemented.Name == "IDbCommand");

    private static StatementSyntax? StatementOf(SyntaxNode node) => node.FirstAncestorOrSelf<StatementSyntax>();

    /// <summary>What the command's text is set to, if that happens once, and this call is all that executes it.</summary>
    private ExpressionSyntax? OnlyScript(FixContext context, ILocalSymbol command, SyntaxNode declarator, ExpressionSyntax creation)
    {
        var script = creation is BaseObjectCreationExpressionSyntax created ? ScriptOf(context, created) : null;
        foreach (var use in UsesOf(context, command, declarator))
        {
            if (use.Parent is not MemberAccessExpressionSyntax access || access.Expression != use
                || access.Name.Identifier.ValueText.StartsWith("Execute", StringComparison.Ordinal) && access != Call.Expression)
            {
                return null;
            }

            if (access.Name.Identifier.ValueText == "CommandText")
            {
                if (script is not null || access.Parent is not AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Parent: ExpressionStatementSyntax statement } assignment
                    || assignment.Left != access || statement.SpanStart > Call.SpanStart || StatementLists.OwnerOf(statement)?.Span.Contains(Call.Span) != true)
                {
                    return null;
                }

                script = assignment.Right;
            }
        }

        return script;
    }

    private static ExpressionSyntax? ScriptOf(FixContext context, BaseObjectCreationExpressionSyntax created) => InitializedText(created) ?? FirstText(context, created.ArgumentList);

    private static ExpressionSyntax? FirstText(FixContext context, ArgumentListSyntax? arguments) =>
        arguments?.Arguments.Select(argument => argument.Expression).FirstOrDefault(argument => SqlSource.FromExpression(argument, context.Model, context.CancellationToken) is not null);

    private static ExpressionSyntax? InitializedText(BaseObjectCreationExpressionSyntax created) => created.Initializer?.Expressions
        .OfType<AssignmentExpressionSyntax>()
        .FirstOrDefault(assignment => assignment.Left is IdentifierNameSyntax { Identifier.ValueText: "CommandText" })
        ?.Right;

    private static string? TextOf(FixContext context, ExpressionSyntax creation)
    {
        if (creation is not BaseObjectCreationExpressionSyntax created)
        {
            return null;
        }

        return InitializedText(created) is { } initialized
            ? context.Model.GetConstantValue(initialized, context.CancellationToken).Value as string
            : FirstConstant(context, created.ArgumentList);
    }

    private static string? FirstConstant(FixContext context, ArgumentListSyntax? arguments) =>
        arguments?.Arguments
            .Select(argument => context.Model.GetConstantValue(argument.Expression, context.CancellationToken).Value as string)
            .FirstOrDefault(value => value is not null);
}
