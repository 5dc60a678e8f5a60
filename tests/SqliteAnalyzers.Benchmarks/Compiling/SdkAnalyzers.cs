using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using RoslynHost;

namespace SqliteAnalyzers.Benchmarks.Compiling;

/// <summary>The analyzers that come with the SDK, and how it configures them by default.</summary>
internal sealed class SdkAnalyzers
{
    /// <summary>What the page says if there is no SDK.</summary>
    public const string NotFound = "The SDK's were left out: there was only a runtime.";

    private readonly AnalyzerAssemblyLoader _loader = new();
    private readonly string _version;
    private readonly List<string> _notLoaded = [];

    private SdkAnalyzers(string folder)
    {
        var package = Path.Combine(folder, "Sdks", "Microsoft.NET.Sdk");
        _version = Path.GetFileName(folder);
        Quality = Load(Path.Combine(package, "analyzers"), "Microsoft.CodeAnalysis.NetAnalyzers.dll", "Microsoft.CodeAnalysis.CSharp.NetAnalyzers.dll");
        Style = Load(Path.Combine(package, "codestyle", "cs"), "Microsoft.CodeAnalysis.CodeStyle.dll", "Microsoft.CodeAnalysis.CSharp.CodeStyle.dll");
        Configuration =
        [
            .. new[]
            {
                Path.Combine(package, "analyzers", "build", "config", $"analysislevel_{Environment.Version.Major}_default.globalconfig"),
                Path.Combine(package, "codestyle", "cs", "build", "config", "analysislevelstyle_default.globalconfig"),
            }.Where(File.Exists),
        ];
    }

    /// <summary>Those of the rules whose ids begin with CA.</summary>
    public ImmutableArray<DiagnosticAnalyzer> Quality { get; }

    /// <summary>Those of the rules whose ids begin with IDE.</summary>
    public ImmutableArray<DiagnosticAnalyzer> Style { get; }

    /// <summary>The files that say which rules are on.</summary>
    public ImmutableArray<string> Configuration { get; }

    /// <summary>A sentence for the page.</summary>
    public string Description => _notLoaded.Count == 0
        ? $"The SDK's are those of {_version}."
        : $"The SDK's are those of {_version}, without {string.Join(" and ", _notLoaded)}, which this compiler could not load.";

    /// <returns>Null if there is no SDK.</returns>
    public static SdkAnalyzers? Find() => SdkFolder.Find() is { } folder ? new SdkAnalyzers(folder) : null;

    private ImmutableArray<DiagnosticAnalyzer> Load(string folder, params string[] files)
    {
        // All of them are made known to the loader before the first is loaded: they refer to each other.
        AnalyzerFileReference[] references = [.. files.Select(f => new AnalyzerFileReference(Path.Combine(folder, f), _loader))];
        foreach (var reference in references)
        {
            reference.AnalyzerLoadFailed += (_, _) => NotLoaded(Path.GetFileName(reference.FullPath));
        }

        return [.. references.SelectMany(r => r.GetAnalyzers(LanguageNames.CSharp))];
    }

    private void NotLoaded(string file)
    {
        if (!_notLoaded.Contains(file))
        {
            _notLoaded.Add(file);
        }
    }
}
