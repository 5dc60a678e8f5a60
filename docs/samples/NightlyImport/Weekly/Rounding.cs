namespace NightlyImport.Weekly;

/// <summary>
/// Rounds each amount to cents, half to even as the tax office wants it, which SQLite's round does not do.
/// </summary>
internal static class Rounding
{
    public static string Round(string databasePath)
    {
        using var connection = Database.Open(databasePath);
        int orders = 0;
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT id, amount_eur FROM orders WHERE amount_eur IS NOT NULL";
        using var reader = select.ExecuteReader();
        while (reader.Read())
        {
            connection.Execute("UPDATE orders SET amount_eur = $1 WHERE id = $2", Math.Round(reader.GetDouble(1), 2), reader.GetInt64(0));
            orders++;
        }

        return $"{orders} amounts";
    }
}
