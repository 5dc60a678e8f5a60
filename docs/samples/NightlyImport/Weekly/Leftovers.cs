namespace NightlyImport.Weekly;

/// <summary>
/// Tidies up after a run that was killed.
/// </summary>
internal static class Leftovers
{
    public static void Delete(string databasePath)
    {
        File.Delete(databasePath + "-wal");
        File.Delete(databasePath + "-shm");
    }
}
