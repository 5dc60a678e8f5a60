using System.ComponentModel;
using System.Diagnostics;
using SqliteAnalyzers.Benchmarks.Bulk;
using SqliteAnalyzers.Benchmarks.Measuring;
using SQLitePCL;

namespace SqliteAnalyzers.Benchmarks.Contenders;

/// <summary>insert.c, compiled here and run on the native library that this process has loaded.</summary>
internal sealed class CProgram
{
    private static readonly string[] s_compilers = ["cc", "gcc", "clang"];

    private readonly string _executable;
    private readonly string _library;

    private CProgram(string executable, string library, string compiler)
    {
        _executable = executable;
        _library = library;
        Compiler = compiler;
    }

    /// <summary>The first line of what the compiler says of its version.</summary>
    public string Compiler { get; }

    /// <summary>Compiles the program. Null if there is no C compiler that can, or no library to look up.</summary>
    public static CProgram? Build(WorkFolder folder)
    {
        var library = LoadedLibrary();
        if (library is null || OperatingSystem.IsWindows())
        {
            return null;
        }

        var source = folder.NewFile("insert.c");
        using (var file = File.Create(source))
        {
            typeof(CProgram).Assembly.GetManifestResourceStream("insert.c")!.CopyTo(file);
        }

        var executable = folder.NewFile("insert");
        foreach (var compiler in s_compilers)
        {
            if (Output(compiler, "--version") is { } version && Output(compiler, "-O2", "-o", executable, source, "-ldl", "-pthread") is not null)
            {
                return new CProgram(executable, library, version.Split('\n')[0].Trim());
            }
        }

        return null;
    }

    public Sample Run(string database, string warmUpDatabase, int rows, int warmUpRows, int batchSize, ContenderInfo contender) =>
        MeasuringProcess.Run(_executable,
        [
            _library, database, warmUpDatabase, $"{rows}", $"{warmUpRows}", $"{batchSize}", $"{contender.RowsPerStatement}",
            $"{contender.IdleThreads}", MeasurementTable.Pragmas, MeasurementTable.Schema,
        ]);

    private static string? LoadedLibrary()
    {
        Batteries_V2.Init();
        var name = raw.GetNativeLibraryName();
        using var process = Process.GetCurrentProcess();
        return process.Modules.Cast<ProcessModule>().Select(m => m.FileName).FirstOrDefault(f => Path.GetFileName(f).Contains(name, StringComparison.Ordinal));
    }

    private static string? Output(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
