namespace NightlyImport.Weekly;

/// <summary>
/// Forgets customers without orders.
/// </summary>
internal static class UnusedCustomers
{
    public static string Delete(string databasePath)
    {
        using var connection = Database.Open(databasePath);
        connection.Execute("BEGIN IMMEDIATE");
        int customers = connection.Execute("DELETE FROM customers WHERE id NOT IN (SELECT customer_id FROM orders) AND id NOT IN (SELECT customer_id FROM archive)");
        if (customers == 0)
        {
            return "none";
        }

        connection.Execute("COMMIT");
        return $"{customers} deleted";
    }
}
