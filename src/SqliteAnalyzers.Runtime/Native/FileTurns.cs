using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// Lets those of this process who do the same to a file do it one after another: SQLite itself makes nobody wait in order. A second checkpoint is reported as
/// busy at once, and those who only try again and again for the write lock get it by chance, some hardly ever (measured).
/// </summary>
internal sealed class FileTurns
{
    public static readonly FileTurns Checkpoints = new();

    public static readonly FileTurns Writes = new();

    private readonly Dictionary<string, Turn> _byFile = new(StringComparer.Ordinal);

    /// <summary>Waits for the turn. Give it up by Dispose.</summary>
    /// <param name="file">The file.</param>
    /// <param name="patience">How long to wait.</param>
    /// <returns>Null if it did not come in time.</returns>
    public IDisposable? Take(string file, TimeSpan patience)
    {
        var turn = Join(file);
        var isTaken = false;
        try
        {
            isTaken = turn.Free.Wait(patience);
            return isTaken ? turn : null;
        }
        finally
        {
            if (!isTaken)
            {
                Leave(turn);
            }
        }
    }

    /// <summary>The same without a thread that waits. Those who wait so get their turns in the order in which they asked.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled first.</exception>
    /// <inheritdoc cref="Take"/>
    public async Task<IDisposable?> TakeAsync(string file, TimeSpan patience, CancellationToken cancellationToken)
    {
        var turn = Join(file);
        var isTaken = false;
        try
        {
            isTaken = await turn.Free.WaitAsync(patience, cancellationToken).ConfigureAwait(false);
            return isTaken ? turn : null;
        }
        finally
        {
            if (!isTaken)
            {
                Leave(turn);
            }
        }
    }

    private Turn Join(string file)
    {
        lock (_byFile)
        {
            if (!_byFile.TryGetValue(file, out var turn))
            {
                _byFile.Add(file, turn = new Turn(this, file));
            }

            turn.Users++;
            return turn;
        }
    }

    private void Leave(Turn turn)
    {
        lock (_byFile)
        {
            if (--turn.Users == 0)
            {
                _byFile.Remove(turn.File);
            }
        }
    }

    private sealed class Turn(FileTurns turns, string file) : IDisposable
    {
        public SemaphoreSlim Free { get; } = new(1, 1);

        public string File => file;

        /// <summary>Who has the turn, and who waits for it.</summary>
        public int Users { get; set; }

        public void Dispose()
        {
            Free.Release();
            turns.Leave(this);
        }
    }
}
