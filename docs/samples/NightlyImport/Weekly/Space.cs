namespace NightlyImport.Weekly;

/// <summary>
/// Gives the disk space of what was deleted back.
/// </summary>
internal static class Space
{
    public static string GiveBack(string databasePath)
    {
        using var connection = Database.Open(databasePath);
        connection.Execute("VACUUM");
        return $"{new FileInfo(databasePath).Length / 1024} KiB are left";
    }
}
