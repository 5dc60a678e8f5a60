using System.Reflection;
using SqliteAnalyzers.Tests.Docs;

namespace SqliteAnalyzers.Package.Tests;

/// <summary>
/// Where the build of these tests left what they look at.
/// </summary>
internal static class BuildInfo
{
    /// <summary>The version of the package.</summary>
    public static string PackageVersion { get; } = Metadata("PackageVersion");

    /// <summary>The package, made by the same build.</summary>
    public static string PackagePath { get; } =
        Repository.PathTo("src", "SqliteAnalyzers.Package", "bin", Metadata("Configuration"), $"SqliteAnalyzers.{PackageVersion}.nupkg");

    /// <summary>The package for Entity Framework Core, made by the same build.</summary>
    public static string EntityFrameworkCorePackagePath { get; } =
        Repository.PathTo("src", "SqliteAnalyzers.EntityFrameworkCore", "bin", Metadata("Configuration"), $"SqliteAnalyzers.EntityFrameworkCore.{PackageVersion}.nupkg");

    /// <summary>The package for the .NET host, made by the same build.</summary>
    public static string HostingPackagePath { get; } =
        Repository.PathTo("src", "SqliteAnalyzers.Hosting", "bin", Metadata("Configuration"), $"SqliteAnalyzers.Hosting.{PackageVersion}.nupkg");

    /// <summary>Where the repository stands, as the package names it.</summary>
    public static string RepositoryUrl { get; } = Metadata("RepositoryUrl");

    /// <summary>The program that runs analyzers on a given compiler.</summary>
    public static string RoslynHostPath { get; } =
        Repository.PathTo("tests", "SqliteAnalyzers.Package.Tests", "RoslynHost", "bin", Metadata("Configuration"), "net10.0", "RoslynHost.dll");

    /// <summary>The program that measures the helper library and the analyzers.</summary>
    public static string BenchmarksPath { get; } =
        Repository.PathTo("tests", "SqliteAnalyzers.Benchmarks", "bin", Metadata("Configuration"), "net10.0", "SqliteAnalyzers.Benchmarks.dll");

    /// <summary>The compilers the analyzers are run with, the oldest first.</summary>
    public static IReadOnlyList<string> RoslynVersions => Metadata("RoslynVersions").Split(';');

    /// <summary>The assemblies of one version of the compiler.</summary>
    public static IReadOnlyList<string> RoslynAssemblies(string version) =>
    [
        RestoredAssembly("microsoft.codeanalysis.common", version, "Microsoft.CodeAnalysis.dll"),
        RestoredAssembly("microsoft.codeanalysis.csharp", version, "Microsoft.CodeAnalysis.CSharp.dll"),
    ];

    private static string RestoredAssembly(string package, string version, string file) =>
        Path.Combine(Metadata("PackageFolder"), package, version, "lib", "netstandard2.0", file);

    private static string Metadata(string key) =>
        typeof(BuildInfo).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
