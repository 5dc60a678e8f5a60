using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Rules.Transactions;

/// <summary>SQLITE4003: a constant batch size that the helper library refuses.</summary>
/// <remarks>An analyzer of its own: it is shown the creations of objects in projects that reference the helper library, and asks for the meaning of those alone that are written with its type's name or none.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BatchSizeOutOfRange : DiagnosticAnalyzer
{
    private const string Writer = "SqliteBatchWriter";

    /// <summary>What SqliteBatchWriter allows (BatchSizeOutOfRangeTests).</summary>
    private const int MaxBatchSize = 100_000;

    /// <summary>What it takes unless told otherwise.</summary>
    private const string OwnBatchSize = "5000";

    private static readonly ImmutableDictionary<string, string?> s_properties = ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Replacement, OwnBatchSize);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.BatchSizeOutOfRange);

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName($"SqliteAnalyzers.Runtime.{Writer}") is { } writer)
            {
                start.RegisterSyntaxNodeAction(node => Analyze(node, writer), SyntaxKind.ObjectCreationExpression, SyntaxKind.ImplicitObjectCreationExpression);
            }
        });
    }

    private static void Analyze(SyntaxNodeAnalysisContext context, INamedTypeSymbol writer)
    {
        var creation = (BaseObjectCreationExpressionSyntax)context.Node;
        if (creation is ObjectCreationExpressionSyntax { Type: var type } && type.GetLastToken() is { ValueText: not Writer } && !IsAlias(type))
        {
            return;
        }

        var size = creation.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == "batchSize")
            ?? (creation.ArgumentList is { Arguments: [_, { NameColon: null } second] } ? second : null);
        if (size is not null
            && context.SemanticModel.GetConstantValue(size.Expression, context.CancellationToken).Value is int value
            && value is < 1 or > MaxBatchSize
            && context.SemanticModel.GetSymbolInfo(creation, context.CancellationToken).Symbol is IMethodSymbol constructor
            && SymbolEqualityComparer.Default.Equals(constructor.ContainingType, writer))
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.BatchSizeOutOfRange, size.Expression.GetLocation(), s_properties, $"SqliteBatchWriter refuses a batch size of {value} with an ArgumentOutOfRangeException"));
        }
    }

    /// <summary>Whether the name may be one that a using directive gives the type.</summary>
    private static bool IsAlias(TypeSyntax type) =>
        type is IdentifierNameSyntax name
        && type.SyntaxTree.GetRoot() is CompilationUnitSyntax unit
        && unit.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<UsingDirectiveSyntax>().Any(@using => @using.Alias?.Name.Identifier.ValueText == name.Identifier.ValueText);
}
