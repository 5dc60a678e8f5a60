using System.ComponentModel;
using System.Diagnostics;

namespace SqliteAnalyzers.Benchmarks.Measuring;

/// <summary>Compiles the programs in C that are part of this one.</summary>
internal static class CCompiler
{
    private static readonly string[] s_compilers = ["cc", "gcc", "clang"];

    /// <summary>Compiles a program. Null if there is no C compiler that can.</summary>
    /// <param name="folder">Where it is put.</param>
    /// <param name="name">The name of the resource with its source, which ends with .c.</param>
    /// <param name="options">For the compiler, besides -O2.</param>
    public static CompiledProgram? Compile(WorkFolder folder, string name, params string[] options)
    {
        var source = folder.NewFile(name);
        using (var file = File.Create(source))
        {
            typeof(CCompiler).Assembly.GetManifestResourceStream(name)!.CopyTo(file);
        }

        var executable = folder.NewFile(Path.GetFileNameWithoutExtension(name));
        foreach (var compiler in s_compilers)
        {
            if (Output(compiler, "--version") is { } version && Output(compiler, ["-O2", "-o", executable, source, .. options]) is not null)
            {
                return new CompiledProgram(executable, version.Split('\n')[0].Trim());
            }
        }

        return null;
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

/// <summary>A program that was compiled here.</summary>
/// <param name="Executable">Its file.</param>
/// <param name="Compiler">The first line of what the compiler says of its version.</param>
internal sealed record CompiledProgram(string Executable, string Compiler);
