using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SqliteAnalyzers.Tests.Verifiers;

/// <summary>
/// The analyzers and code fixes a compiler or an editor would find in our assemblies.
/// </summary>
internal static class PackageParts
{
    /// <summary>New instances of all analyzers of the package.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers() =>
        Create<DiagnosticAnalyzer, DiagnosticAnalyzerAttribute>("SqliteAnalyzers");

    /// <summary>New instances of all code fixes of the package.</summary>
    public static ImmutableArray<CodeFixProvider> CodeFixes() =>
        Create<CodeFixProvider, ExportCodeFixProviderAttribute>("SqliteAnalyzers.CodeFixes");

    private static ImmutableArray<T> Create<T, TAttribute>(string assembly)
        where TAttribute : Attribute
    {
        var types = System.Reflection.Assembly.Load(assembly).GetTypes()
            .Where(type => typeof(T).IsAssignableFrom(type) && type.IsDefined(typeof(TAttribute), inherit: false));

        return [.. types.Select(type => (T)Activator.CreateInstance(type)!)];
    }
}
