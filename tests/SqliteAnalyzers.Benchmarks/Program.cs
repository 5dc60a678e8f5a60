using System.Globalization;
using SqliteAnalyzers.Benchmarks;
using SqliteAnalyzers.Benchmarks.Analyzing;
using SqliteAnalyzers.Benchmarks.Bulk;
using SqliteAnalyzers.Benchmarks.Checkpoints;
using SqliteAnalyzers.Benchmarks.Contenders;
using SqliteAnalyzers.Benchmarks.Editing;
using SqliteAnalyzers.Benchmarks.Measuring;
using SqliteAnalyzers.Benchmarks.Opening;
using SqliteAnalyzers.Benchmarks.Report;
using SqliteAnalyzers.Benchmarks.Small;
using SqliteAnalyzers.Tests.Docs;

if (args is [InsertRun.Command, .. var measurement])
{
    InsertRun.MeasureAndPrint(measurement);
    return 0;
}

IReadOnlyList<Part> parts =
[
    new("bulk", "inserting, beside C, SQLitePCL.raw and other libraries", BulkPart.Run),
    new("batch-sizes", "1 to 100,000 operations a transaction", BatchSizesPart.Run),
    new("key-order", "ascending and scattered primary keys", KeyOrderPart.Run),
    new("checkpoints", "checkpoints of each mode, and those with nothing to do", CheckpointsPart.Run),
    new("opening", "opening connections, bare and configured", OpeningPart.Run),
    new("small", "single calls, by BenchmarkDotNet", SmallPart.Run),
    new("analyzers", "what the analyzers add to a compilation, beside the SDK's", SizesPart.Run),
    new("shapes", "the same for programs that use SQLite in one way, and how it grows", ShapesPart.Run),
    new("editing", "what the analyzers add to a keystroke, beside the SDK's", EditingPart.Run),
];

if (args is ["--help"] or ["-h"])
{
    Console.WriteLine(Arguments.Usage(parts));
    return 0;
}

Arguments arguments;
try
{
    arguments = Arguments.Parse(args, parts);
}
catch (FormatException exception)
{
    Console.Error.WriteLine(exception.Message);
    Console.Error.WriteLine();
    Console.Error.WriteLine(Arguments.Usage(parts));
    return 2;
}

using var folder = new WorkFolder();
var page = new Page();
var context = new PartContext(arguments.Rows, arguments.Rounds, arguments.Quick, folder, CProgram.Build(folder), page);

page.Heading(1, "Benchmarks");
page.Paragraph("""
    What the helper library costs beside the alternatives, and what the analyzers cost beside those of the SDK. Everything here is written by one command, numbers, versions and charts included:
    `dotnet run -c Release --project tests/SqliteAnalyzers.Benchmarks`.
    """);
page.Paragraph(string.Create(CultureInfo.InvariantCulture, $"Measured on {DateTime.UtcNow:yyyy-MM-dd}: {Machine.Description(folder)}."));
page.Paragraph("""
    Contenders run in turn in each round, and each round begins with another one. Ratios are made within a round; tables show the middle of
    the rounds and, in brackets, the lowest and the highest.
    """);

foreach (var part in arguments.Parts)
{
    part.Run(context);
}

Console.WriteLine(page.Text);
if (arguments.Output is not null || (arguments.AllParts && !arguments.Quick))
{
    var output = arguments.Output ?? Repository.PathTo("docs");
    page.Save(output, "benchmarks.md");
    PartContext.Progress($"Written to {output}.");
}

return 0;
