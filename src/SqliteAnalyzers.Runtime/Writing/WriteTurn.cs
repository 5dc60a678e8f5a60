using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// Whose turn it is to write to a file, among those of this process who ask here: one after another, in the order in which they asked. Those who only try again and again
/// for SQLite's lock get it by chance, and some hardly ever (measured).
/// </summary>
internal sealed class WriteTurn : IDisposable
{
    private static readonly Dictionary<string, WriteTurn> s_byFile = new(StringComparer.Ordinal);

    // Asynchronous waiters get it in their order, each from the hand of the one before.
    private readonly SemaphoreSlim _free = new(1, 1);
    private readonly string _file;
    private int _users;

    private WriteTurn(string file) => _file = file;

    /// <summary>Waits for the turn. Give it up by Dispose.</summary>
    /// <returns>Null if it did not come in time.</returns>
    public static async Task<WriteTurn?> TakeAsync(string file, TimeSpan patience, CancellationToken cancellationToken)
    {
        WriteTurn? turn;
        lock (s_byFile)
        {
            if (!s_byFile.TryGetValue(file, out turn))
            {
                turn = new WriteTurn(file);
                s_byFile.Add(file, turn);
            }

            turn._users++;
        }

        var isTaken = false;
        try
        {
            isTaken = await turn._free.WaitAsync(patience, cancellationToken).ConfigureAwait(false);
            return isTaken ? turn : null;
        }
        finally
        {
            if (!isTaken)
            {
                turn.Forget();
            }
        }
    }

    public void Dispose()
    {
        _free.Release();
        Forget();
    }

    private void Forget()
    {
        lock (s_byFile)
        {
            if (--_users == 0)
            {
                s_byFile.Remove(_file);
            }
        }
    }
}
