using System;
using System.Collections.Generic;
using System.Threading;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// Lets one checkpoint of a file run at a time in this process. SQLite does not wait for another checkpoint: it reports SQLITE_BUSY at once.
/// </summary>
internal sealed class CheckpointGate : IDisposable
{
    private static readonly Dictionary<string, CheckpointGate> s_byFile = new(StringComparer.Ordinal);

    private readonly string _file;
    private int _users;

    private CheckpointGate(string file) => _file = file;

    /// <summary>Enters the file's gate; null if it was not free in time. Leave it by Dispose, on the same thread.</summary>
    public static CheckpointGate? Enter(string file, TimeSpan timeout)
    {
        CheckpointGate? gate;
        lock (s_byFile)
        {
            if (!s_byFile.TryGetValue(file, out gate))
            {
                gate = new CheckpointGate(file);
                s_byFile.Add(file, gate);
            }

            gate._users++;
        }

        if (Monitor.TryEnter(gate, timeout))
        {
            return gate;
        }

        gate.Forget();
        return null;
    }

    public void Dispose()
    {
        Monitor.Exit(this);
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
