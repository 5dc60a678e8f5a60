using SqliteAnalyzers.Benchmarks;
using SqliteAnalyzers.Benchmarks.Analyzing;
using SqliteAnalyzers.Benchmarks.Bulk;
using SqliteAnalyzers.Benchmarks.Checkpoints;
using SqliteAnalyzers.Benchmarks.Editing;
using SqliteAnalyzers.Benchmarks.Instructions;
using SqliteAnalyzers.Benchmarks.Opening;
using SqliteAnalyzers.Benchmarks.Small;
using SqliteAnalyzers.Benchmarks.Writers;
using SqliteAnalyzers.Commands;

if (args is [InsertRun.Command, .. var measurement])
{
    InsertRun.MeasureAndPrint(measurement);
    return 0;
}

Part[] parts =
[
    new("bulk", "inserting, beside C, SQLitePCL.raw and other libraries", BulkPart.Run),
    new("instructions", "how many instructions a row takes", InstructionsPart.Run),
    new("few-rows", "a few rows at a time in a schema of many tables", FewRowsPart.Run),
    new("batch-sizes", "1 to 100,000 operations a transaction", BatchSizesPart.Run),
    new("key-order", "ascending and scattered primary keys", KeyOrderPart.Run),
    new("writers", "1 to 512 producers of durable units, with a connection each, a lock, EF Core and SqliteSingleWriter", WritersPart.Run),
    new("checkpoints", "checkpoints of each mode, and those with nothing to do", CheckpointsPart.Run),
    new("opening", "opening connections, bare and configured", OpeningPart.Run),
    new("small", "single calls, by BenchmarkDotNet", SmallPart.Run),
    new("analyzers", "what the analyzers add to a compilation, beside the SDK's", SizesPart.Run),
    new("shapes", "the same for programs that use SQLite in one way, and how it grows", ShapesPart.Run),
    new("rules", "what each rule adds to a compilation, alone and beside the others", RulesPart.Run),
    new("editing", "what the analyzers add to a keystroke, beside the SDK's", EditingPart.Run),
];

return await CommandProgram.RunAsync(BenchmarkCommand.Create(parts, BenchmarkRun.Run), args);
