using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace RoslynHost;

/// <summary>
/// Loads analyzer assemblies into a context of their own that takes Roslyn from the host, as the compiler does.
/// </summary>
internal sealed class AnalyzerAssemblyLoader : IAnalyzerAssemblyLoader
{
    private readonly Context _context = new();

    public void AddDependencyLocation(string fullPath) => _context.Locations[Path.GetFileNameWithoutExtension(fullPath)] = fullPath;

    public Assembly LoadFromPath(string fullPath) => _context.LoadFromAssemblyPath(fullPath);

    private sealed class Context() : AssemblyLoadContext("analyzers")
    {
        public Dictionary<string, string> Locations { get; } = [];

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (Locations.TryGetValue(assemblyName.Name!, out string? path))
            {
                return LoadFromAssemblyPath(path);
            }

            var host = GetLoadContext(typeof(AnalyzerAssemblyLoader).Assembly)!;
            return host == Default ? null : host.LoadFromAssemblyName(assemblyName);
        }
    }
}
