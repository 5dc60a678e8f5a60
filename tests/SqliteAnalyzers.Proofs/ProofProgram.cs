using System.Collections.Immutable;
using System.Diagnostics;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SqliteAnalyzers.Proofs;

/// <summary>
/// A program of one source file, compiled into a folder of its own and run there against real SQLite.
/// </summary>
internal static class ProofProgram
{
    private static readonly string[] s_libraries =
    [
        "Microsoft.Data.Sqlite.dll",
        "SQLitePCLRaw.batteries_v2.dll",
        "SQLitePCLRaw.core.dll",
        "SQLitePCLRaw.provider.e_sqlite3.dll",
        "SqliteAnalyzers.Runtime.dll",
    ];

    /// <summary>What the programs are compiled with.</summary>
    public static ImmutableArray<MetadataReference> References { get; } =
    [
        .. Net100.References.All,
        .. s_libraries.Select(library => MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, library))),
    ];

    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Latest);

    /// <summary>CS1701, a reference built against an older .NET, is off as in the SDK.</summary>
    public static CSharpCompilationOptions CompilationOptions { get; } =
        new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable)
            .WithSpecificDiagnosticOptions([KeyValuePair.Create("CS1701", ReportDiagnostic.Suppress)]);

    /// <summary>Runs the compiled program and returns its exit code and all it, and the processes it starts, wrote.</summary>
    public static async Task<Outcome> RunAsync(Compilation compilation, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("sqlite-proof-");
        try
        {
            var program = Emit(compilation, folder.FullName, cancellationToken);
            var startInfo = new ProcessStartInfo("dotnet", [program])
            {
                WorkingDirectory = folder.FullName,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(startInfo)!;
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new Outcome(process.ExitCode, await output + await error);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Emit(Compilation compilation, string folder, CancellationToken cancellationToken)
    {
        var program = Path.Combine(folder, "Program.dll");
        using (var image = File.Create(program))
        {
            var result = compilation.Emit(image, cancellationToken: cancellationToken);
            Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        }

        foreach (var library in s_libraries)
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, library), Path.Combine(folder, library));
        }

        foreach (var native in NativeLibraries())
        {
            File.Copy(native, Path.Combine(folder, Path.GetFileName(native)));
        }

        File.Copy(
            Path.Combine(AppContext.BaseDirectory, "SqliteAnalyzers.Proofs.runtimeconfig.json"),
            Path.Combine(folder, "Program.runtimeconfig.json"));
        return program;
    }

    /// <summary>SQLite itself, for the machine the test runs on.</summary>
    private static IEnumerable<string> NativeLibraries()
    {
        var folders = ((string)AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES")!).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*e_sqlite3.*")).DistinctBy(Path.GetFileName);
    }
}

/// <param name="ExitCode">0, unless an exception ended the program.</param>
/// <param name="Output">Standard output, then standard error.</param>
internal sealed record Outcome(int ExitCode, string Output);
