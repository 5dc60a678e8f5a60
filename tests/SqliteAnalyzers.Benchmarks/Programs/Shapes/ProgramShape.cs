namespace SqliteAnalyzers.Benchmarks.Programs.Shapes;

/// <summary>One way to use SQLite, in programs that have nothing else and grow.</summary>
/// <param name="Name">A word for it.</param>
/// <param name="Title">What is in the program, without the number.</param>
/// <param name="SampleFiles">A program too small to be measured.</param>
/// <param name="Units">How many of what costs something are in a program of a given size, where that is not the size.</param>
internal sealed record ProgramShape(string Name, string Title, IReadOnlyList<int> Sizes, Func<int, IEnumerable<SourceFile>> Files, Func<IEnumerable<SourceFile>> SampleFiles, int? Units = null)
{
    public GeneratedProgram Create(int size) => GeneratedProgram.Of(Files(size));

    public GeneratedProgram CreateSample() => GeneratedProgram.Of(SampleFiles());

    public int UnitsOf(int size) => Units ?? size;
}
