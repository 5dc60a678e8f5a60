namespace NightlyImport.Weekly;

/// <summary>
/// The weekly run: correct, sum up, archive, back up. No step needs another one, so one that fails leaves the others.
/// </summary>
internal static class WeeklyRun
{
    private static readonly (string Name, Func<string, string> Run)[] s_steps =
    [
        ("Customers", CustomerTable.AddCheck),
        ("Corrections", Corrections.Apply),
        ("Discount", Discount.Grant),
        ("Rounding", Rounding.Round),
        ("Index", OrderIndex.Rebuild),
        ("Countries", CountryTotals.Sum),
        ("Best customer", TopCustomers.Find),
        ("History", History.Keep),
        ("Archive", Archive.Move),
        ("Backup", Backup.Write),
        ("Unused customers", UnusedCustomers.Delete),
        ("Space", Space.GiveBack),
    ];

    public static int Run(string databasePath)
    {
        Leftovers.Delete(databasePath);

        int failed = 0;
        foreach (var (name, run) in s_steps)
        {
            try
            {
                Console.WriteLine($"{name}: {run(databasePath)}");
            }
            catch (Exception exception)
            {
                Console.WriteLine($"{name} failed: {exception.Message}");
                failed++;
            }
        }

        Console.WriteLine($"{failed} of {s_steps.Length} steps failed.");
        return failed == 0 ? 0 : 1;
    }
}
