using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Benchmarks.Programs;
using SQLitePCL;

namespace SqliteAnalyzers.Benchmarks.Compiling;

/// <summary>What the build of a plain project hands to the compiler beside the sources; the same for all contenders.</summary>
internal sealed class ProjectSettings
{
    // What the SDK writes for every project; without it some of its analyzers do nothing.
    private const string Properties = """
        is_global = true
        build_property.TargetFramework = net10.0
        build_property.TargetFrameworkIdentifier = .NETCoreApp
        build_property.TargetFrameworkVersion = v10.0
        """;

    private static readonly CSharpParseOptions s_parseOptions = new(LanguageVersion.Latest);

    private static readonly ImmutableArray<MetadataReference> s_platform = [.. Net100.References.All];

    private readonly AnalyzerOptions _analyzerOptions;

    private ProjectSettings(AnalyzerConfigOptionsResult configuration)
    {
        CompilationOptions = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)
            .WithSpecificDiagnosticOptions(configuration.TreeOptions);
        _analyzerOptions = new AnalyzerOptions([], new OptionsOfAllFiles(configuration.AnalyzerOptions));
    }

    public CSharpCompilationOptions CompilationOptions { get; }

    /// <summary>Those of a project that sets nothing itself.</summary>
    public static ProjectSettings Default(SdkAnalyzers? sdk) => Of(sdk, Properties);

    /// <summary>Those of a project that asks for diagnostics, even if they are off by default.</summary>
    public static ProjectSettings Showing(IEnumerable<DiagnosticDescriptor> descriptors) =>
        Of(sdk: null, string.Join('\n', [Properties, .. descriptors.Select(d => $"dotnet_diagnostic.{d.Id}.severity = warning")]));

    private static ProjectSettings Of(SdkAnalyzers? sdk, string properties)
    {
        var files = sdk?.Configuration ?? [];
        var configurations = files.Select(f => AnalyzerConfig.Parse(File.ReadAllText(f), f)).Append(AnalyzerConfig.Parse(properties, Path.GetFullPath("properties.globalconfig")));
        return new(AnalyzerConfigSet.Create(configurations.ToArray()).GlobalConfigOptions);
    }

    /// <summary>
    /// A compilation of trees and a reference to SQLite that no compilation before it has seen: as long as that reference lives, ours
    /// remember what they found in a project.
    /// </summary>
    public CSharpCompilation Compile(GeneratedProgram program) => CSharpCompilation.Create(
        "Generated",
        program.Files.AsParallel().AsOrdered().Select(f => CSharpSyntaxTree.ParseText(f.Text, s_parseOptions, path: f.Name)),
        program.ReferencesSqlite ? [.. s_platform, Reference(typeof(SqliteConnection)), Reference(typeof(raw))] : s_platform,
        CompilationOptions);

    private static PortableExecutableReference Reference(Type type) => MetadataReference.CreateFromFile(type.Assembly.Location);

    public CompilationWithAnalyzers WithAnalyzers(Compilation compilation, AnalyzerSet set, bool concurrently) => compilation.WithAnalyzers(
        set.Analyzers,
        new CompilationWithAnalyzersOptions(_analyzerOptions, (exception, _, _) => throw exception, concurrently, logAnalyzerExecutionTime: false));
}
