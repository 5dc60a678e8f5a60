namespace SqliteAnalyzers.Browser;

/// <summary>What was looked at, and how it was.</summary>
internal sealed class Checks
{
    public int Passed { get; private set; }

    public int Failed { get; private set; }

    public void That(bool holds, string what)
    {
        Console.WriteLine($"{(holds ? "passed" : "FAILED")}: {what}");
        if (holds)
        {
            Passed++;
        }
        else
        {
            Failed++;
        }
    }
}
