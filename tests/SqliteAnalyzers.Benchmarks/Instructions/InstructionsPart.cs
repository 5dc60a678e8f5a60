using SqliteAnalyzers.Benchmarks.Bulk;
using SqliteAnalyzers.Benchmarks.Contenders;
using SqliteAnalyzers.Benchmarks.Report;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Benchmarks.Instructions;

/// <summary>How many instructions the fastest contenders need for a row.</summary>
internal static class InstructionsPart
{
    // Enough for the program still to be at it when it is looked at.
    private const int Rows = 4_000_000;

    // Some four pages of the table: one more or less that has to be split makes little difference.
    private const int RowsToCount = 400;

    // A group of InsertMany: the first row alone, SAVEPOINT, 256 rows, RELEASE.
    private const int ResetsOfGroup = 4;

    private static readonly (ContenderInfo Contender, int Resets)[] s_contenders =
    [
        (ContenderCatalog.C, RowsToCount),
        (ContenderCatalog.C50, RowsToCount / ContenderCatalog.C50.RowsPerStatement),
        (ContenderCatalog.BatchInsertMany, 2 * ResetsOfGroup),
        (ContenderCatalog.BatchPrepared, RowsToCount),
        (ContenderCatalog.Raw, RowsToCount),
    ];

    public static void Run(PartContext context)
    {
        context.Page.Heading(2, "Instructions of a row");
        if (context.CProgram is null || InstructionCounter.Build(context.Folder) is not { } counter)
        {
            context.Page.Paragraph("Left out: they can be counted on Linux on x64 only, with a C compiler.");
            return;
        }

        var counts = s_contenders.Select(c => (c.Contender, Count: Count(context, counter, c.Contender, context.Quick ? ResetsOfGroup : c.Resets))).ToArray();
        var reference = PerRow(counts[0].Count, c => c.Instructions);
        context.Page.Paragraph($"""
            The same rows, inserted by programs that were executed step by step in the middle of a transaction: every instruction outside of the kernel, counted. Other
            than time it does not depend on what else the machine does. It says where time can go and not how much: an instruction that waits for memory counts as
            any other. Counted over {RowsToCount} rows; for InsertMany over two groups, {counts.Single(c => c.Contender == ContenderCatalog.BatchInsertMany).Count.Rows} rows.
            """);
        context.Page.Table(
            ["", "× C", "instructions a row", "in SQLite's library", "elsewhere"],
            counts.OrderBy(c => PerRow(c.Count, i => i.Instructions)).Select(c => new[]
            {
                c.Contender.Title,
                Numbers.Ratio(PerRow(c.Count, i => i.Instructions) / reference),
                Numbers.Whole(PerRow(c.Count, i => i.Instructions)),
                Numbers.Whole(PerRow(c.Count, i => i.InSqlite)),
                Numbers.Whole(PerRow(c.Count, i => i.Instructions - i.InSqlite)),
            }));
    }

    private static InstructionCount Count(PartContext context, InstructionCounter counter, ContenderInfo contender, int resets)
    {
        var database = context.Folder.NewFile("instructions.db");
        try
        {
            var commandLine = new InsertRun(contender, Rows, SqliteBatchWriter.DefaultBatchSize).CommandLine(database, context.CProgram);
            var count = counter.Count(commandLine, database, resets);
            PartContext.Progress($"instructions: {contender.Title}: {PerRow(count, c => c.Instructions):0} a row");
            return count;
        }
        finally
        {
            context.Folder.Clear();
        }
    }

    private static double PerRow(InstructionCount count, Func<InstructionCount, long> instructions) => (double)instructions(count) / count.Rows;
}
