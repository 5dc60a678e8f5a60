namespace SqliteAnalyzers.Torture;

/// <summary>Plays every fault in a process of its own.</summary>
internal static class FaultRun
{
    public const string Name = "fault";

    private const string Got = "got ";
    private const string Problem = "problem ";

    /// <param name="played">Is called after each fault.</param>
    public static IReadOnlyList<FaultResult> Run(Action played)
    {
        var results = new List<FaultResult>();
        foreach (var fault in Fault.All)
        {
            results.Add(Run(fault));
            played();
        }

        return results;
    }

    public static FaultResult Run(Fault fault)
    {
        var prefix = FaultStage.For(fault.Means);
        if (prefix is null)
        {
            return new FaultResult(fault, WasPossible: false, [], []);
        }

        using var folder = new TemporaryFolder();
        using var process = ChildProcess.StartWithin(prefix, Name, fault.Name, folder.Path);
        var got = new List<string>();
        var problems = new List<string>();
        while (process.ReadLine() is { } line)
        {
            if (line.StartsWith(Got, StringComparison.Ordinal))
            {
                got.Add(line[Got.Length..]);
            }
            else if (line.StartsWith(Problem, StringComparison.Ordinal))
            {
                problems.Add($"{fault.Name}: {line[Problem.Length..]}");
            }
        }

        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            problems.Add($"{fault.Name}: {process.Errors}");
        }

        return new FaultResult(fault, WasPossible: true, got, problems);
    }

    /// <summary>The process's own part.</summary>
    public static void Play(string name, string folder)
    {
        var scene = new FaultScene(folder);
        try
        {
            Fault.All.Single(f => f.Name == name).Play(scene);
        }
        finally
        {
            foreach (var got in scene.Got)
            {
                Console.WriteLine(Got + got);
            }

            foreach (var problem in scene.Problems)
            {
                Console.WriteLine(Problem + problem);
            }
        }
    }
}
