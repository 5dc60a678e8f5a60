using Microsoft.Data.Sqlite;

namespace OrderDesk;

/// <summary>Adds up the orders one by one.</summary>
internal static class NaiveWorker
{
    public static int Run(string file, string parent)
    {
        while (Parent.IsRunning(parent))
        {
            try
            {
                Aggregate(file);
            }
            catch (SqliteException exception)
            {
                Console.Error.WriteLine(exception.Message);
            }

            Thread.Sleep(50);
        }

        return 0;
    }

    private static void Aggregate(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Default Timeout=1");
        connection.Open();
        var orders = new List<(long Id, long Amount)>();
        using (var select = connection.CreateCommand())
        {
            select.CommandText = "SELECT id, amount FROM orders WHERE id > (SELECT last FROM total) ORDER BY id";
            using var reader = select.ExecuteReader();
            while (reader.Read())
            {
                orders.Add((reader.GetInt64(0), reader.GetInt64(1)));
            }
        }

        using var update = connection.CreateCommand();
        update.CommandText = "UPDATE total SET last = $id, counted = counted + 1, amount = amount + $amount";
        foreach (var (id, amount) in orders)
        {
            update.Parameters.Clear();
            update.Parameters.AddWithValue("$id", id);
            update.Parameters.AddWithValue("$amount", amount);
            update.ExecuteNonQuery();
        }
    }
}
