using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.Tests.Cases;

/// <summary>A whole C# program in one file, whose lines say which rules must speak on them: <c>// expect: SQLITE1001, SQLITE2002</c>.</summary>
internal sealed partial class CaseProgram
{
    /// <summary>The rules the programs are about; what another rule says about them is not judged here.</summary>
    private static readonly ImmutableHashSet<string> CoveredRules =
        ["SQLITE1001", "SQLITE1002", "SQLITE1005", "SQLITE2001", "SQLITE2002", "SQLITE2003", "SQLITE3001"];

    private const string AnalyzerFailed = "AD0001";

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. Net100.References.All,
        .. new[]
        {
            "Microsoft.Data.Sqlite", "SQLitePCLRaw.core", "Dapper", "CliWrap", "MedallionShell",
            "Microsoft.EntityFrameworkCore", "Microsoft.EntityFrameworkCore.Abstractions", "Microsoft.EntityFrameworkCore.Relational",
            "Microsoft.EntityFrameworkCore.Sqlite", "SqliteAnalyzers.Runtime",
        }.Select(name => MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, name + ".dll"))),
    ];

    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers =
    [
        .. typeof(Descriptors).Assembly.GetTypes()
            .Where(type => type.IsDefined(typeof(DiagnosticAnalyzerAttribute), inherit: false))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type, nonPublic: true)!),
    ];

    private readonly string[] _lines;
    private readonly CSharpCompilation _compilation;

    private CaseProgram(string name, string text, CaseProgram? referenced)
    {
        Name = name;
        _lines = text.Split('\n');
        SyntaxTree tree = CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest), name);
        _compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(name),
            [tree],
            referenced is null ? References : References.Add(referenced._compilation.ToMetadataReference()),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Cases", "Programs");

    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder, "*.cs").Select(path => Path.GetFileName(path)).Order();

    public string Name { get; }

    /// <summary>A program that somebody is still typing: it need not compile.</summary>
    public bool IsHalfTyped => _lines[0].StartsWith("// half-typed", StringComparison.Ordinal);

    public IEnumerable<string> CompileErrors =>
        _compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString());

    public static CaseProgram Load(string name) => Parse(name, File.ReadAllText(Path.Combine(Folder, name)));

    /// <param name="name">The file's name.</param>
    /// <param name="text">The program.</param>
    /// <param name="referenced">A program of the same solution that this one references, as an editor does: by its sources.</param>
    public static CaseProgram Parse(string name, string text, CaseProgram? referenced = null) => new(name, text, referenced);

    public ImmutableArray<Finding> Expected() =>
    [
        .. from line in Enumerable.Range(0, _lines.Length)
           let match = Expectation().Match(_lines[line])
           where match.Success
           from id in match.Groups["ids"].Value.Split(", ")
           select new Finding(line + 1, id, _lines[line].Trim(), ""),
    ];

    public async Task<ImmutableArray<Finding>> ReportedAsync(CancellationToken cancellationToken)
    {
        ImmutableArray<Diagnostic> diagnostics = await _compilation
            .WithAnalyzers(Analyzers, options: null)
            .GetAnalyzerDiagnosticsAsync(cancellationToken);
        return
        [
            .. from diagnostic in diagnostics
               where CoveredRules.Contains(diagnostic.Id) || diagnostic.Id == AnalyzerFailed
               let line = diagnostic.Location.GetLineSpan().StartLinePosition.Line
               select new Finding(line + 1, diagnostic.Id, diagnostic.Location.IsInSource ? _lines[line].Trim() : "", diagnostic.GetMessage()),
        ];
    }

    [GeneratedRegex(@"// expect: (?<ids>SQLITE\d{4}(, SQLITE\d{4})*)\s*$")]
    private static partial Regex Expectation();
}

/// <summary>What is or should be reported on a line, counted from 1.</summary>
internal sealed record Finding(int Line, string Id, string Source, string Message)
{
    public (int Line, string Id) Place => (Line, Id);

    public override string ToString() => $"  {Line,5}  {Id}  {Source}" + (Message.Length == 0 ? "" : $"\n         {Message}");
}
