using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.CodeFixes.Editing;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.CodeFixes.Transactions;

/// <summary>
/// SQLITE4007: tells the command the transaction that is pending, where a name for it is in scope.
/// </summary>
/// <remarks>A program that threw then stores something: the edit stands alone.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CommandOutsideTransactionFix), DocumentKinds = new[] { nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument) })]
public sealed class CommandOutsideTransactionFix() : SqliteCodeFixProvider(
    Descriptors.CommandOutsideTransaction, nameof(Descriptors.CommandOutsideTransaction))
{
    private protected override ImmutableArray<FixVariant> Variants => ImmutableArray.Create(FixVariant.Plain);

    private protected override DocumentEdit? Compute(FixContext context, Diagnostic diagnostic, FixVariant variant)
    {
        if (context.FindInvocation(diagnostic.Location.SourceSpan) is not { Expression: MemberAccessExpressionSyntax { Expression: var receiver } } call
            || !diagnostic.Properties.TryGetValue(DiagnosticProperties.Transaction, out var name)
            || !IsCommand(context.Model.GetTypeInfo(receiver, context.CancellationToken).Type))
        {
            return null;
        }

        var edit = new DocumentEdit { Title = $"Execute the command in '{name}'", Reach = FixReach.One };
        return TryOnCreation(context, receiver, name, edit) || TryBefore(context, call, receiver, name, edit) ? edit : null;
    }

    /// <summary>The command is made with its connection alone, where the transaction has begun.</summary>
    private static bool TryOnCreation(FixContext context, ExpressionSyntax receiver, string? name, DocumentEdit edit)
    {
        var creation = receiver as BaseObjectCreationExpressionSyntax
            ?? (context.Model.GetSymbolInfo(receiver, context.CancellationToken).Symbol is ILocalSymbol { DeclaringSyntaxReferences: [var reference] }
                && reference.GetSyntax(context.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax made } ? made : null);
        if (creation is not { ArgumentList: { Arguments: [{ NameColon: null }, { NameColon: null } connection] } }
            || context.Bind(name, creation.SpanStart, before: creation.SpanStart) is null)
        {
            return false;
        }

        edit.Insert(connection.Span.End, $", {name}");
        return true;
    }

    private static bool TryBefore(FixContext context, InvocationExpressionSyntax call, ExpressionSyntax receiver, string? name, DocumentEdit edit) =>
        receiver is IdentifierNameSyntax
        && StatementInserter.FindHost(context, call) is { } host
        && context.Bind(name, call.SpanStart, before: StatementInserter.StartOf(host)) is not null
        && StatementInserter.TryInsertBefore(context, host, [$"{receiver}.Transaction = {name};"], edit);

    private static bool IsCommand(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.Name == "DbCommand")
            {
                return true;
            }
        }

        return false;
    }
}
