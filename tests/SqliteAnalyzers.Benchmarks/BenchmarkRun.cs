using System.Globalization;
using SqliteAnalyzers.Benchmarks.Contenders;
using SqliteAnalyzers.Benchmarks.Measuring;
using SqliteAnalyzers.Benchmarks.Report;
using SqliteAnalyzers.Commands;
using SqliteAnalyzers.Tests.Docs;

namespace SqliteAnalyzers.Benchmarks;

/// <summary>Measures one part after the other, and writes the page.</summary>
internal static class BenchmarkRun
{
    public static void Run(BenchmarkOptions options)
    {
        using var folder = new WorkFolder();
        var page = new Page();
        var context = new PartContext(options.Rows, options.Rounds, options.Quick, folder, CProgram.Build(folder), page);

        page.Heading(1, "Benchmarks");
        page.Paragraph("""
            What the helper library costs beside the alternatives, and what the analyzers cost beside those of the SDK. Everything here is written by one command, numbers, versions and charts included:
            `dotnet run -c Release --project tests/SqliteAnalyzers.Benchmarks`.
            """);
        page.Paragraph(string.Create(CultureInfo.InvariantCulture, $"Measured on {DateTime.UtcNow:yyyy-MM-dd}: {Machine.Description(folder.Path)}."));
        page.Paragraph("""
            Contenders run in turn in each round, and each round begins with another one. Ratios are made within a round; tables show the middle of
            the rounds and, in brackets, the lowest and the highest.
            """);

        foreach (var part in options.Parts)
        {
            part.Run(context);
        }

        Console.WriteLine(page.Text);
        if (options.Output is not null || (options.AllParts && !options.Quick))
        {
            var output = options.Output ?? Repository.PathTo("docs");
            page.Save(output, "benchmarks.md");
            PartContext.Progress($"Written to {output}.");
        }
    }
}
