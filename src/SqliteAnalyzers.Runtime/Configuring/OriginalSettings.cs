using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// What the settings of a native connection were before the library changed them. They outlast the opening: the pool hands the connection on as it is.
/// </summary>
internal sealed class OriginalSettings
{
    private static readonly ConditionalWeakTable<sqlite3, OriginalSettings> s_all = new();

    private readonly Dictionary<string, string> _values = [];

    /// <summary>What was applied last.</summary>
    public ConnectionConfiguration? Configuration { get; set; }

    public static OriginalSettings Of(sqlite3 handle) => s_all.GetValue(handle, static _ => new OriginalSettings());

    /// <summary>Takes note of values that are about to be changed.</summary>
    public void Remember(IEnumerable<string> names, sqlite3 handle, BusyRetry retry)
    {
        foreach (var name in names)
        {
            if (!_values.ContainsKey(name) && PragmaReader.Read(handle, name, retry) is { } value)
            {
                _values.Add(name, value);
            }
        }
    }

    /// <summary>Gives the settings that were changed their old values, but for those that are about to be changed anyway.</summary>
    public void PutBackAllBut(IEnumerable<string> names, sqlite3 handle)
    {
        foreach (var name in _values.Keys.Except(names).ToArray())
        {
            NativeConnection.Check(raw.sqlite3_exec(handle, $"PRAGMA {name}={_values[name]}"), handle);
            _values.Remove(name);
        }
    }
}
