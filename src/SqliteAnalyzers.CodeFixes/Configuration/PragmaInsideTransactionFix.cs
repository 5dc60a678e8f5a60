using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.CodeFixes.Editing;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.CodeFixes.Configuration;

/// <summary>
/// SQLITE3004: has Entity Framework Core execute a pragma outside of the migration's transaction.
/// </summary>
/// <remarks>
/// What came before it in the migration is then committed first: the edit stands alone. Nothing else may stand in the text, since
/// that would leave the transaction too. In other code the author says where the transaction is to begin.
/// </remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PragmaInsideTransactionFix), DocumentKinds = new[] { nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument) })]
public sealed class PragmaInsideTransactionFix() : SqliteCodeFixProvider(
    Descriptors.PragmaInsideTransaction, nameof(Descriptors.PragmaInsideTransaction))
{
    private protected override ImmutableArray<FixVariant> Variants => ImmutableArray.Create(FixVariant.Plain);

    private protected override DocumentEdit? Compute(FixContext context, Diagnostic diagnostic, FixVariant variant)
    {
        if (context.FindInvocation(diagnostic.Location.SourceSpan) is not { ArgumentList.Arguments: [var sql] } call
            || context.Model.GetSymbolInfo(call, context.CancellationToken).Symbol is not IMethodSymbol { Name: "Sql", ContainingType.Name: "MigrationBuilder" }
            || SqlSource.FromExpression(sql.Expression, context.Model, context.CancellationToken) is not { } source
            || !source.Script.Statements.All(statement => statement.Pragma is not null))
        {
            return null;
        }

        var edit = new DocumentEdit { Title = "Execute it outside of the migration's transaction", Reach = FixReach.One };
        edit.Insert(sql.Span.End, ", suppressTransaction: true");
        return edit;
    }
}
