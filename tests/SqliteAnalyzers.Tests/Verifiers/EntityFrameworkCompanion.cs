using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SqliteAnalyzers.Tests.Verifiers;

/// <summary>What analyzers and fixes ask for of the package SqliteAnalyzers.EntityFrameworkCore, whose own tests hold the name.</summary>
internal static class EntityFrameworkCompanion
{
    private const string Source =
        """
        using System;
        using Microsoft.EntityFrameworkCore.Infrastructure;
        using SqliteAnalyzers.Runtime;

        namespace Microsoft.EntityFrameworkCore;

        public static class SqliteAnalyzersDatabaseFacadeExtensions
        {
            public static SqliteCheckpointResult Checkpoint(this DatabaseFacade database, SqliteCheckpointMode mode = SqliteCheckpointMode.Full, TimeSpan? timeout = null) =>
                throw new NotSupportedException();

            public static SqliteCheckpointResult TryCheckpoint(this DatabaseFacade database, SqliteCheckpointMode mode = SqliteCheckpointMode.Full, TimeSpan? timeout = null) =>
                throw new NotSupportedException();
        }
        """;

    private static readonly Lazy<ImmutableArray<MetadataReference>> s_references = new(() => [.. TestReferences.WithEntityFramework, Compile()]);

    /// <summary>What a project has that installed it.</summary>
    public static ImmutableArray<MetadataReference> References => s_references.Value;

    private static PortableExecutableReference Compile()
    {
        var image = new MemoryStream();
        var result = CSharpCompilation.Create(
            "SqliteAnalyzers.EntityFrameworkCore",
            [CSharpSyntaxTree.ParseText(Source)],
            TestReferences.WithEntityFramework,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(image);
        Assert.Empty(result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
