using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Torture;

/// <summary>There is no room left on the disk, or the database may not grow.</summary>
internal static class DiskFullFaults
{
    private const int SqliteIoError = 10;
    private const int SqliteFull = 13;
    private const string RolledBack = "rolled the batch's whole transaction back";

    public static IReadOnlyList<Fault> All { get; } =
    [
        new("full-at-commit", "the disk is full at `Commit`", FaultMeans.SmallDisk, AtCommit),
        new("full-at-batch-boundary", "the disk is full when a full batch commits by itself", FaultMeans.SmallDisk, AtBatchBoundary),
        new("full-in-transaction", "the disk is full inside a transaction larger than the cache", FaultMeans.SmallDisk, InTransaction),
        new("full-with-rollback-journal", "the disk is full at `Commit`, with a rollback journal", FaultMeans.SmallDisk, WithRollbackJournal),
        new("full-in-checkpoint", "the database file cannot grow in `Checkpoint` and `SqliteWorker.Start`", FaultMeans.SmallDisk, InCheckpoint),
        new("full-in-backup", "the disk of the copy is full in `BackupTo`", FaultMeans.SmallDisk, InBackup),
        new("full-in-backup-over", "the disk of the copy is full in `BackupTo` over an older one", FaultMeans.SmallDisk, InBackupOver),
        new("full-in-restore", "the disk of the database is full in `RestoreFrom`", FaultMeans.SmallDisk, InRestore),
        new("full-at-opening", "the disk is full at `OpenConfigured`", FaultMeans.SmallDisk, AtOpening),
        new("page-limit", "the database has reached `max_page_count`", FaultMeans.None, PageLimit),
    ];

    private static void AtCommit(FaultScene scene) =>
        FailAndGoOn(scene, FaultScene.NoAutoCheckpoint, SqliteBatchWriter.DefaultBatchSize, batch => scene.Write(batch, int.MaxValue), b => scene.Write(b));

    private static void AtBatchBoundary(FaultScene scene) =>
        FailAndGoOn(scene, FaultScene.NoAutoCheckpoint, Units.OperationsPerTransaction, batch => scene.WriteFullBatches(batch, int.MaxValue), b => scene.WriteFullBatches(b));

    private static void InTransaction(FaultScene scene) =>
        FailAndGoOn(scene, FaultScene.NoAutoCheckpoint with { CacheSize = -40 }, SqliteBatchWriter.MaxBatchSize, scene.WriteForEver, b => scene.Write(b));

    private static void WithRollbackJournal(FaultScene scene) =>
        FailAndGoOn(scene, new() { JournalMode = SqliteJournalMode.Delete }, SqliteBatchWriter.DefaultBatchSize, batch => scene.Write(batch, int.MaxValue), b => scene.Write(b));

    private static void FailAndGoOn(FaultScene scene, SqliteConnectionOptions options, int batchSize, Action<SqliteBatchWriter> writeUntilFull, Action<SqliteBatchWriter> write)
    {
        var disk = new SmallDisk(scene.Folder);
        disk.Fill(blocksLeft: 200);
        using (var connection = scene.Open(options))
        {
            Units.CreateTables(connection);
            using var batch = new SqliteBatchWriter(connection, batchSize);
            scene.MustFail(SqliteFull, RolledBack, () => writeUntilFull(batch));
            scene.Require(batch.PendingOperations > 0, "the lost operations are counted until Rollback");
            scene.MustBeRefused(() => write(batch));
            scene.Verify();
            batch.Rollback();

            disk.MakeRoom();
            write(batch);
            scene.Verify();
        }

        scene.Verify();
    }

