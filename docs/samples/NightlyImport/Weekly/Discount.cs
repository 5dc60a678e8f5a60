using Microsoft.Data.Sqlite;

namespace NightlyImport.Weekly;

/// <summary>
/// Takes three percent off large orders.
/// </summary>
internal static class Discount
{
    public static string Grant(string databasePath)
    {
        using var connection = Database.Open(databasePath);
        using var transaction = connection.BeginTransaction();
        using var update = new SqliteCommand("UPDATE orders SET amount_eur = amount_eur * 0.97 WHERE quantity > 5", connection);
        int orders = update.ExecuteNonQuery();
        transaction.Commit();
        return $"granted on {orders} orders";
    }
}
