using System.Diagnostics;
using System.Globalization;

namespace SqliteAnalyzers.Torture;

/// <summary>Workers that read their shares at the same time, and what they see.</summary>
internal sealed class Situation(string name, Measurements rows, IReadOnlyList<Share> shares)
{
    private readonly List<string> _problems = [];
    private readonly List<double> _milliseconds = [];

    public string Name => name;

    public int Workers => shares.Count;

    /// <summary>How many rows the workers must see together.</summary>
    public long Expected { get; private set; }

    /// <summary>How many rows the workers have seen of those.</summary>
    public long Seen { get; private set; }

    public IReadOnlyList<string> Problems => _problems;

    /// <summary>How long each worker's query took.</summary>
    public IReadOnlyList<double> Milliseconds => _milliseconds;

    /// <summary>How long the workers' queries used a processor, all of them together.</summary>
    public double ProcessorMilliseconds { get; private set; }

    /// <summary>From the first start to the end of the last worker.</summary>
    public TimeSpan Elapsed { get; private set; }

    public void AddProblem(string problem) => _problems.Add($"{name}: {problem}");

    /// <summary>Starts a worker for each share and waits for all of them.</summary>
    public void Read(Func<Share, ChildProcess> start)
    {
        var expected = rows.Expected(shares);
        var watch = Stopwatch.StartNew();
        var workers = shares.Select(start).ToList();
        for (var i = 0; i < workers.Count; i++)
        {
            using var worker = workers[i];
            Note(shares[i], expected[i], worker);
        }

        Elapsed = watch.Elapsed;
        if (Expected != rows.Rows)
        {
            AddProblem($"of {rows.Rows} rows, {Expected} were shared");
        }
    }

    private void Note(Share share, RowSum expected, ChildProcess worker)
    {
        var line = worker.ReadLine();
        worker.ReadToEnd();
        worker.WaitForExit();
        Expected += expected.Rows;
        if (line is null)
        {
            AddProblem($"The worker for {share.Condition} ended with {worker.ExitCode}: {worker.Errors}");
            return;
        }

        var words = line.Split(' ');
        var seen = RowSum.Parse(words);
        Seen += Math.Min(seen.Rows, expected.Rows);
        _milliseconds.Add(double.Parse(words[3], CultureInfo.InvariantCulture));
        ProcessorMilliseconds += double.Parse(words[4], CultureInfo.InvariantCulture);
        if (seen != expected)
        {
            AddProblem($"{share.Condition}: {expected} was to be seen, and {seen} was");
        }
    }
}
