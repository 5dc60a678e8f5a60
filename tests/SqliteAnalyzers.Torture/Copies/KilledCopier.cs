using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Torture;

/// <summary>Copies one generation after the other, for ever, until it is killed. It says what it begins, each step of it, and that it is done after the call has returned.</summary>
internal static class KilledCopier
{
    public const string Name = "killed-copier";

    public static void Run(CopySettings settings)
    {
        using var connection = new SqliteConnection($"Data Source={settings.Live};Pooling=False;Default Timeout=2");
        connection.Open();
        for (var generation = settings.Generation + 1; ; generation++)
        {
            Prepare(settings, connection, generation);
            Message.Say(Message.Begun, generation);
            try
            {
                Copy(settings, connection, generation);
                Message.Say(Message.Done, generation);
            }
            catch (SqliteException exception) when (exception.SqliteErrorCode == 5)
            {
                // Somebody else was in the way for too long.
                Message.Say(Message.Refused, generation);
            }
        }
    }

    private static void Prepare(CopySettings settings, SqliteConnection connection, long generation)
    {
        if (settings.Kind == CopyKind.Restore)
        {
            Generations.Create(settings.CopyOf(generation), generation, settings.PageSize, settings.KeepsWalMode ? "WAL" : "DELETE");
        }
        else
        {
            Generations.Replace(connection, generation);
        }
    }

    private static void Copy(CopySettings settings, SqliteConnection connection, long generation)
    {
        var progress = new StepByStep();
        switch (settings.Kind)
        {
            case CopyKind.BackupToNew:
                connection.BackupTo(settings.CopyOf(generation), keepWalMode: settings.KeepsWalMode, progress: progress);
                break;
            case CopyKind.BackupOver:
                connection.BackupTo(settings.Standing, overwrite: true, keepWalMode: settings.KeepsWalMode, progress: progress);
                break;
            default:
                connection.RestoreFrom(settings.CopyOf(generation), progress: progress);
                break;
        }
    }

    // Not Progress<T>, which tells it on another thread, later.
    private sealed class StepByStep : IProgress<SqliteCopyProgress>
    {
        public void Report(SqliteCopyProgress value) => Message.Say(Message.Step, value.CopiedPages);
    }
}
