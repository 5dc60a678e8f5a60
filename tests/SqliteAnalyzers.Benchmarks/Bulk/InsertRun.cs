using System.Runtime;
using SqliteAnalyzers.Benchmarks.Contenders;
using SqliteAnalyzers.Benchmarks.Measuring;

namespace SqliteAnalyzers.Benchmarks.Bulk;

/// <summary>
/// One measurement of one contender: on smaller tables first, until its code is compiled for good, then once on a new one.
/// </summary>
internal sealed record InsertRun(ContenderInfo Contender, int Rows, int BatchSize, KeyOrder Order = KeyOrder.Ascending)
{
    /// <summary>The word on the command line that asks a process of this program for a measurement.</summary>
    public const string Command = "measure-inserts";

    private const int MostWarmUpTables = 30;
    private const int MostWarmUpRows = 60_000;

    // With fewer rows only the command is tried out.
    private const int FewestRowsToWaitFor = 1_000;

    // The runtime compiles busy methods anew in the background, 100 ms after the last one was compiled for the first time.
    private static readonly TimeSpan s_timeToCompile = TimeSpan.FromMilliseconds(250);

    private int WarmUpRows => Math.Min(Rows, MostWarmUpRows / Contender.Share);

    /// <summary>Runs it in a process of its own.</summary>
    public Sample Start(WorkFolder folder, CProgram? cProgram)
    {
        try
        {
            return MeasuringProcess.Run<Sample>(CommandLine(folder.NewFile("inserts.db"), cProgram));
        }
        finally
        {
            folder.Clear();
        }
    }

    /// <summary>The program that does it, and its arguments.</summary>
    public string[] CommandLine(string database, CProgram? cProgram) => Contender.Create is null
        ? cProgram!.CommandLine(database, database + "-warm-up.db", Rows, WarmUpRows, BatchSize, Contender)
        : MeasuringProcess.ThisProgram(Command, Contender.Id, $"{Rows}", $"{BatchSize}", $"{Order}", database);

    /// <summary>What the process does.</summary>
    public static void MeasureAndPrint(string[] arguments)
    {
        var run = new InsertRun(ContenderCatalog.Get(arguments[0]), int.Parse(arguments[1]), int.Parse(arguments[2]), Enum.Parse<KeyOrder>(arguments[3]));
        MeasuringProcess.Print(run.Measure(arguments[4]));
    }

    private Sample Measure(string database)
    {
        var rows = MeasurementTable.Rows(Rows, Order, BatchSize);
        WarmUp(database);
        using var contender = Contender.Create!(database);
        GC.Collect();
        GC.WaitForPendingFinalizers();

        var meter = Meter.Start();
        contender.Insert(rows, BatchSize);
        var consumed = meter.Read();

        var wal = new FileInfo(database + "-wal");
        return new Sample(Rows, consumed.Cpu.TotalSeconds, consumed.Wall.TotalSeconds, consumed.AllocatedBytes, PeakMemory.OfThisProcess(), wal.Exists ? wal.Length : 0, contender.Engine);
    }

    // Until the runtime has nothing left to compile: what it compiles in the background costs this process too.
    private void WarmUp(string database)
    {
        var rows = MeasurementTable.Rows(WarmUpRows, Order, BatchSize);
        long compiled;
        var tables = 0;
        do
        {
            compiled = JitInfo.GetCompiledMethodCount();
            using (var contender = Contender.Create!($"{database}-warm-up-{tables}.db"))
            {
                contender.Insert(rows, BatchSize);
            }

            tables++;
            Thread.Sleep(Rows >= FewestRowsToWaitFor ? s_timeToCompile : TimeSpan.Zero);
        }
        while (Rows >= FewestRowsToWaitFor && compiled != JitInfo.GetCompiledMethodCount() && tables < MostWarmUpTables);
    }
}
