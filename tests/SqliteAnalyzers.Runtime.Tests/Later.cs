namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>Does something after a while beside the test, which at its end waits for it and gets its exception.</summary>
/// <remarks>A timer is not waited for: its callback would go on with a connection that the test has disposed of meanwhile.</remarks>
internal sealed class Later(int milliseconds, Action action) : IDisposable
{
    private readonly Task _done = Task.Run(async () =>
    {
        await Task.Delay(milliseconds);
        action();
    });

    public void Dispose() => _done.GetAwaiter().GetResult();
}
