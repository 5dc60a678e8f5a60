using System.Globalization;
using System.Text;
using SqliteAnalyzers.Commands;

namespace SqliteAnalyzers.Torture;

/// <summary>The page about a run: every number on it comes from the run.</summary>
internal sealed class DurabilityReport
{
    private readonly string? _path;
    private readonly StringBuilder _sections = new();
    private readonly List<string> _problems = [];

    /// <summary>A page that goes to the file that was asked for, into the repository if all parts are run, or else to the standard output.</summary>
    /// <exception cref="InvalidOperationException">The program is not in the repository.</exception>
    public DurabilityReport(Arguments arguments) => _path = arguments.Output ?? (arguments.Part.Length == 0 ? PathInRepository() : null);

    public IReadOnlyList<string> Problems => _problems;

    public void Add(KillResult result) => Add(KillSection.Text(result), result.Problems);

    public void Add(SingleWriterKillResult result) => Add(SingleWriterSection.Text(result), result.Problems);

    public void Add(CopyKillResult result) => Add(CopySection.Text(result), result.Problems);

    public void Add(IReadOnlyList<FaultResult> results) => Add(FaultSection.Text(results), [.. results.SelectMany(r => r.Problems)]);

    public void Add(VisibilityResult result, IReadOnlyList<SharingResult> sharing) =>
        Add(VisibilitySection.Text(result, sharing), [.. result.Problems, .. sharing.SelectMany(s => s.Problems)]);

    public void Write()
    {
        if (_path is null)
        {
            Console.Write(Page());
        }
        else
        {
            File.WriteAllText(_path, Page());
        }
    }

    private static string PathInRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SqliteAnalyzers.sln")))
        {
            folder = folder.Parent;
        }

        return folder is null
            ? throw new InvalidOperationException("The program is not in the repository: say where to write with --output.")
            : Path.Combine(folder.FullName, "docs", "durability.md");
    }

    private void Add(string section, IReadOnlyList<string> problems)
    {
        _sections.AppendLine(section);
        _problems.AddRange(problems);
    }

    private string Page()
    {
        var page = new StringBuilder();
        page.AppendLine("# Durability and visibility");
        page.AppendLine();
        page.AppendLine("What the helper library keeps when its process is killed and when the disk fails, and what other processes see of it.");
        page.AppendLine("This page is written by the run itself:");
        page.AppendLine();
        page.AppendLine("```");
        page.AppendLine("dotnet run -c Release --project tests/SqliteAnalyzers.Torture");
        page.AppendLine("```");
        page.AppendLine();
        page.AppendLine(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC. {Machine.Description(Path.GetTempPath())}.");
        page.AppendLine(Versions.Describe());
        page.AppendLine();
        if (_problems.Count == 0)
        {
            page.AppendLine("**Nothing was lost and nothing was found wrong.**");
        }
        else
        {
            page.AppendLine(CultureInfo.InvariantCulture, $"**{_problems.Count} things were found wrong:**");
            page.AppendLine();
            foreach (var problem in _problems)
            {
                page.AppendLine($"- {problem.ReplaceLineEndings(" ")}");
            }
        }

        page.AppendLine();
        page.Append(_sections);
        return page.ToString().ReplaceLineEndings("\n").TrimEnd() + "\n";
    }
}
