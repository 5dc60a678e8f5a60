using System;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// Keeps the native connection from being closed: somebody else closes it where he likes, also in the middle of an operation that he was called back from,
/// and SQLitePCL.raw would then free what SQLite is still to call.
/// </summary>
internal sealed class ConnectionHold : IDisposable
{
    private readonly sqlite3 _handle;
    private bool _isHeld;

    public ConnectionHold(sqlite3 handle)
    {
        _handle = handle;
        handle.DangerousAddRef(ref _isHeld);
    }

    // Whoever loses the batch and its connection without disposing either does not lose the file with them.
    ~ConnectionHold() => Release();

    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private void Release()
    {
        if (_isHeld)
        {
            _isHeld = false;
            _handle.DangerousRelease();
        }
    }
}
