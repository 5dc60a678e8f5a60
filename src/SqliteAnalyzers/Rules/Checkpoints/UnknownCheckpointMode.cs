using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Rules.Checkpoints;

/// <summary>SQLITE2003: wal_checkpoint(X) where X is no mode.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnknownCheckpointMode : DiagnosticAnalyzer
{
    private const string Pragma = "wal_checkpoint";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.UnknownCheckpointMode);

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (LibrarySet.For(start.Compilation) is not null)
            {
                start.RegisterSyntaxNodeAction(Analyze, SyntaxKind.StringLiteralExpression, SyntaxKind.InterpolatedStringText);
            }
        });
    }

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        var text = context.Node switch
        {
            LiteralExpressionSyntax literal => literal.Token.ValueText,
            InterpolatedStringTextSyntax part => part.TextToken.ValueText,
            _ => "",
        };
        if (text.IndexOf(Pragma, StringComparison.OrdinalIgnoreCase) < 0
            || IsForOwnType(WholeText(context.Node), context.SemanticModel, context.CancellationToken)
            || SqlSource.FromExpression(WholeText(context.Node), context.SemanticModel, context.CancellationToken) is not { } source)
        {
            return;
        }

        foreach (var statement in source.Script.Statements)
        {
            if (statement.Pragma is not { IsCheckpoint: true, ModeIsUnknownWord: true, Value: { Kind: SqlTokenKind.Word or SqlTokenKind.QuotedName or SqlTokenKind.String or SqlTokenKind.Number } word })
            {
                continue;
            }

            if (context.Node.FullSpan.Contains(source.GetLocation(statement.Pragma.Name.Span).SourceSpan))
            {
                var location = source.GetLocation(word.Span);
                var properties = source.IsWrittenAsIs(word.Span)
                    ? ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Replacement, NearestWord.Find(word.Text, CheckpointModes.Names))
                    : ImmutableDictionary<string, string?>.Empty;
                context.ReportDiagnostic(Diagnostic.Create(Descriptors.UnknownCheckpointMode, location, properties, word.Text));
            }
        }
    }

    /// <summary>Whether the text is the command text of a type of the project's own that is no ADO.NET command.</summary>
    private static bool IsForOwnType(ExpressionSyntax text, SemanticModel model, CancellationToken cancellation)
    {
        var consumer = text.Parent switch
        {
            AssignmentExpressionSyntax assignment => model.GetSymbolInfo(assignment.Left, cancellation).Symbol as IPropertySymbol,
            ArgumentSyntax { Parent.Parent: BaseObjectCreationExpressionSyntax creation } => model.GetSymbolInfo(creation, cancellation).Symbol,
            _ => default(ISymbol),
        };
        return consumer is not null
            && consumer.Locations.Any(location => location.IsInSource)
            && !consumer.ContainingType.AllInterfaces.Any(type => type.Name == "IDbCommand");
    }

    /// <summary>The outermost sum or interpolated string that the node is part of.</summary>
    private static ExpressionSyntax WholeText(SyntaxNode node)
    {
        while (node is not ExpressionSyntax
            || node.Parent is InterpolatedStringExpressionSyntax or ParenthesizedExpressionSyntax
            || node.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression })
        {
            node = node.Parent!;
        }

        return (ExpressionSyntax)node;
    }
}
