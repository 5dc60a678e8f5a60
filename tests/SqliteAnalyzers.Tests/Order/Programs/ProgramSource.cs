using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Order.Programs;

/// <summary>A program that is analysed: its files in their order, and what else it is compiled with.</summary>
internal sealed record ProgramSource(string Name, ImmutableArray<SourceFile> Files)
{
    public ProgramSource(string name, string text)
        : this(name, [new SourceFile(name, text)])
    {
    }

    public ImmutableArray<MetadataReference> References { get; init; } = TestReferences.WithEntityFramework;

    /// <summary>The text of an .editorconfig at the root, or nothing.</summary>
    public string EditorConfig { get; init; } = "";

    public override string ToString() => Name;
}
