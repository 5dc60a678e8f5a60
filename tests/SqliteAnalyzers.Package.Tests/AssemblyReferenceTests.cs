using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Xunit;

namespace SqliteAnalyzers.Package.Tests;

/// <summary>
/// The assemblies a compiler loads may name nothing newer than the oldest supported compiler brings: it would refuse them with CS8032.
/// </summary>
public class AssemblyReferenceTests
{
    private const string Analyzers = "analyzers/dotnet/roslyn4.8/cs/SqliteAnalyzers.dll";
    private const string CodeFixes = "analyzers/dotnet/roslyn4.8/cs/SqliteAnalyzers.CodeFixes.dll";

    /// <summary>What Roslyn 4.8 and its hosts bring, with the highest version of each.</summary>
    private static readonly Dictionary<string, Version> s_host = new()
    {
        ["Microsoft.CodeAnalysis"] = new(4, 8, 0, 0),
        ["Microsoft.CodeAnalysis.CSharp"] = new(4, 8, 0, 0),
        ["Microsoft.CodeAnalysis.CSharp.Workspaces"] = new(4, 8, 0, 0),
        ["Microsoft.CodeAnalysis.Workspaces"] = new(4, 8, 0, 0),
        ["System.Collections.Immutable"] = new(7, 0, 0, 0),
        ["System.Memory"] = new(4, 0, 1, 2),
        ["netstandard"] = new(2, 0, 0, 0),
    };

    [Theory]
    [InlineData(Analyzers)]
    [InlineData(CodeFixes)]
    public void Nothing_newer_than_the_oldest_supported_compiler_is_referenced(string assembly)
    {
        var references = References(assembly);
        references.Remove("SqliteAnalyzers");

        Assert.Contains("Microsoft.CodeAnalysis", references.Keys);
        Assert.All(references, reference =>
        {
            Assert.True(s_host.TryGetValue(reference.Key, out var highest), $"{reference.Key} is not known to be in every host.");
            Assert.True(reference.Value <= highest, $"{reference.Key} {reference.Value} is newer than {highest}.");
        });
    }

    [Theory]
    [InlineData(Analyzers, "Microsoft.CodeAnalysis.Workspaces")]
    [InlineData(Analyzers, "Microsoft.CodeAnalysis.CSharp.Workspaces")]
    [InlineData(Analyzers, "System.Composition.AttributedModel")]
    [InlineData(CodeFixes, "System.Composition.AttributedModel")]
    public void An_assembly_that_hosts_may_lack_is_not_referenced(string assembly, string reference) =>
        Assert.DoesNotContain(reference, References(assembly).Keys);

    [Theory]
    [InlineData(Analyzers)]
    [InlineData(CodeFixes)]
    [InlineData("lib/netstandard2.0/SqliteAnalyzers.Runtime.dll")]
    [InlineData("lib/net8.0/SqliteAnalyzers.Runtime.dll")]
    public void Debug_symbols_are_embedded(string assembly)
    {
        using var reader = new PEReader(new MemoryStream(BuiltPackage.Read(assembly)));

        Assert.Contains(reader.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        Assert.Contains(reader.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.Reproducible);
    }

    private static Dictionary<string, Version> References(string assembly)
    {
        using var reader = new PEReader(new MemoryStream(BuiltPackage.Read(assembly)));
        var metadata = reader.GetMetadataReader();
        return metadata.AssemblyReferences
            .Select(handle => metadata.GetAssemblyReference(handle))
            .ToDictionary(reference => metadata.GetString(reference.Name), reference => reference.Version);
    }
}
