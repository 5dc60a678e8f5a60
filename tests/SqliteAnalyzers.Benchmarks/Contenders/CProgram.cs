using SqliteAnalyzers.Benchmarks.Bulk;
using SqliteAnalyzers.Benchmarks.Measuring;

namespace SqliteAnalyzers.Benchmarks.Contenders;

/// <summary>insert.c, compiled here and run on the native library that this process has loaded.</summary>
internal sealed class CProgram(CompiledProgram program, SqliteLibrary library)
{
    /// <summary>The first line of what the compiler says of its version.</summary>
    public string Compiler => program.Compiler;

    /// <summary>Compiles the program. Null if there is no C compiler that can, or no library to look up.</summary>
    public static CProgram? Build(WorkFolder folder) =>
        !OperatingSystem.IsWindows() && SqliteLibrary.Find() is { } loaded && CCompiler.Compile(folder, "insert.c", "-ldl", "-pthread") is { } compiled
            ? new CProgram(compiled, loaded)
            : null;

    /// <summary>The program and its arguments.</summary>
    public string[] CommandLine(string database, string warmUpDatabase, int rows, int warmUpRows, int batchSize, ContenderInfo contender) =>
    [
        program.Executable, library.File, database, warmUpDatabase, $"{rows}", $"{warmUpRows}", $"{batchSize}", $"{contender.RowsPerStatement}",
        $"{contender.IdleThreads}", MeasurementTable.Pragmas, MeasurementTable.Schema,
    ];
}
