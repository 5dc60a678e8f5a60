using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Transactions;

/// <summary>SQLITE4003: a constant batch size that the helper library refuses.</summary>
/// <remarks>Where no batch is, but a transaction over many writes, <see cref="TransactionOverManyWrites"/> speaks.</remarks>
internal sealed class BatchSizeOutOfRange : TreeRule
{
    private const string Writer = "SqliteBatchWriter";

    /// <summary>What SqliteBatchWriter allows (BatchSizeOutOfRangeTests).</summary>
    private const int MaxBatchSize = 100_000;

    /// <summary>What it takes unless told otherwise.</summary>
    private const string OwnBatchSize = "5000";

    private static readonly ImmutableDictionary<string, string?> s_properties = ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Replacement, OwnBatchSize);

    public override DiagnosticDescriptor Descriptor => Descriptors.BatchSizeOutOfRange;

    public override Words Words => Words.Batches;

    public override IEnumerable<Diagnostic> Analyze(SemanticModel model, ProjectFacts project, FlowOptionsProvider options, CancellationToken cancellation) =>
        model.Compilation.GetTypeByMetadataName($"SqliteAnalyzers.Runtime.{Writer}") is not { } writer ? []
        : from creation in model.SyntaxTree.GetRoot(cancellation).DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>()
          where creation is not ObjectCreationExpressionSyntax { Type: var type } || type.GetLastToken() is { ValueText: Writer } || IsAlias(type)
          let size = creation.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == "batchSize")
              ?? (creation.ArgumentList is { Arguments: [_, { NameColon: null } second] } ? second : null)
          where size is not null
          let value = model.GetConstantValue(size.Expression, cancellation).Value
          where value is int and (< 1 or > MaxBatchSize)
              && model.GetSymbolInfo(creation, cancellation).Symbol is IMethodSymbol constructor
              && SymbolEqualityComparer.Default.Equals(constructor.ContainingType, writer)
          select Diagnostic.Create(Descriptor, size.Expression.GetLocation(), s_properties, $"SqliteBatchWriter refuses a batch size of {value} with an ArgumentOutOfRangeException");

    /// <summary>Whether the name may be one that a using directive gives the type.</summary>
    private static bool IsAlias(TypeSyntax type) =>
        type is IdentifierNameSyntax name
        && type.SyntaxTree.GetRoot() is CompilationUnitSyntax unit
        && unit.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<UsingDirectiveSyntax>().Any(@using => @using.Alias?.Name.Identifier.ValueText == name.Identifier.ValueText);
}
