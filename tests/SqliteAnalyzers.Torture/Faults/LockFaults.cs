using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Torture;

/// <summary>Another process holds a lock for longer than the caller waits.</summary>
internal static class LockFaults
{
    private const int SqliteBusy = 5;

    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(50);
    private static readonly SqliteConnectionOptions s_impatient = new() { BusyTimeout = s_patience };
    private static readonly SqliteConnectionOptions s_rollbackJournal = s_impatient with { JournalMode = SqliteJournalMode.Delete };

    public static IReadOnlyList<Fault> All { get; } =
    [
        new("locked-at-begin", "another process writes when the batch begins", FaultMeans.None, AtBegin),
        new("locked-at-checkpoint", "another process writes at `Checkpoint` and `SqliteWorker.Start`", FaultMeans.None, AtCheckpoint),
        new("locked-at-commit", "another process reads at `Commit`, with a rollback journal", FaultMeans.None, AtCommit),
        new("locked-at-batch-boundary", "another process reads when a full batch commits by itself, with a rollback journal", FaultMeans.None, AtBatchBoundary),
        new("locked-at-configuring", "another process writes when `OpenConfigured` changes to WAL", FaultMeans.None, AtConfiguring),
        new("locked-at-backup-over", "another process reads the database that `BackupTo` replaces", FaultMeans.None, AtBackupOver),
        new("locked-at-restore", "another process writes in the database that `RestoreFrom` replaces", FaultMeans.None, AtRestore),
    ];

    private static void AtBegin(FaultScene scene)
    {
        scene.Prepare();
        using var connection = scene.Open(s_impatient);
        using var batch = new SqliteBatchWriter(connection);
        using (LockHolder.Start(scene.Database, LockHolder.Writes))
        {
            scene.MustFail(SqliteBusy, "could not begin its transaction", () => scene.Write(batch));
            scene.Verify();
        }

        scene.Write(batch);
        scene.Verify();
    }

    private static void AtCheckpoint(FaultScene scene)
    {
        scene.Prepare();
        using var connection = scene.Open(FaultScene.NoAutoCheckpoint);
        using var batch = new SqliteBatchWriter(connection);
        scene.Write(batch);
        using (LockHolder.Start(scene.Database, LockHolder.Writes))
        {
            scene.MustFail(SqliteBusy, "Nothing is lost", () => connection.Checkpoint(SqliteCheckpointMode.Full, s_patience));
            scene.MustFail(SqliteBusy, "Nothing is lost", () =>
                SqliteWorker.Start(connection, new ProcessStartInfo("no-such-program"), s_patience).Dispose());
            scene.Require(connection.TryCheckpoint(SqliteCheckpointMode.Full, s_patience).Busy, "TryCheckpoint reports that it was busy");
            scene.Verify();
        }

        scene.Require(connection.Checkpoint().IsComplete, "the checkpoint completes");
        scene.Write(batch);
        scene.Verify();
    }

    private static void AtCommit(FaultScene scene)
    {
        scene.Prepare(options: s_rollbackJournal);
        using var connection = scene.Open(s_rollbackJournal);
        using var batch = new SqliteBatchWriter(connection);
        using (LockHolder.Start(scene.Database, LockHolder.Reads))
        {
            scene.MustFail(SqliteBusy, "is still open: call Commit again, or Rollback", () => scene.Write(batch));
            scene.Require(batch.PendingOperations == Units.OperationsPerTransaction, "the transaction is still open");
        }

        batch.Commit();
        scene.Acknowledge();
        scene.Write(batch);
        scene.Verify();
    }

    private static void AtBatchBoundary(FaultScene scene)
    {
        scene.Prepare(options: s_rollbackJournal);
        using var connection = scene.Open(s_rollbackJournal);
        using var batch = new SqliteBatchWriter(connection, Units.OperationsPerTransaction);
        using (LockHolder.Start(scene.Database, LockHolder.Reads))
        {
            scene.MustFail(SqliteBusy, "is still open: call Commit again, or Rollback", () => scene.WriteFullBatches(batch));
        }

        batch.Commit();
        scene.Acknowledge();
        scene.WriteFullBatches(batch);
        scene.Verify();
    }

    private static void AtConfiguring(FaultScene scene)
    {
        scene.Prepare(options: s_rollbackJournal);
        using (LockHolder.Start(scene.Database, LockHolder.Writes))
        {
            scene.MustFail(SqliteBusy, "journal_mode could not be set to wal: another connection", () => scene.Open(s_impatient).Dispose());
        }

        using var connection = scene.Open(s_impatient);
        using var batch = new SqliteBatchWriter(connection);
        scene.Write(batch);
        scene.Verify();
    }

    private static void AtBackupOver(FaultScene scene)
    {
        scene.Prepare(options: s_rollbackJournal);
        using var connection = scene.Open(s_rollbackJournal);
        var copy = scene.File("copy.db");
        connection.BackupTo(copy);
        var acknowledgedBefore = scene.Acknowledged;
        using (var batch = new SqliteBatchWriter(connection))
        {
            scene.Write(batch);
        }

        using (LockHolder.Start(copy, LockHolder.Reads))
        {
            scene.MustFail(SqliteBusy, "is as it was", () => connection.BackupTo(copy, overwrite: true));
        }

        scene.Verify(copy, acknowledgedBefore);
        connection.BackupTo(copy, overwrite: true);
        scene.Verify(copy, scene.Acknowledged);
    }

    private static void AtRestore(FaultScene scene)
    {
        scene.Prepare();
        using var connection = scene.Open();
        var copy = scene.File("copy.db");
        connection.BackupTo(copy);
        var acknowledgedBefore = scene.Acknowledged;
        using (var batch = new SqliteBatchWriter(connection))
        {
            scene.Write(batch);
        }

        using (LockHolder.Start(scene.Database, LockHolder.Writes))
        {
            scene.MustFail(SqliteBusy, "is as it was", () => connection.RestoreFrom(copy));
            scene.Verify();
        }

        connection.RestoreFrom(copy);
        scene.Verify(scene.Database, acknowledgedBefore);
    }
}
