using SqliteAnalyzers.Runtime;

namespace OrderDesk;

/// <summary>Adds up all new orders in one statement.</summary>
internal static class GoodWorker
{
    private const string Aggregate =
        """
        UPDATE total SET (last, counted, amount) =
          (SELECT coalesce(max(o.id), total.last), total.counted + count(*), total.amount + coalesce(sum(o.amount), 0) FROM orders o WHERE o.id > total.last)
        WHERE EXISTS (SELECT 1 FROM orders o WHERE o.id > total.last)
        """;

    public static async Task<int> RunAsync(string file, string parent)
    {
        await using var writer = new SqliteSingleWriter($"Data Source={file}");
        while (Parent.IsRunning(parent))
        {
            await writer.ExecuteAsync(Aggregate);
            await Task.Delay(50);
        }

        return 0;
    }
}
