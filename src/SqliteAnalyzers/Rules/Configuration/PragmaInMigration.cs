using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Rules.Configuration;

/// <summary>SQLITE3004 in a migration of Entity Framework Core, which runs the SQL it is given in a transaction unless it is told not to.</summary>
internal sealed class PragmaInMigration : TreeRule
{
    public override DiagnosticDescriptor Descriptor => Descriptors.PragmaInsideTransaction;

    public override Words Words => Words.Pragma;

    public override IEnumerable<Diagnostic> Analyze(SemanticModel model, ProjectFacts project, FlowOptionsProvider options, CancellationToken cancellation)
    {
        foreach (var call in model.SyntaxTree.GetRoot(cancellation).DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (call is { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Sql" }, ArgumentList.Arguments: [var sql, ..] }
                && sql.NameColon is null or { Name.Identifier.ValueText: "sql" }
                && PragmaIn(sql.Expression, model, cancellation) is { } pragma
                && model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol { ContainingType: { Name: "MigrationBuilder", ContainingNamespace: var space } }
                && space.ToDisplayString() == "Microsoft.EntityFrameworkCore.Migrations"
                && !MayBeOutside(call, model, cancellation))
            {
                yield return Diagnostic.Create(Descriptor, call.GetLocation(), pragma.Name, pragma.InTransaction == PragmaInTransaction.Throws ? "SQLite refuses it with an error" : "SQLite ignores it without an error");
            }
        }
    }

    /// <summary>Entity Framework Core has put the database in WAL mode when it made it, so that journal_mode = WAL changes nothing there.</summary>
    private static PragmaInfo? PragmaIn(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellation) =>
        SqlSource.FromExpression(expression, model, cancellation)?.Script.Statements
            .Select(statement => statement.Pragma is { Value: not null } pragma
                && PragmaCatalogue.TryGet(pragma.Name.Text, out var info)
                && info.InTransaction is PragmaInTransaction.Throws or PragmaInTransaction.Ignored
                && !pragma.IsCheckpoint ? info : null)
            .FirstOrDefault(info => info is not null);

    private static bool MayBeOutside(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellation) =>
        call.ArgumentList.Arguments.Skip(1).Any(argument => model.GetConstantValue(argument.Expression, cancellation) is not { HasValue: true, Value: false });
}