    private static void InCheckpoint(FaultScene scene)
    {
        var disk = new SmallDisk(scene.Folder);
        using var connection = scene.Open(FaultScene.NoAutoCheckpoint);
        Units.CreateTables(connection);
        using var batch = new SqliteBatchWriter(connection);
        scene.Write(batch, 10);
        disk.Fill();

        scene.MustFail(SqliteFull, "Nothing is lost", () => connection.Checkpoint());
        scene.MustFail(SqliteFull, "Nothing is lost", () => SqliteWorker.Start(connection, new ProcessStartInfo("no-such-program")).Dispose());
        scene.Verify();

        disk.MakeRoom();
        scene.Require(connection.Checkpoint(SqliteCheckpointMode.Truncate).IsComplete, "the checkpoint completes");
        scene.Write(batch);
        scene.Verify();
    }

    private static void InBackup(FaultScene scene)
    {
        scene.Prepare(transactions: 10);
        var disk = DiskForCopies(scene);
        disk.Fill(blocksLeft: 10);
        using var connection = scene.Open();
        var copy = Path.Combine(disk.Folder, "copy.db");

        scene.MustFail(SqliteFull, "Nothing is left of it", () => connection.BackupTo(copy));
        scene.Require(Directory.GetFiles(disk.Folder).Length == 1, "nothing is left of the copy");

        disk.MakeRoom();
        connection.BackupTo(copy);
        scene.Verify(copy, scene.Acknowledged);
    }

    private static void InBackupOver(FaultScene scene)
    {
        scene.Prepare(transactions: 4);
        var disk = DiskForCopies(scene);
        using var connection = scene.Open();
        var copy = Path.Combine(disk.Folder, "copy.db");
        connection.BackupTo(copy);
        disk.Fill(blocksLeft: 10);
        using (var batch = new SqliteBatchWriter(connection))
        {
            var acknowledgedBefore = scene.Acknowledged;
            scene.Write(batch, 10);
            scene.MustFail(SqliteFull, "is as it was", () => connection.BackupTo(copy, overwrite: true));
            scene.Verify(copy, acknowledgedBefore);
        }

        disk.MakeRoom();
        connection.BackupTo(copy, overwrite: true);
        scene.Verify(copy, scene.Acknowledged);
    }

    private static void InRestore(FaultScene scene)
    {
        scene.Prepare(transactions: 4);
        var disk = DiskForCopies(scene);
        var live = Path.Combine(disk.Folder, "live.db");
        var restoredBefore = scene.Acknowledged;
        using (var connection = scene.Open())
        using (var batch = new SqliteBatchWriter(connection))
        {
            connection.BackupTo(live);
            scene.Write(batch, 10);
        }

        disk.Fill(blocksLeft: 10);
        using var restored = scene.Open(path: live);
        scene.MustFail(SqliteFull, "is as it was", () => restored.RestoreFrom(scene.Database));
        scene.Verify(live, restoredBefore);

        disk.MakeRoom();
        restored.RestoreFrom(scene.Database);
        scene.Verify(live, scene.Acknowledged);
    }

    private static void AtOpening(FaultScene scene)
    {
        var disk = new SmallDisk(scene.Folder);
        scene.Prepare();
        disk.Fill();

        scene.MustFail(SqliteIoError, "The disk may be full", () => scene.Open().Dispose());

        disk.MakeRoom();
        using var connection = scene.Open();
        using var batch = new SqliteBatchWriter(connection);
        scene.Write(batch);
        scene.Verify();
    }

    private static void PageLimit(FaultScene scene)
    {
        using var connection = scene.Open();
        Units.CreateTables(connection);
        using var batch = new SqliteBatchWriter(connection);
        connection.Run("PRAGMA max_page_count = 100");

        scene.MustFail(SqliteFull, RolledBack, () => scene.Write(batch, int.MaxValue));
        scene.MustBeRefused(() => scene.Write(batch));
        scene.Verify();
        batch.Rollback();

        connection.Run("PRAGMA max_page_count = 100000");
        scene.Write(batch);
        scene.Verify();
    }

    private static SmallDisk DiskForCopies(FaultScene scene)
    {
        var folder = scene.File("copies");
        Directory.CreateDirectory(folder);
        return new SmallDisk(folder);
    }
}
