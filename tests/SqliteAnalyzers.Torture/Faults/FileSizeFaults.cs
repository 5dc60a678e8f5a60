using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Torture;

/// <summary>Files may not grow beyond a size, as when a quota is used up: the last write is cut short, and the next one fails.</summary>
internal static class FileSizeFaults
{
    private const int SqliteIoError = 10;
    private const string RolledBack = "rolled the batch's whole transaction back";

    public static IReadOnlyList<Fault> All { get; } =
    [
        new("quota-at-commit", "the quota is used up at `Commit`", FaultMeans.FileSizeLimit, AtCommit),
        new("quota-at-commit-then-closed", "the same, and the connection is closed without `Rollback`", FaultMeans.FileSizeLimit, AtCommitThenClosed),
        new("quota-in-transaction", "the quota is used up inside a transaction larger than the cache", FaultMeans.FileSizeLimit, InTransaction),
        new("quota-in-checkpoint", "the quota is used up in `Checkpoint`", FaultMeans.FileSizeLimit, InCheckpoint),
        new("quota-in-backup", "the quota is used up in `BackupTo`", FaultMeans.FileSizeLimit, InBackup),
        new("quota-in-restore", "the quota is used up in `RestoreFrom`", FaultMeans.FileSizeLimit, InRestore),
    ];

    private static void AtCommit(FaultScene scene) => FailAndGoOn(scene, FaultScene.NoAutoCheckpoint, batch => scene.Write(batch, int.MaxValue));

    private static void InTransaction(FaultScene scene) => FailAndGoOn(scene, FaultScene.NoAutoCheckpoint with { CacheSize = -40 }, scene.WriteForEver);

    private static void AtCommitThenClosed(FaultScene scene)
    {
        var connection = scene.Open(FaultScene.NoAutoCheckpoint);
        Units.CreateTables(connection);
        using (var batch = new SqliteBatchWriter(connection))
        using (new FileSizeLimit(500_001))
        {
            scene.MustFail(SqliteIoError, RolledBack, () => scene.Write(batch, int.MaxValue));
            connection.Dispose();
        }

        using (connection = scene.Open())
        using (var batch = new SqliteBatchWriter(connection))
        {
            scene.Write(batch);
            scene.Verify();
        }
    }

    private static void FailAndGoOn(FaultScene scene, SqliteConnectionOptions options, Action<SqliteBatchWriter> writeUntilFull)
    {
        using (var connection = scene.Open(options))
        {
            Units.CreateTables(connection);
            using var batch = new SqliteBatchWriter(connection, SqliteBatchWriter.MaxBatchSize);
            using (new FileSizeLimit(500_001))
            {
                scene.MustFail(SqliteIoError, RolledBack, () => writeUntilFull(batch));
                scene.MustBeRefused(() => scene.Write(batch));
                scene.Verify();
                batch.Rollback();
            }

            scene.Write(batch);
            scene.Verify();
        }

        scene.Verify();
    }

    private static void InCheckpoint(FaultScene scene)
    {
        using var connection = scene.Open(FaultScene.NoAutoCheckpoint);
        Units.CreateTables(connection);
        using var batch = new SqliteBatchWriter(connection);
        scene.Write(batch, 10);
        using (new FileSizeLimit(20_001))
        {
            scene.MustFail(SqliteIoError, "Nothing is lost", () => connection.Checkpoint());
            scene.Verify();
        }

        scene.Require(connection.Checkpoint().IsComplete, "the checkpoint completes");
        scene.Write(batch);
        scene.Verify();
    }

    private static void InBackup(FaultScene scene)
    {
        scene.Prepare(transactions: 10);
        using var connection = scene.Open();
        var copy = scene.File("copy.db");
        using (new FileSizeLimit(50_001))
        {
            scene.MustFail(SqliteIoError, "Nothing is left of it", () => connection.BackupTo(copy));
            scene.Require(Directory.GetFiles(scene.Folder, "*copy*").Length == 0, "nothing is left of the copy");
        }

        connection.BackupTo(copy);
        scene.Verify(copy, scene.Acknowledged);
    }

    private static void InRestore(FaultScene scene)
    {
        scene.Prepare(transactions: 4);
        var live = scene.File("live.db");
        var restoredBefore = scene.Acknowledged;
        using (var connection = scene.Open())
        using (var batch = new SqliteBatchWriter(connection))
        {
            connection.BackupTo(live);
            scene.Write(batch, 10);
        }

        using var restored = scene.Open(path: live);
        using (new FileSizeLimit(50_001))
        {
            scene.MustFail(SqliteIoError, "is as it was", () => restored.RestoreFrom(scene.Database));
            scene.Verify(live, restoredBefore);
        }

        restored.RestoreFrom(scene.Database);
        scene.Verify(live, scene.Acknowledged);
    }
}
