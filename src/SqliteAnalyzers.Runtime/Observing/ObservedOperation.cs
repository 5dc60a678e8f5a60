using System;
#if NET
using System.Diagnostics;
using Microsoft.Data.Sqlite;
#endif
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>An operation that is an activity for those who listen (.NET 8 and later): one that takes its time. What a listener throws is dropped.</summary>
internal readonly struct ObservedOperation : IDisposable
{
    public const string Backup = "BACKUP";
    public const string Checkpoint = "CHECKPOINT";
    public const string Restore = "RESTORE";
#if NET

    private static readonly ActivitySource? s_source = MakeSource();

    private readonly Activity? _activity;

    private ObservedOperation(Activity? activity) => _activity = activity;
#endif

    /// <summary>Begins an operation. It ends by Dispose.</summary>
    public static ObservedOperation Begin(string name, sqlite3 handle, string databaseName = "main")
    {
#if NET
        return s_source?.HasListeners() == true ? new(Start(name, handle, databaseName)) : default;
#else
        return default;
#endif
    }

    /// <summary>Takes note of why it failed.</summary>
    public void Fail(Exception failure)
    {
#if NET
        if (_activity is not null)
        {
            _activity.SetStatus(ActivityStatusCode.Error, failure.Message);
            _activity.SetTag(LibraryMeter.ErrorType, Observed.ErrorType(failure));
            if (failure is SqliteException)
            {
                _activity.SetTag(LibraryMeter.StatusCode, Observed.ErrorType(failure));
            }
        }
#endif
    }

    public void Dispose()
    {
#if NET
        try
        {
            _activity?.Dispose();
        }
        catch (Exception)
        {
            // The listener's fault, which is not the program's.
        }
#endif
    }
#if NET

    // Listeners are asked about it when it is made.
    private static ActivitySource? MakeSource()
    {
        try
        {
            return new(LibraryMeter.Name, typeof(ObservedOperation).Assembly.GetName().Version?.ToString() ?? "");
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static Activity? Start(string name, sqlite3 handle, string databaseName)
    {
        try
        {
            var database = Observed.DatabaseOf(NativeConnection.FileName(handle, databaseName));
            var tags = new ActivityTagsCollection { { LibraryMeter.System, LibraryMeter.Sqlite }, { "db.operation.name", name } };
            if (database is not null)
            {
                tags.Add(LibraryMeter.Database, database);
            }

            return s_source!.StartActivity(database is null ? name : $"{name} {database}", ActivityKind.Client, default(ActivityContext), tags);
        }
        catch (Exception)
        {
            return null;
        }
    }
#endif
}
