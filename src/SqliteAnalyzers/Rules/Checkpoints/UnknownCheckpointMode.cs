using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Rules.Checkpoints;

/// <summary>SQLITE2003: wal_checkpoint(X) where X is no mode.</summary>
internal sealed class UnknownCheckpointMode : TextRule
{
    private const string Pragma = "wal_checkpoint";

    public override DiagnosticDescriptor Descriptor => Descriptors.UnknownCheckpointMode;

    public override Words Words => Words.Checkpoint;

    public override IEnumerable<Diagnostic> Analyze(SyntaxNode text, SemanticModel model, CancellationToken cancellation)
    {
        if (ValueOf(text).IndexOf(Pragma, StringComparison.OrdinalIgnoreCase) < 0
            || IsForOwnType(WholeText(text), model, cancellation)
            || SqlSource.FromExpression(WholeText(text), model, cancellation) is not { } source)
        {
            yield break;
        }

        foreach (var statement in source.Script.Statements)
        {
            // Another part of the sum has its own turn.
            if (statement.Pragma is { IsCheckpoint: true, ModeIsUnknownWord: true, Value: { Kind: SqlTokenKind.Word or SqlTokenKind.QuotedName or SqlTokenKind.String or SqlTokenKind.Number } word }
                && text.FullSpan.Contains(source.GetLocation(statement.Pragma.Name.Span).SourceSpan))
            {
                var nearest = NearestWord.Find(word.Text, CheckpointModes.Names);
                var properties = source.IsWrittenAsIs(word.Span)
                    ? ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Replacement, nearest)
                    : ImmutableDictionary<string, string?>.Empty;
                yield return Diagnostic.Create(Descriptor, source.GetLocation(word.Span), properties, word.Text, nearest is null ? "" : $"; did you mean '{nearest}'?");
            }
        }
    }

    private static string ValueOf(SyntaxNode text) => text switch
    {
        LiteralExpressionSyntax literal => literal.Token.ValueText,
        InterpolatedStringTextSyntax part => part.TextToken.ValueText,
        _ => "",
    };

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
