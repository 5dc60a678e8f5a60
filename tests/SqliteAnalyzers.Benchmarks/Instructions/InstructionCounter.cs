using System.Runtime.InteropServices;
using SqliteAnalyzers.Benchmarks.Measuring;

namespace SqliteAnalyzers.Benchmarks.Instructions;

/// <summary>count.c, compiled here: counts the instructions of a process that inserts rows, one by one.</summary>
internal sealed class InstructionCounter(CompiledProgram program, SqliteLibrary library)
{
    /// <summary>Compiles the program. Null where it cannot be: it is for Linux on x64, and needs a C compiler.</summary>
    public static InstructionCounter? Build(WorkFolder folder) =>
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64
        && SqliteLibrary.Find() is { } loaded && CCompiler.Compile(folder, "count.c") is { } compiled
            ? new InstructionCounter(compiled, loaded)
            : null;

    /// <summary>Runs a program and counts from one reset of a statement to a later one.</summary>
    /// <param name="commandLine">The program and its arguments.</param>
    /// <param name="database">The database that it writes.</param>
    /// <param name="resets">How many resets later.</param>
    public InstructionCount Count(string[] commandLine, string database, int resets) => MeasuringProcess.Run<InstructionCount>(
    [
        program.Executable, database + "-wal", library.File, $"{library.Offset("sqlite3_reset"):x}", $"{resets}", $"{library.Offset("sqlite3_bind_double"):x}", .. commandLine,
    ]);
}

/// <summary>The instructions of a few rows.</summary>
/// <param name="Rows">How many rows.</param>
/// <param name="Instructions">All instructions but those of the kernel.</param>
/// <param name="InSqlite">Those in SQLite's library.</param>
internal sealed record InstructionCount(long Rows, long Instructions, long InSqlite);
