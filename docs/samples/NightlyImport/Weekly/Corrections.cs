using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Runtime;

namespace NightlyImport.Weekly;

/// <summary>
/// Corrects the quantities of orders that customers have complained about.
/// </summary>
internal static class Corrections
{
    private static readonly (long Order, int Quantity)[] s_corrections = [(230, 1), (411, 12), (517, 2)];

    public static string Apply(string databasePath)
    {
        using var connection = Database.Open(databasePath);
        Write(connection);
        long stored = s_corrections.Sum(correction => (long)connection.Ask("SELECT count(*) FROM orders WHERE id = $1 AND quantity = $2", correction.Order, correction.Quantity));
        return $"{stored} of {s_corrections.Length} are stored";
    }

    private static void Write(SqliteConnection connection)
    {
        using var batch = new SqliteBatchWriter(connection);
        foreach (var (order, quantity) in s_corrections)
        {
            batch.Execute("UPDATE orders SET quantity = ? WHERE id = ?", quantity, order);
        }
    }
}
