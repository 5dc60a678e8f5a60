namespace OrderDesk;

/// <summary>What is entered on the page.</summary>
internal sealed record Order(string Article, int Amount);

/// <summary>What the page shows: how many orders are stored, and what the worker has added up so far.</summary>
internal sealed record Totals(long Stored, long Counted, long Amount);

/// <summary>The desk at which orders are entered.</summary>
internal interface IOrderDesk
{
    /// <summary>Stores an order.</summary>
    /// <returns>Its number.</returns>
    public Task<long> EnterAsync(Order order);

    public Totals Totals();
}
