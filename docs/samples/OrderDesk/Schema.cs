namespace OrderDesk;

internal static class Schema
{
    public const string Sql =
        """
        CREATE TABLE IF NOT EXISTS orders (id INTEGER PRIMARY KEY, article TEXT NOT NULL, amount INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS total (id INTEGER PRIMARY KEY CHECK (id = 1), last INTEGER NOT NULL, counted INTEGER NOT NULL, amount INTEGER NOT NULL);
        """;

    public const string Totals = "SELECT (SELECT count(*) FROM orders), counted, amount FROM total";
}
