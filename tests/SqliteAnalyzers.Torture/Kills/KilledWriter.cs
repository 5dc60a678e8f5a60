using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Torture;

/// <summary>
/// Writes units for ever, with everything the library has for it, until it is killed. It says what it is about to do, and acknowledges a commit
/// after the call has returned.
/// </summary>
internal sealed class KilledWriter(WriterSettings settings)
{
    public const string Name = "killed-writer";
    public const int Author = 1;

    /// <summary>The copy that is written over and over, in the database's folder.</summary>
    public const string StandingCopy = "standing-copy.db";

    /// <summary>How the names of new copies begin. The number of the last unit that must be in it follows.</summary>
    public const string NewCopyPrefix = "copy-";

    /// <summary>As <see cref="NewCopyPrefix"/>, for what the process that a database was handed over to has made of it.</summary>
    public const string HandedOverPrefix = "handed-over-";

    private static readonly TimeSpan s_checkpointPatience = TimeSpan.FromMilliseconds(30);
    private static readonly KillPhase[] s_afterCommit = [KillPhase.Batch, .. Enum.GetValues<KillPhase>().Where(p => p >= KillPhase.CheckpointPassive)];

    private readonly Random _random = new(settings.Seed);
    private readonly string _folder = Path.GetDirectoryName(settings.Path)!;
    private int _files;

    public void Run()
    {
        LoadCode();
        while (true)
        {
            Message.Say(KillPhase.Opening);
            using var connection = new SqliteConnection($"Data Source={settings.Path};Pooling=False");
            connection.OpenConfigured(settings.Options);
            Units.CreateTables(connection);
            Message.Say(KillPhase.Between);

            using var batch = new SqliteBatchWriter(connection, settings.CommitsByItself ? Units.OperationsPerTransaction : SqliteBatchWriter.DefaultBatchSize);
            var transactions = settings.Target == KillPhase.Opening ? 1 : 20;
            for (var i = 0; i < transactions; i++)
            {
                WriteTransaction(batch);
                AfterCommit(connection);
            }
        }
    }

    // So that what is killed at the first opening is SQLite, and not the compiler.
    private void LoadCode()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.OpenConfigured(settings.Options);
        Units.CreateTables(connection);
    }

    private void WriteTransaction(SqliteBatchWriter batch)
    {
        Message.Say(KillPhase.Batch);
        var number = Units.Last(batch.Connection, Author);
        for (var i = 1; i < Units.PerTransaction; i++)
        {
            WriteUnit(batch, ++number);
        }

        if (settings.CommitsByItself)
        {
            using var unit = batch.BeginUnit();
            Units.Write(batch, Author, ++number);
            Message.Say(KillPhase.Commit);
            unit.Complete();
        }
        else
        {
            WriteUnit(batch, ++number);
            Message.Say(KillPhase.Commit);
            batch.Commit();
        }

        Message.Say(Message.Committed, Author, number);
    }

    private static void WriteUnit(SqliteBatchWriter batch, long number)
    {
        using var unit = batch.BeginUnit();
        Units.Write(batch, Author, number);
        unit.Complete();
    }

    private void AfterCommit(SqliteConnection connection)
    {
        var phase = _random.Next(10) < 7 && s_afterCommit.Contains(settings.Target)
            ? settings.Target
            : s_afterCommit[_random.Next(s_afterCommit.Length)];
        if (phase == KillPhase.Batch)
        {
            return;
        }

        var committed = Units.Last(connection, Author);
        Message.Say(phase);
        try
        {
            switch (phase)
            {
                case KillPhase.BackupToNew:
                    connection.BackupTo(NewFile(NewCopyPrefix, committed));
                    break;
                case KillPhase.BackupOver:
                    connection.BackupTo(Path.Combine(_folder, StandingCopy), overwrite: true);
                    Message.Say(Message.CopiedOver, committed);
                    break;
                case KillPhase.HandOver:
                    HandOver(connection, NewFile(HandedOverPrefix, committed));
                    break;
                default:
                    connection.Checkpoint(phase - KillPhase.CheckpointPassive + SqliteCheckpointMode.Passive, s_checkpointPatience);
                    break;
            }
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == 5)
        {
            // Somebody else was in the way for too long.
            Message.Say(Message.Refused, $"{phase}");
        }

        Message.Say(KillPhase.Between);
    }

    // The process that takes over copies the database file alone.
    private void HandOver(SqliteConnection connection, string copy)
    {
        string[] command = OperatingSystem.IsWindows() ? ["cmd", "/c", "copy", settings.Path, copy] : ["cp", settings.Path, copy];
        using var worker = SqliteWorker.Start(connection, new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false }, s_checkpointPatience);
        Message.Say(KillPhase.Between);
        worker.WaitForExit();
    }

    private string NewFile(string prefix, long committed) => Path.Combine(_folder, $"{prefix}{committed}-{Environment.ProcessId}-{++_files}.db");
}
