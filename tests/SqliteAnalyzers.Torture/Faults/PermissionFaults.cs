using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Torture;

/// <summary>The user may read, and may not write.</summary>
internal static class PermissionFaults
{
    private const int SqliteReadOnly = 8;
    private const int SqliteCannotOpen = 14;
    private const UnixFileMode ReadOnlyFileMode = UnixFileMode.UserRead;
    private const UnixFileMode FileMode = ReadOnlyFileMode | UnixFileMode.UserWrite;
    private const UnixFileMode ReadOnlyFolderMode = UnixFileMode.UserRead | UnixFileMode.UserExecute;
    private const UnixFileMode FolderMode = ReadOnlyFolderMode | UnixFileMode.UserWrite;

    public static IReadOnlyList<Fault> All { get; } =
    [
        new("read-only-file", "the database file is read-only", FaultMeans.Permissions, ReadOnlyFile),
        new("read-only-folder", "the database's folder is read-only", FaultMeans.Permissions, ReadOnlyFolder),
        new("read-only-folder-of-copy", "the folder of the copy is read-only in `BackupTo`", FaultMeans.Permissions, ReadOnlyFolderOfCopy),
    ];

    private static void ReadOnlyFile(FaultScene scene)
    {
        scene.Prepare();
        SetMode(scene.Database, ReadOnlyFileMode);
        using (var connection = scene.Open())
        using (var batch = new SqliteBatchWriter(connection))
        {
            scene.MustFail(SqliteReadOnly, "readonly", () => scene.Write(batch));
            batch.Rollback();
            scene.Verify();
            var copy = scene.File("copy.db");
            connection.BackupTo(copy);
            scene.Verify(copy, scene.Acknowledged);
        }

        // SQLite has made the -wal and -shm files as read-only as the database, and leaves them there.
        foreach (var file in Directory.GetFiles(scene.Folder))
        {
            SetMode(file, FileMode);
        }

        WriteAndVerify(scene);
    }

    private static void ReadOnlyFolder(FaultScene scene)
    {
        scene.Prepare();
        SetMode(scene.Folder, ReadOnlyFolderMode);
        scene.MustFail(SqliteReadOnly, "its folder", () => scene.Open().Dispose());
        SetMode(scene.Folder, FolderMode);
        scene.Verify();
        WriteAndVerify(scene);
    }

    private static void ReadOnlyFolderOfCopy(FaultScene scene)
    {
        scene.Prepare();
        using var connection = scene.Open();
        var folder = scene.File("copies");
        Directory.CreateDirectory(folder);
        SetMode(folder, ReadOnlyFolderMode);
        var copy = Path.Combine(folder, "copy.db");
        scene.MustFail(SqliteCannotOpen, "unable to open database file", () => connection.BackupTo(copy));
        SetMode(folder, FolderMode);
        scene.Require(Directory.GetFiles(folder).Length == 0, "nothing is left of the copy");

        connection.BackupTo(copy);
        scene.Verify(copy, scene.Acknowledged);
    }

    private static void WriteAndVerify(FaultScene scene)
    {
        using var connection = scene.Open();
        using var batch = new SqliteBatchWriter(connection);
        scene.Write(batch);
        scene.Verify();
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
