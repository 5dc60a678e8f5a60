namespace SqliteAnalyzers.Torture;

/// <summary>A process at work beside the writer, and what it says.</summary>
internal sealed class Companion : IDisposable
{
    private readonly ChildProcess _process;
    private readonly Action<string[]> _note;
    private readonly Thread _listener;
    private readonly ManualResetEventSlim _atWork = new();
    private readonly List<string> _problems = [];
    private bool _killed;

    /// <param name="note">Is given the words of each line that the process says, on another thread.</param>
    /// <param name="arguments">The name of the process's part and its arguments.</param>
    public Companion(Action<string[]> note, params string[] arguments)
    {
        _note = note;
        _process = ChildProcess.Start(arguments);
        _listener = new Thread(Listen) { IsBackground = true };
        _listener.Start();
    }

    /// <summary>What was wrong. Known once the process has ended.</summary>
    public IReadOnlyList<string> Problems => _problems;

    public void WaitUntilAtWork() => _atWork.Wait();

    public void Kill()
    {
        _killed = true;
        _process.Kill();
    }

    /// <summary>Waits until the process has ended and all it said is noted.</summary>
    public void WaitForEnd()
    {
        _listener.Join();
        _process.WaitForExit();
        if (!_killed || _process.Errors.Length > 0)
        {
            _problems.Add($"A process beside the writer ended by itself: {_process.Errors}");
        }
    }

    public void Dispose()
    {
        _process.Dispose();
        _listener.Join();
        _atWork.Dispose();
    }

    private void Listen()
    {
        while (_process.ReadLine() is { } line)
        {
            Note(line.Split(' '));
            _atWork.Set();
        }

        _atWork.Set();
    }

    private void Note(string[] words)
    {
        if (words is [Message.Broken, .. var text])
        {
            _problems.Add(string.Join(' ', text));
        }
        else
        {
            _note(words);
        }
    }
}
