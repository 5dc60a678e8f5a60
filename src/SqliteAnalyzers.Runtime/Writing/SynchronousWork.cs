using System;
using System.Threading.Tasks;

namespace SqliteAnalyzers.Runtime;

/// <summary>Work that must be done when its delegate returns.</summary>
internal static class SynchronousWork
{
    /// <summary>Refuses an asynchronous lambda, which returns before its work is done: the commit would fall somewhere within.</summary>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is a task.</exception>
    public static void RefuseTask<T>(string parameter, string instead)
    {
        // A ValueTask is no type of netstandard2.0.
        if (typeof(Task).IsAssignableFrom(typeof(T)) || typeof(T).FullName?.StartsWith("System.Threading.Tasks.ValueTask", StringComparison.Ordinal) == true)
        {
            throw new ArgumentException($"The work returns a {typeof(T).Name}, and so before it is done. {instead}", parameter);
        }
    }
}
