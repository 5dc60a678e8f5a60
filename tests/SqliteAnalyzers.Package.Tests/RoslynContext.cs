using System.Reflection;
using System.Runtime.Loader;

namespace SqliteAnalyzers.Package.Tests;

/// <summary>
/// Loads one version of the compiler, and what is to run on it, beside the other versions.
/// </summary>
internal sealed class RoslynContext : AssemblyLoadContext
{
    private readonly Dictionary<string, string> _paths;

    /// <param name="version">For example 4.8.0.</param>
    public RoslynContext(string version)
        : base($"Roslyn {version}")
    {
        string[] paths = [.. BuildInfo.RoslynAssemblies(version), BuildInfo.RoslynHostPath];
        _paths = paths.ToDictionary(path => Path.GetFileNameWithoutExtension(path));
    }

    /// <returns>The version of Roslyn, then what was reported, a line each.</returns>
    public Task<string[]> RunAnalyzersAsync(string source, string fileName, string[] references, string[] analyzers)
    {
        var execute = LoadFromAssemblyPath(BuildInfo.RoslynHostPath)
            .GetType("RoslynHost.AnalyzerRun", throwOnError: true)!
            .GetMethod("ExecuteAsync")!;
        return (Task<string[]>)execute.Invoke(null, [source, fileName, references, analyzers])!;
    }

    protected override Assembly? Load(AssemblyName assemblyName) =>
        _paths.TryGetValue(assemblyName.Name!, out string? path) ? LoadFromAssemblyPath(path) : null;
}
